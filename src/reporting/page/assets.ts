/** What the pages are made of besides data: files of the package, handed in by whoever may read the disk. */
export interface Assets {
  /** A text file by its path in the package, e.g. `reports/theme/screen.css`. */
  readonly text: (path: string) => string;
  /** A font file by its path in the package registry, e.g. `@fontsource/source-sans-3/files/….woff2`. */
  readonly font: (path: string) => Uint8Array;
  /** Where a page finds that font: inside itself, or beside it at a server. */
  readonly fontUrl: (path: string) => string;
}
