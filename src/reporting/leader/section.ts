import type { FigureTable } from "../page/page.ts";

/** How wide a page is that a chart is drawn for. */
export type Medium = "wide" | "narrow";

/** A mark as charts draw it, as SVG, and what it stands for. */
export interface KeyEntry {
  readonly mark: string;
  readonly text: string;
}

/** A chart that is drawn only where a page has use for it. */
export interface Drawn {
  readonly draw: (medium: Medium) => Promise<string>;
  /** What it shows, for those who do not see it. */
  readonly description: string;
}

export interface LeaderFigure extends Drawn {
  readonly kind: "figure";
  /** Unique on the page; ids of the parts are made from it. */
  readonly id: string;
  readonly title: string;
  /** What is measured and in what unit; empty leaves it out. */
  readonly sub: string;
  readonly key: readonly KeyEntry[];
  /** Of the wide chart, in px. */
  readonly height: number;
  readonly reading: string;
  readonly note: string;
  readonly table: FigureTable;
  /** More of the same, there for who opens it and not printed. */
  readonly fold: (Drawn & { readonly summary: string }) | null;
}

/** What stands where a figure would, when its numbers may not be shown. */
export interface Notice {
  readonly kind: "notice";
  readonly id: string;
  readonly title: string;
  readonly heading: string;
  readonly text: string;
  /** What to do instead; empty leaves it out. */
  readonly reading: string;
}

/** Room to write: what it is for, and what to ask oneself. */
export interface Field {
  readonly id: string;
  readonly title: string;
  readonly question: string;
}

/** From answers to action: questions, and room to write. */
export interface Action {
  readonly kind: "action";
  readonly title: string;
  readonly heading: string;
  readonly questions: readonly string[];
  readonly fields: readonly Field[];
  readonly kept: string;
}

/** A section of the page in words and charts, before it is set for a screen or for print. */
export type Section = LeaderFigure | Notice | Action;
