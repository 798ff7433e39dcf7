import type { Place, Problem } from "../errors.ts";
import { foldText } from "./fold.ts";
import {
  distinct,
  filledKeys,
  invalid,
  keyKnown,
  keyPlaceOf,
  keyRefers,
  missing,
  placeOf,
  type Report,
  refers,
} from "./report.ts";
import type { StudyFile } from "./schema.ts";
import type { Path } from "./source.ts";
import type { Arm, Covariate, Delivery, Instrument, ReadingOptions, Roster, Wave } from "./study.ts";

const rosterColumns = ["leader", "arm", "block", "class", "group", "employees", "attended", "from", "to"] as const;
const deliveryColumns = ["respondent", "leader", "weight"] as const;
const reserved: readonly string[] = [...rosterColumns, ...deliveryColumns];

/** Levels of the organisation and covariates share the namespace of the columns that have a meaning of their own. */
export const checkColumnNames = (file: StudyFile, report: Report): void => {
  const levels = file.organisation ?? [];
  const named = [
    ...levels.map((id, index) => ({ id, path: ["organisation", index] as Path })),
    ...(file.covariates ?? []).map(({ id }, index) => ({ id, path: ["covariates", index, "id"] as Path })),
  ];
  distinct(
    report,
    "column",
    named.filter(({ id }, index) => index < levels.length || levels.includes(id)),
  );
  for (const { id, path } of named)
    if (reserved.includes(id))
      report.problems.push({ code: "id-duplicate", place: placeOf(report, path), kind: "column", id });
};

type GivenOptions = { readonly [K in keyof ReadingOptions]?: ReadingOptions[K] | undefined };

const readingOptions = (entry: GivenOptions): ReadingOptions => ({
  format: entry.format ?? null,
  encoding: entry.encoding ?? null,
  separator: entry.separator ?? null,
  sheet: entry.sheet ?? null,
  header: entry.header ?? null,
  decimal: entry.decimal ?? null,
  codebook: entry.codebook ?? [],
});

const sameName = (ids: readonly string[]): Record<string, string> => Object.fromEntries(ids.map((id) => [id, id]));

/** Values by names that users choose: without those that every object has, such as `constructor`. */
const byName = <V>(...given: readonly (Readonly<Record<string, V>> | undefined)[]): Readonly<Record<string, V>> =>
  Object.assign(Object.create(null), ...given);

/** The roster; levels of the organisation and its covariates are in the column of their own name unless mapped. */
export const readRoster = (
  file: StudyFile,
  arms: readonly Arm[],
  covariates: readonly Covariate[],
  report: Report,
): Roster | null => {
  if (file.roster === undefined) {
    if (arms.length > 0) missing(report, ["roster"]);
    return null;
  }
  const levels = file.organisation ?? [];
  const own = covariates.filter(({ from }) => from === "roster").map(({ id }) => id);
  const columns: Path = ["roster", "columns"];
  for (const key of filledKeys(report, columns))
    keyKnown(report, [...columns, key], [...rosterColumns, ...levels, ...own]);
  filledKeys(report, ["roster", "where"]);
  for (const key of arms.length > 0 ? ["leader", "arm"] : ["leader"])
    if (!report.source.keys([...report.root, ...columns]).includes(key)) missing(report, [...columns, key]);
  return {
    file: file.roster.file,
    complete: file.roster.complete ?? null,
    columns: byName(sameName([...levels, ...own]), file.roster.columns),
    where: file.roster.where ?? {},
    reading: readingOptions(file.roster),
  };
};

interface Known {
  readonly waves: readonly Wave[];
  readonly instrument: Instrument;
  readonly covariates: readonly Covariate[];
}

type Entry = NonNullable<StudyFile["deliveries"]>[number];

const readColumns = (entry: Entry, path: Path, file: StudyFile, known: Known, report: Report) => {
  const levels = entry.rater === "indicator" ? (file.organisation ?? []) : [];
  const ids = known.covariates.map(({ id }) => id);
  for (const key of filledKeys(report, path)) keyKnown(report, [...path, key], [...deliveryColumns, ...levels, ...ids]);
  const given = entry.columns ?? {};
  const placed = levels.some((level) => Object.hasOwn(given, level));
  return byName(sameName(placed ? [] : ["leader"]), given);
};

/** Codes are compared without case and spaces: two that differ only so cannot mean two things. */
const checkCodes = ({ codes = {} }: Entry, path: Path, report: Report): void => {
  const seen = new Map<string, number | string>();
  for (const [code, meaning] of Object.entries(codes)) {
    const before = seen.get(foldText(code));
    const place = keyPlaceOf(report, [...path, "codes", code]);
    if (before !== undefined && before !== meaning)
      report.problems.push({ code: "id-duplicate", place, kind: "answer", id: code });
    seen.set(foldText(code), meaning);
  }
};

const checkNotAsked = (entry: Entry, path: Path, items: readonly string[], report: Report): void => {
  for (const [index, item] of (entry.notAsked ?? []).entries()) {
    const here: Path = [...path, "notAsked", index];
    refers(report, here, "item", item, items);
    if (Object.hasOwn(entry.items ?? {}, item)) invalid(report, here, "not-mapped");
  }
};

/** An item's column holds nothing else. */
const checkMappedTwice = (entry: Entry, path: Path, report: Report): void => {
  const others = new Map(Object.entries(entry.columns ?? {}).map(([meaning, column]) => [column, meaning]));
  for (const [item, column] of Object.entries(entry.items ?? {})) {
    const other = others.get(column);
    const place = placeOf(report, [...path, "items", item]);
    if (other !== undefined)
      report.problems.push({ code: "column-mapped-twice", place, column, meanings: [other, item] });
    others.set(column, item);
  }
};

const listedTwice = (entries: readonly Entry[], report: Report): void => {
  const told = (index: number, problem: (place: Place) => Problem): void => {
    report.problems.push(problem(placeOf(report, ["deliveries", index, "file"])));
  };
  const isSame = (a: Entry, b: Entry): boolean =>
    JSON.stringify(Object.entries(a.where ?? {}).sort()) === JSON.stringify(Object.entries(b.where ?? {}).sort());
  for (const [index, entry] of entries.entries()) {
    const others = entries.slice(0, index).filter((other) => other.file === entry.file && other.rater === entry.rater);
    if (others.some((other) => other.wave === entry.wave && isSame(other, entry)))
      told(index, (place) => ({ code: "id-duplicate", place, kind: "delivery", id: entry.file }));
    else if (others.some((other) => other.wave !== entry.wave && isSame(other, entry))) {
      const place = keyPlaceOf(report, ["deliveries", index, "where"]);
      report.problems.push({ code: "value-missing", place, key: "where" });
    }
  }
};

/**
 * The deliveries. `leader` is in the column of that name unless mapped (or an indicator is given by a level of the
 * organisation instead). Covariates stay unmapped where the file maps none: not every delivery has to have them.
 */
export const readDeliveries = (file: StudyFile, known: Known, report: Report): readonly Delivery[] => {
  const waves = known.waves.map(({ id }) => id);
  const items = known.instrument.scales.flatMap((scale) => (scale.kind === "items" ? scale.items : []));
  const itemIds = items.map(({ id }) => id);
  const entries = file.deliveries ?? [];
  listedTwice(entries, report);
  return entries.map((entry, index) => {
    const path: Path = ["deliveries", index];
    refers(report, [...path, "wave"], "wave", entry.wave, waves);
    for (const item of filledKeys(report, [...path, "items"]))
      keyRefers(report, [...path, "items", item], "item", itemIds);
    filledKeys(report, [...path, "where"]);
    filledKeys(report, [...path, "codes"]);
    checkCodes(entry, path, report);
    checkNotAsked(entry, path, itemIds, report);
    checkMappedTwice(entry, path, report);
    return {
      file: entry.file,
      complete: entry.complete ?? null,
      wave: entry.wave,
      rater: entry.rater,
      columns: readColumns(entry, [...path, "columns"], file, known, report),
      items: byName(entry.items),
      notAsked: entry.notAsked ?? [],
      blank: entry.blank ?? "blank",
      codes: entry.codes ?? null,
      where: entry.where ?? {},
      reading: readingOptions(entry),
    };
  });
};
