import { decodeHTML } from "entities";
import { tidyText } from "../../study/fold.ts";
import type { LssRow } from "./tables.ts";

/** A text of a survey for people, and as LimeSurvey flattens it for the head of a column. */
export interface LssText {
  readonly text: string;
  readonly heading: string;
}

/** One row for each key, with its text. */
export interface Worded extends LssText {
  readonly row: LssRow;
}

export const lssField = (row: LssRow, name: string): string => row.get(name)?.trim() ?? "";
export const lssNumber = (row: LssRow, name: string): number => Number(lssField(row, name)) || 0;

/** What is left of a script or style sheet after its opening tag. */
const afterElement = (part: string): string =>
  part
    .split(/<\/(?:script|style)\s*>/i)
    .slice(1)
    .join("");

const withoutScripts = (html: string): string => {
  const [before = "", ...parts] = html.split(/<(?:script|style)\b/i);
  return before + parts.map(afterElement).join("");
};

/** A question is a few sentences; what is longer holds pictures or code, of which nothing is shown. */
const longest = 20_000;
const tag = /<\/?[a-z!][^<>]*>/gi;
const inlineTag = /<\/?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>/gi;

const textOf = (html: string): LssText => {
  const body = withoutScripts(html.slice(0, longest));
  const spaced = body.replace(/<\/t[dh]/gi, (cell) => ` ${cell}`).replace(/\r\n|[\r\n]|&nbsp;/g, " ");
  return {
    text: tidyText(decodeHTML(body.replace(inlineTag, "").replace(tag, " "))),
    heading: decodeHTML(spaced.replace(tag, "")).trim(),
  };
};

/** Chooses the row of a language: the wished one, a variant of it such as `de-informal`, the survey's own, or any. */
export const rowInLanguage =
  (language: string, base: string) =>
  (rows: readonly LssRow[]): LssRow | undefined => {
    const spoken = (fits: (code: string) => boolean) => rows.find((row) => fits(lssField(row, "language")));
    return (
      spoken((code) => code === language) ??
      spoken((code) => code.startsWith(`${language}-`)) ??
      spoken((code) => code === base) ??
      rows[0]
    );
  };

export const groupRows = <T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> => {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const same = found.get(key(row));
    if (same) same.push(row);
    else found.set(key(row), [row]);
  }
  return found;
};

/** A table, and where its texts stand: in the newer layout in a table of their own, in the older in a row for each language. */
export interface TextSource {
  readonly rows: readonly LssRow[];
  readonly key: (row: LssRow) => string;
  readonly texts: readonly LssRow[];
  /** The field by which a row and its texts find each other. */
  readonly link: string;
  readonly field: string;
}

export const worded = (
  { rows, key, texts, link, field }: TextSource,
  choose: (rows: readonly LssRow[]) => LssRow | undefined,
): readonly Worded[] => {
  const apart = groupRows(texts, (row) => lssField(row, link));
  return [...groupRows(rows, key).values()].map((same) => {
    const row = same[0]!;
    const chosen = choose(apart.get(lssField(row, link)) ?? same);
    return { row, ...textOf(chosen?.get(field) ?? "") };
  });
};
