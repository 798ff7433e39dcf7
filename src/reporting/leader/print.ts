import { wrap } from "../page/labels-in-chart.ts";
import type { Action, LeaderFigure, Notice, Section } from "./section.ts";
import type { Sheet } from "./sheet.ts";
import type { Voice } from "./voice.ts";

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
const paragraphHeight = (text: string, size: number, line: number, room: number, voice: Voice): number =>
  line * linesOf(text, size * (size > 14 ? serif : 1), room, voice);

/** Rule, padding and margin above a part, and its heading. */
const headHeight = 18 + 23;

const figureHeight = ({ sub, key, height, reading, note }: LeaderFigure, voice: Voice): number =>
  headHeight +
  paragraphHeight(sub, 14, 19.6, width, voice) +
  (key.length > 0 ? 26 : 0) +
  6 +
  height +
  4 +
  paragraphHeight(reading, 14.5, 20.6, width, voice) +
  (note === "" ? 0 : 2 + paragraphHeight(note, 12.5, 17.5, width, voice));

const noticeHeight = ({ text, reading }: Notice, voice: Voice): number =>
  headHeight +
  16 +
  30 +
  26 +
  paragraphHeight(text, 16, 24, 610, voice) +
  4 +
  paragraphHeight(reading, 14.5, 20.6, width, voice);

const [line, column] = [18.3, 215];

const actionHeight = ({ questions, fields }: Action, voice: Voice): number => {
  const height = (text: string, room: number) => paragraphHeight(text, 13.5, line, room, voice);
  const asked = questions.reduce((sum, question) => sum + 3 + height(question, 680), 0);
  const told = Math.max(...fields.map(({ question }) => height(question, column)));
  return headHeight + 22 + asked + 8 + 22 + told + 78;
};

const heightOf = (section: Section, voice: Voice): number => {
  if (section.kind === "figure") return figureHeight(section, voice);
  return section.kind === "notice" ? noticeHeight(section, voice) : actionHeight(section, voice);
};

/** What of the column beside the title holds whom the report is for, less its margins and the lock. */
const confidentialRoom = 160;

/** The title, and beside it whom the report is for over how many answered, which takes 48 px. */
const headerHeight = ({ title, lede, confidential, confidentialText }: Sheet, voice: Voice): number =>
  Math.max(
    28 + paragraphHeight(title, 27, 31, 460, voice) + paragraphHeight(lede, 16.5, 24, 464, voice),
    120,
    48 + 16 + paragraphHeight(`${confidential} ${confidentialText}`, 14, 18.9, confidentialRoom, voice),
  );

/** How a page prints. */
export interface Print {
  /** How far it must shrink to print on one A4 page. */
  readonly zoom: number;
  /** How many lines to write on fit under each question: what a short report leaves of the page. */
  readonly lines: number;
}

const [fewestLines, mostLines, lineHeight] = [3, 15, 25];

export const printOf = (sheet: Sheet, voice: Voice): Print => {
  const sections = sheet.sections.reduce((sum, section) => sum + heightOf(section, voice), 0);
  const footer = 20 + paragraphHeight(sheet.footer, 12, 16.2, 706, voice);
  const height = headerHeight(sheet, voice) + sections + footer;
  const zoom = Math.floor(100 * Math.min(most, Math.max(least, printable / height))) / 100;
  const more = Math.floor((printable / zoom - height) / lineHeight);
  return { zoom, lines: Math.min(mostLines, fewestLines + Math.max(0, more)) };
};
