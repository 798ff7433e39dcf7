import type { QuarantineCode } from "../../src/errors.ts";
import { isMissingText } from "../../src/formats/answers.ts";
import { tidyText } from "../../src/study/fold.ts";
import { bareId, nearest } from "../../src/study/nearest.ts";
import type { Reader } from "./readers.ts";

/** Who is rated: the leaders of a text, why it names none, and which known id it is nearest to. */
export interface LeaderReader extends Reader {
  readonly leaders: readonly (readonly string[])[];
  readonly faults: readonly (QuarantineCode | null)[];
  readonly trimmed: readonly boolean[];
  /** Looks as if a spreadsheet had shortened it. */
  readonly scientific: readonly boolean[];
  readonly id: (place: number) => string;
  readonly nearestTo: (place: number) => string | null;
}

/** The leaders of a study by id, or those of a unit by the unit's name; null where nobody has listed leaders. */
export type Lookup = ReadonlyMap<string, readonly string[]> | null;

/** A longer text is no id. */
export const longestId = 1000;

/**
 * @param unknown what is wrong with a text that names no leader of the study
 * @param away leaders who held no post when the wave opened: its answers are not about them
 */
export const leaderReader = (lookup: Lookup, unknown: QuarantineCode, away: ReadonlySet<string>): LeaderReader => {
  const leaders: (readonly string[])[] = [];
  const faults: (QuarantineCode | null)[] = [];
  const trimmed: boolean[] = [];
  const scientific: boolean[] = [];
  const texts: string[] = [];
  const bare = new Map<string, string>();
  for (const id of lookup?.keys() ?? []) bare.set(bareId(id), id);
  return {
    leaders,
    faults,
    trimmed,
    scientific,
    id: (place) => texts[place] ?? "",
    learn: (cell) => {
      const text = tidyText(cell);
      const long = text.length > longestId;
      const missing = text === "" || (lookup === null ? isMissingText(text) : isMissingText(text) && !lookup.has(text));
      const found = missing ? undefined : lookup === null ? [text] : lookup.get(text);
      const held = long ? [] : (found?.filter((leader) => !away.has(leader)) ?? []);
      const gone = !long && found !== undefined && found.length > 0 && held.length === 0;
      texts.push(text);
      leaders.push(held);
      faults.push(
        long
          ? "id-too-long"
          : gone
            ? "leader-not-in-post"
            : found !== undefined
              ? null
              : missing && unknown !== "unit-unknown"
                ? "leader-missing"
                : unknown,
      );
      trimmed.push(cell !== text);
      scientific.push(/^\d([.,]\d+)?e\+?\d+$/i.test(text));
    },
    nearestTo: (place) => {
      const text = texts[place] ?? "";
      if (lookup === null || faults[place] !== unknown) return null;
      return bare.get(bareId(text)) ?? (lookup.size <= 2000 ? nearest(text, [...lookup.keys()]) : undefined) ?? null;
    },
  };
};
