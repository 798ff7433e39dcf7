import type { Html } from "../page/html.ts";
import { wrap } from "../page/labels-in-chart.ts";
import type { Voice } from "./voice.ts";

/** A part of the page and how high it prints, in CSS px before shrinking. */
export interface Part {
  readonly html: Html;
  readonly height: number;
}

/** Height of an A4 page inside its margins. */
const printable = 1046;
/** Below this the smallest text would be under 7 pt; a longer report takes a second page instead. */
const least = 0.77;
const most = 0.92;
/** Width of the page, less what keeps a line that just fits from being drawn as two. */
const width = 694;

/** Serif text is wider than the sans that is measured. */
const serif = 1.15;

const linesOf = (text: string, size: number, room: number, voice: Voice): number =>
  text === "" ? 0 : wrap(text, room, size, false, voice.theme).length;

/** Height of a paragraph: of serif text where `size` is over 14 px. */
export const paragraphHeight = (text: string, size: number, line: number, room: number, voice: Voice): number =>
  line * linesOf(text, size * (size > 14 ? serif : 1), room, voice);

/** Rule, padding and margin above a part, and its heading. */
export const headHeight = 18 + 23;

/** What a figure is made of: its texts, whether it has a key, and the height of its chart. */
export interface FigureParts {
  readonly sub: string;
  readonly key: boolean;
  readonly chart: number;
  readonly reading: string;
  readonly note: string;
}

export const figureHeight = ({ sub, key, chart, reading, note }: FigureParts, voice: Voice): number =>
  headHeight +
  paragraphHeight(sub, 14, 19.6, width, voice) +
  (key ? 26 : 0) +
  6 +
  chart +
  4 +
  paragraphHeight(reading, 14.5, 20.6, width, voice) +
  (note === "" ? 0 : 2 + paragraphHeight(note, 12.5, 17.5, width, voice));

/** How far the page must shrink to print on one A4 page. */
export const printZoom = (parts: readonly Part[]): number => {
  const height = parts.reduce((sum, part) => sum + part.height, 0);
  return Math.floor(100 * Math.min(most, Math.max(least, printable / height))) / 100;
};
