import type { Language } from "../../src/errors.ts";
import type { Estimate } from "../../src/estimation/inference/estimate.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import type { ChangePart } from "../../src/estimation/ratings/gap-change.ts";
import type { IntendedPerceived } from "../../src/estimation/ratings/intended-perceived.ts";
import { explainQuarantine } from "../../src/explain/quarantine.ts";
import type { IngestReport } from "../ingest/ingest.ts";

/** Lines of a table whose columns are as wide as their widest cell; numbers stand to the right. */
export const textTable = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const numeric = (text: string): boolean => /^[−<\d+]/.test(text) || text === "–";
  return rows
    .map((row) =>
      row
        .map((cell, k) => (numeric(cell) ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

export const number = (value: number | null, digits: number, language: Language): string =>
  value === null
    ? "–"
    : new Intl.NumberFormat(language === "da" ? "da-DK" : "en-GB", {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
        .format(value)
        .replace("-", "−");

export const probability = (value: number | null, language: Language): string =>
  value !== null && value < 0.0001 ? `<${number(0.0001, 4, language)}` : number(value, 4, language);

export const interval = (low: number | null, high: number | null, digits: number, language: Language): string =>
  low === null || high === null
    ? "–"
    : `${number(low, digits, language)} ${language === "da" ? "til" : "to"} ${number(high, digits, language)}`;

const headings = {
  ingest: {
    da: ["fil", "måling", "svar fra", "rækker", "antaget", "afvist", "uændret"],
    en: ["file", "wave", "rater", "rows", "accepted", "rejected", "unchanged"],
  },
  score: {
    da: [
      ...["skala", "svar fra", "måling", "svar", "ledere", "gns.", "sd"],
      ...["alfa", "95 %-interval", "omega", "ICC(1)", "ICC(2)", "rwg(j)"],
    ],
    en: [
      ...["scale", "rater", "wave", "n", "leaders", "mean", "sd"],
      ...["alpha", "95 % interval", "omega", "ICC(1)", "ICC(2)", "rwg(j)"],
    ],
  },
  estimate: {
    da: ["udfald", "arm", "måling", "metode", "effekt", "interval", "df", "p", "justeret p", "påviselig", "status"],
    en: ["outcome", "arm", "wave", "estimator", "effect", "interval", "df", "p", "adjusted p", "detectable", "status"],
  },
  ratings: {
    da: ["skala", "måling", "ledere", "leder", "medarb.", "forskel", "interval", "r", "korr. r", "status"],
    en: ["scale", "wave", "leaders", "intended", "perceived", "gap", "interval", "r", "corrected r", "status"],
  },
  changes: {
    da: ["skala", "måling", "arm", "ledere", "forskellen ændret", "leder flyttet", "medarb. flyttet", "status"],
    en: ["scale", "wave", "arm", "leaders", "gap changed", "intended moved", "perceived moved", "status"],
  },
} as const;

export const ingestTable = ({ deliveries }: IngestReport, language: Language): string =>
  textTable([
    headings.ingest[language],
    ...deliveries.map((one) => [
      one.file,
      one.wave,
      one.rater,
      ...[one.rows, one.accepted, one.rejected, one.unchanged].map((count) => number(count, 0, language)),
    ]),
  ]);

/** The first refused rows, each as `file:line:column: reason`. */
export const quarantineLines = ({ quarantine }: IngestReport, most: number, language: Language): string => {
  const lines = quarantine.slice(0, most).map(({ file, line, column, code }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(":");
    return `${place}: ${explainQuarantine(code, language)}`;
  });
  const more = quarantine.length - lines.length;
  const rest = language === "da" ? `… og ${more} mere (--json viser alle)` : `… and ${more} more (--json shows all)`;
  return [...lines, ...(more > 0 ? [rest] : [])].join("\n");
};

export const scoreTable = (scales: readonly ScaleMeasurement[], language: Language): string =>
  textTable([
    headings.score[language],
    ...scales.map((one) => [
      one.scale,
      one.rater ?? "–",
      one.wave,
      number(one.respondents, 0, language),
      number(one.leaders, 0, language),
      number(one.mean, 2, language),
      number(one.sd, 2, language),
      number(one.alpha, 3, language),
      interval(one.alphaLow, one.alphaHigh, 3, language),
      ...[one.omega, one.icc1, one.icc2, one.rwg].map((value) => number(value, 3, language)),
    ]),
  ]);

/** The scale, and who answers it where it is not the employees. */
export const outcomeText = ({ outcome, rater }: Pick<Estimate, "outcome" | "rater">): string =>
  rater === null || rater === "employee" ? outcome : `${rater} ${outcome}`;

const planWords = {
  "as-planned": { da: "som planlagt", en: "as planned" },
  "locked-after-answers": { da: "låst efter svarene", en: "locked after the answers" },
  deviation: { da: "afvigelse", en: "deviation" },
} as const;

/** One line per estimate; where a plan is locked, each with its place in it. */
export const estimateTable = (estimates: readonly Estimate[], language: Language): string => {
  const locked = estimates.some(({ planned }) => planned !== null);
  return textTable([
    [...headings.estimate[language], ...(locked ? ["plan"] : [])],
    ...estimates.map((one) => [
      outcomeText(one),
      one.arm,
      one.wave,
      one.estimator,
      number(one.estimate, 2, language),
      interval(one.low, one.high, 2, language),
      number(one.df, 1, language),
      probability(one.p, language),
      probability(one.pAdjusted, language),
      number(one.minimumDetectable, 2, language),
      one.status,
      ...(one.planned === null ? [] : [planWords[one.planned][language]]),
    ]),
  ]);
};

const ratingsTable = (records: readonly IntendedPerceived[], language: Language): string =>
  textTable([
    headings.ratings[language],
    ...records.map((one) => [
      one.scale,
      one.wave,
      number(one.leaders, 0, language),
      ...[one.intended, one.perceived, one.gap?.estimate ?? null].map((value) => number(value, 2, language)),
      interval(one.gap?.low ?? null, one.gap?.high ?? null, 2, language),
      ...[one.correlation, one.corrected].map((value) => number(value?.estimate ?? null, 2, language)),
      one.status,
    ]),
  ]);

const part = (value: ChangePart | null, language: Language): string =>
  value === null ? "–" : `${number(value.estimate, 2, language)} (${interval(value.low, value.high, 2, language)})`;

const changesTable = (records: readonly IntendedPerceived[], language: Language): string =>
  textTable([
    headings.changes[language],
    ...records.flatMap(({ scale, wave, changes }) =>
      changes.map((one) => [
        scale,
        wave,
        one.arm ?? "–",
        number(one.leaders.arm + one.leaders.reference, 0, language),
        ...[one.gap, one.intended, one.perceived].map((value) => part(value, language)),
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
