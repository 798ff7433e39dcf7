import type { Place, Problem } from "../errors.ts";
import {
  distinct,
  filledKeys,
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
import type { Arm, Covariate, Delivery, Instrument, Roster, Wave } from "./study.ts";

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

const sameName = (ids: readonly string[]): Record<string, string> => Object.fromEntries(ids.map((id) => [id, id]));

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
    columns: { ...sameName([...levels, ...own]), ...file.roster.columns },
    where: file.roster.where ?? {},
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
  return { ...(placed ? {} : sameName(["leader"])), ...given };
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
    return {
      file: entry.file,
      wave: entry.wave,
      rater: entry.rater,
      columns: readColumns(entry, [...path, "columns"], file, known, report),
      items: entry.items ?? {},
      where: entry.where ?? {},
    };
  });
};
