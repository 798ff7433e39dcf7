import type { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import type { Problem } from "../../src/errors.ts";
import { explain } from "../../src/explain/explain.ts";
import type { IngestReport } from "../ingest/report.ts";
import type { HostileStudy } from "./hostile-study.ts";
import { deliveryFiles, rosterFile, type Truth } from "./made-study.ts";
import type { Outcome } from "./run-study.ts";

/** A promise of the product that did not hold. */
export type Broken = string;

const sorted = (problems: readonly Problem[]): string =>
  JSON.stringify(problems.map((one) => JSON.stringify(one)).sort());
const codes = (problems: readonly Problem[]): string =>
  problems
    .map(({ code }) => code)
    .sort()
    .join(" ");

/** Every problem has words in both languages (some need no advice) and a place in a file of the study. */
const saysWhere = (files: HostileStudy["files"], problems: readonly Problem[]): readonly Broken[] =>
  problems.flatMap((problem) => {
    const said = (["da", "en"] as const).map((language) => explain(problem, language));
    if (said.some(({ message }) => message === "")) return [`${problem.code} has no words`];
    const file = "place" in problem ? problem.place.file : "";
    return Object.hasOwn(files, file) ? [] : [`${problem.code} has no place`];
  });

/** What became of every row, or would. */
const fateOf = (report: IngestReport | null): string =>
  JSON.stringify([
    report?.roster,
    report?.deliveries.map(({ file, rows, accepted, rejected, skipped }) => [file, rows, accepted, rejected, skipped]),
    report?.quarantine,
  ]);

const agree = ({ check, refused, report }: Outcome): readonly Broken[] => {
  const checked = [...check.problems, ...check.warnings];
  const ingested = refused ?? report?.warnings ?? [];
  if (refused === null && check.problems.length > 0) return [`check refuses what ingest accepts: ${codes(checked)}`];
  if (report && fateOf(check.report) !== fateOf(report)) return ["check foresees another fate of the rows than ingest"];
  return sorted(checked) === sorted(ingested) ? [] : [`check says ${codes(checked)}, ingest ${codes(ingested)}`];
};

const counts = (files: HostileStudy["files"], { roster, deliveries, quarantine }: IngestReport): readonly Broken[] => {
  const all = [...deliveries, ...(roster ? [roster] : [])];
  return all.flatMap(({ file, rows, accepted, rejected, skipped }) => {
    const listed = quarantine.filter((row) => row.file === file).length;
    const records = files[file]?.records ?? rows;
    return [
      ...(rows === records ? [] : [`${file}: ${rows} rows of ${records}`]),
      ...(rows === accepted + rejected + skipped
        ? []
        : [`${file}: ${rows} rows ≠ ${accepted} + ${rejected} + ${skipped}`]),
      ...(listed === rejected ? [] : [`${file}: ${rejected} rejected, ${listed} in quarantine`]),
    ];
  });
};

/** Most physical lines that the bytes can be, in whatever encoding. */
const linesIn = (bytes: Buffer): number =>
  Math.max(
    ...["latin1", "utf-16le", "utf-16be"].map((encoding) => iconv.decode(bytes, encoding).split(/\r\n|\r|\n/).length),
  );

const placesIn = (files: HostileStudy["files"], outcome: Outcome): readonly Broken[] => {
  const lines = new Map(Object.entries(files).map(([name, { made }]) => [name, linesIn(made)]));
  /** Lines of a workbook, Parquet or SPSS file are its rows. */
  const rowed = (name: string): boolean =>
    /^(?:P[KA]|\$F)/.test(files[name]?.made.subarray(0, 2).toString("latin1") ?? "");
  const problems = [...(outcome.refused ?? []), ...(outcome.report?.warnings ?? [])];
  const places = [
    ...problems.flatMap((one) => ("place" in one ? [one.place] : [])),
    ...(outcome.report?.quarantine ?? []),
  ];
  return places.flatMap(({ file, line }) =>
    line === undefined || rowed(file) || (line >= 1 && line <= (lines.get(file) ?? 0))
      ? []
      : [`${file} has no line ${line}`],
  );
};

/** The reason of a row in quarantine is one that its format can have. */
const reasons = ({ deliveries, quarantine }: IngestReport): readonly Broken[] =>
  deliveries.flatMap(({ file, format }) =>
    format !== "json-lines" && quarantine.some((row) => row.file === file && row.code === "record-malformed")
      ? [`${file} is ${format} and has lines that are no JSON objects`]
      : [],
  );

const whole = (truth: Truth): string => JSON.stringify(truth);
const answersAlone = ({ delivery, leader, weight, answers, kinds }: Truth): string =>
  JSON.stringify([delivery, leader, weight, answers, kinds]);

const tallied = (keys: readonly string[]): Map<string, number> => {
  const found = new Map<string, number>();
  for (const key of keys) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
};

/** Answers that were accepted and that nobody gave. */
const made = (accepted: readonly string[], given: readonly string[]): readonly string[] => {
  const left = tallied(given);
  return accepted.filter((key) => {
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
};

const answersOf = ({ made: study, files }: HostileStudy, outcome: Outcome): readonly Broken[] => {
  const changes = Object.values(files);
  const roster = files[rosterFile]!;
  const allSame = changes.every(({ same }) => same);
  if (allSame && outcome.refused !== null) return [`refused although nothing is wrong: ${codes(outcome.refused)}`];
  if (outcome.refused !== null) return [];
  return deliveryFiles.flatMap((name, index) => {
    const given = study.truths.filter(({ delivery }) => delivery === index + 1);
    const accepted = outcome.accepted.filter(({ delivery }) => delivery === index + 1);
    const file = files[name]!;
    if (file.same && roster.same) {
      const [invented, lost] = [
        made(accepted.map(whole), given.map(whole)),
        made(given.map(whole), accepted.map(whole)),
      ];
      return invented.length + lost.length === 0
        ? []
        : [
            `${name}: ${lost.length} answers lost and ${invented.length} made up although nothing is wrong: ${invented[0]} for ${lost[0]}`,
          ];
    }
    if (!roster.same && index === 2) return [];
    const invented = made(accepted.map(answersAlone), given.map(answersAlone));
    /** One record of a unit is a row for each of its leaders. */
    const rowsOfOne = Math.max(1, ...tallied(given.map(({ respondent }) => respondent ?? "")).values());
    return invented.length <= (index === 2 ? rowsOfOne : 1) * file.strays
      ? []
      : [`${name}: ${invented.length} rows of answers that nobody gave: ${invented[0]}`];
  });
};

/** Respondents' names and free text stay out of what is said, as long as they do not stand where names of columns do. */
const discreet = (outcome: Outcome): readonly Broken[] =>
  (outcome.report?.quarantine ?? []).some((row) => JSON.stringify(row).includes("kanarie"))
    ? ["quarantine names a respondent"]
    : [];

const prototypes = [Object.prototype, Array.prototype, String.prototype, Map.prototype];
const own = prototypes.map((one) => Object.getOwnPropertyNames(one).join());
const unpolluted = (): readonly Broken[] =>
  prototypes.every((one, k) => Object.getOwnPropertyNames(one).join() === own[k]) ? [] : ["a prototype was changed"];

/** Every promise that a study and its outcome break. */
export const brokenPromises = (hostile: HostileStudy, outcome: Outcome): readonly Broken[] => [
  ...saysWhere(hostile.files, [
    ...(outcome.refused ?? []),
    ...outcome.check.problems,
    ...outcome.check.warnings,
    ...(outcome.report?.warnings ?? []),
  ]),
  ...agree(outcome),
  ...(outcome.report ? [...counts(hostile.files, outcome.report), ...reasons(outcome.report)] : []),
  ...placesIn(hostile.files, outcome),
  ...answersOf(hostile, outcome),
  ...discreet(outcome),
  ...unpolluted(),
];
