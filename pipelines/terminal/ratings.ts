import type { Language } from "../../src/errors.ts";
import type { ChangePart } from "../../src/estimation/ratings/gap-change.ts";
import type { IntendedPerceived } from "../../src/estimation/ratings/intended-perceived.ts";
import { interval, number, textTable } from "./text-table.ts";
import { heads, type Word } from "./words.ts";

const ratingColumns: readonly Word[] = [
  "scale",
  "wave",
  "leaders",
  "intended",
  "perceived",
  "gap",
  "interval",
  "r",
  "correctedR",
  "status",
];

const changeColumns: readonly Word[] = [
  "scale",
  "wave",
  "arm",
  "leaders",
  "gapChanged",
  "intendedMoved",
  "perceivedMoved",
  "status",
];

const ratingsTable = (records: readonly IntendedPerceived[], language: Language): string =>
  textTable([
    heads(ratingColumns, language),
    ...records.map((one) => [
      one.scale,
      one.wave,
      number(one.leaders, 0, language),
      number(one.intended, 2, language),
      number(one.perceived, 2, language),
      number(one.gap?.estimate ?? null, 2, language),
      interval(one.gap?.low ?? null, one.gap?.high ?? null, 2, language),
      number(one.correlation?.estimate ?? null, 2, language),
      number(one.corrected?.estimate ?? null, 2, language),
      one.status,
    ]),
  ]);

const part = (value: ChangePart | null, language: Language): string =>
  value === null ? "–" : `${number(value.estimate, 2, language)} (${interval(value.low, value.high, 2, language)})`;

const changesTable = (records: readonly IntendedPerceived[], language: Language): string =>
  textTable([
    heads(changeColumns, language),
    ...records.flatMap(({ scale, wave, changes }) =>
      changes.map((one) => [
        scale,
        wave,
        one.arm ?? "–",
        number(one.leaders.arm + one.leaders.reference, 0, language),
        part(one.gap, language),
        part(one.intended, language),
        part(one.perceived, language),
        one.status,
      ]),
    ),
  ]);

/** Intended against perceived, and who moved until the last wave; empty where no leader rated the own leadership. */
export const intendedPerceivedTables = (records: readonly IntendedPerceived[], language: Language): string => {
  const rated = records.filter(({ leaders }) => leaders > 0);
  if (rated.length === 0) return "";
  const last = rated.findLast(({ changes }) => changes.length > 0)?.wave;
  const moved = rated.filter(({ wave }) => wave === last);
  return [ratingsTable(rated, language), ...(moved.length > 0 ? [changesTable(moved, language)] : [])].join("\n\n");
};
