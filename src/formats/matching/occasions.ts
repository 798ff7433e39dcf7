import { foldText } from "../../study/fold.ts";
import type { Rater, Wave } from "../../study/study.ts";
import { squeezedName } from "../personal.ts";
import type { SurveyedColumn } from "./surveyed.ts";

/** The ISO day that a text begins with, as survey systems and Danish spreadsheets write it; null for anything else. */
export const dayIn = (text: string): string | null => {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text);
  const danish = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)/.exec(text);
  const [year, month, day] = iso ? iso.slice(1) : danish ? danish.slice(1).reverse() : [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written) ? written : null;
};

/** From the day on which people answered to the day of the invitation. */
const dateNames = [
  ["submitdate", "enddate", "recordeddate", "datestamp", "closetime", "slutdato", "besvaret", "besvaretdato"],
  ["startdate", "startdato", "dato", "date", "svardato", "starttime"],
] as const;
const mostlyDates = 0.8;

/** Days on which a file's rows were answered, with the rows of each; empty where no column tells. */
export const answerDays = (columns: readonly SurveyedColumn[]): ReadonlyMap<string, number> => {
  for (const names of dateNames)
    for (const { described, texts, filled } of columns) {
      const named = [described.name, described.id ?? ""].map(squeezedName);
      if (described.personal || filled === 0 || !names.some((name) => named.includes(name))) continue;
      const days = new Map<string, number>();
      for (const [text, rows] of texts) {
        const day = dayIn(text);
        if (day !== null) days.set(day, (days.get(day) ?? 0) + rows);
      }
      if ([...days.values()].reduce((sum, rows) => sum + rows, 0) >= mostlyDates * filled) return days;
    }
  return new Map();
};

const tokensOf = (text: string): readonly string[] =>
  (foldText(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) =>
    word.replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa"),
  );

const holds = (all: readonly string[], some: readonly string[]): boolean =>
  some.length > 0 && all.some((_, k) => some.every((word, n) => all[k + n] === word));

export type WaveFoundBy = "given" | "dates" | "file-name" | "only-wave";

const byDates = (days: ReadonlyMap<string, number>, waves: readonly Wave[]): Wave | null => {
  const all = [...days.values()].reduce((sum, rows) => sum + rows, 0);
  const within = ({ from, to }: Wave): number =>
    [...days].reduce((sum, [day, rows]) => sum + (day >= from && day <= to ? rows : 0), 0);
  return waves.find((wave) => all > 0 && within(wave) >= mostlyDates * all) ?? null;
};

/** The wave that a file belongs to: by the days on which people answered, else by its name; null where neither tells. */
export const waveOf = (
  file: string,
  days: ReadonlyMap<string, number>,
  waves: readonly Wave[],
): { readonly wave: string; readonly by: WaveFoundBy } | null => {
  const dated = byDates(days, waves);
  if (dated) return { wave: dated.id, by: "dates" };
  const words = tokensOf(file.replace(/\.[^.]*$/, ""));
  const named = waves.filter(({ id, name }) => [id, name.da, name.en].some((text) => holds(words, tokensOf(text))));
  if (named.length === 1) return { wave: named[0]!.id, by: "file-name" };
  return waves.length === 1 && days.size === 0 ? { wave: waves[0]!.id, by: "only-wave" } : null;
};

const raterWords: readonly (readonly [Rater, RegExp])[] = [
  ["employee", /^(medarbejder(e|ne|nes)?|ansatte?|employees?|staff|followers?)$/],
  ["self", /^(leder(e|en|ne|nes)?|leaders?|self|selv|selvvurdering|egenvurdering|selfrating)$/],
  ["superior", /^(overordnede?|chefer?|superiors?)$/],
];

/** Who answers, by the words of a file's name; null where it names nobody, or two. */
export const raterInName = (file: string): Rater | null => {
  const words = tokensOf(file.replace(/\.[^.]*$/, ""));
  const named = raterWords.filter(([, pattern]) => words.some((word) => pattern.test(word)));
  return named.length === 1 ? named[0]![0] : null;
};
