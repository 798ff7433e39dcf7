import * as fontkit from "fontkit";
import type { Config } from "vega-lite";
import type { Assets } from "./assets.ts";
import { bare } from "./source.ts";

/** How charts look, and how wide their words are. */
export interface Theme {
  readonly config: Config;
  /** Width in px of `text` at `size` px in the charts' font. */
  readonly width: (text: string, size: number, bold: boolean) => number;
}

const staticFont = (weight: number) => `@fontsource/source-sans-3/files/source-sans-3-latin-${weight}-normal.woff2`;

/** Measures word by word: words recur, sentences do not. */
const measure = (bytes: Uint8Array) => {
  const font = fontkit.create(bytes);
  const known = new Map<string, number>();
  const advance = (word: string): number => {
    const width = known.get(word) ?? font.layout(word).advanceWidth / font.unitsPerEm;
    known.set(word, width);
    return width;
  };
  const space = advance(" ");
  return (text: string): number => text.split(" ").reduce((sum, word) => sum + space + advance(word), -space);
};

const themes = new WeakMap<Assets, Theme>();

/** The theme of all charts; measured with the static fonts because fontkit cannot instance the variable ones. */
export const themeOf = (assets: Assets): Theme => {
  const known = themes.get(assets);
  if (known) return known;
  const regular = measure(assets.font(staticFont(400)));
  const semibold = measure(assets.font(staticFont(600)));
  const theme: Theme = {
    config: JSON.parse(assets.text("reports/theme/vega.json")),
    width: (text, size, bold) => (bold ? semibold : regular)(bare(text)) * size,
  };
  themes.set(assets, theme);
  return theme;
};
