import { hostileStudy } from "./hostile-study.ts";
import { brokenPromises } from "./promises.ts";
import { type Outcome, runStudy } from "./run-study.ts";

/** A study of a seed and what it broke. */
export interface Finding {
  readonly index: number;
  readonly files: Readonly<Record<string, string>>;
  readonly broken: readonly string[];
}

/** What came of many studies. */
export interface Tally {
  readonly studies: number;
  /** Files that were changed. */
  readonly files: number;
  /** How many studies were accepted, or refused with each code. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly warnings: Readonly<Record<string, number>>;
  /** Rows in quarantine by reason. */
  readonly quarantined: Readonly<Record<string, number>>;
  readonly rows: number;
  readonly findings: readonly Finding[];
}

const emptyTally = (): Tally => ({
  studies: 0,
  files: 0,
  outcomes: {},
  warnings: {},
  quarantined: {},
  rows: 0,
  findings: [],
});

const added = (counts: Readonly<Record<string, number>>, keys: readonly string[]): Readonly<Record<string, number>> => {
  const made = { ...counts };
  for (const key of keys) made[key] = (made[key] ?? 0) + 1;
  return made;
};

const merged = (one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) => {
  const made = { ...one };
  for (const [key, count] of Object.entries(other)) made[key] = (made[key] ?? 0) + count;
  return made;
};

export const mergeTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (one, other) => ({
      studies: one.studies + other.studies,
      files: one.files + other.files,
      outcomes: merged(one.outcomes, other.outcomes),
      warnings: merged(one.warnings, other.warnings),
      quarantined: merged(one.quarantined, other.quarantined),
      rows: one.rows + other.rows,
      findings: [...one.findings, ...other.findings],
    }),
    emptyTally(),
  );

const distinct = (codes: readonly string[]): readonly string[] => [...new Set(codes)];

const tallyOf = ({ refused, report }: Outcome, files: number): Omit<Tally, "findings"> => ({
  studies: 1,
  files,
  outcomes: added({}, refused === null ? ["accepted"] : distinct(refused.map(({ code }) => code))),
  warnings: added({}, distinct((report?.warnings ?? []).map(({ code }) => code))),
  quarantined: added(
    {},
    (report?.quarantine ?? []).map(({ code }) => code),
  ),
  rows: (report?.deliveries ?? []).reduce((sum, { rows }) => sum + rows, 0),
});

/** Runs the study of a seed and number, and says what of the product's promises did not hold. */
const fuzzStudy = async (seed: number, index: number): Promise<Tally> => {
  const hostile = await hostileStudy(seed, index);
  const names = Object.fromEntries(
    Object.entries(hostile.files).flatMap(([file, { name }]) => (name === "" ? [] : [[file, name]])),
  );
  const files = Object.keys(names).length;
  try {
    const outcome = await runStudy(hostile);
    const broken = brokenPromises(hostile, outcome);
    return { ...tallyOf(outcome, files), findings: broken.length === 0 ? [] : [{ index, files: names, broken }] };
  } catch (fault) {
    const broken = [fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)];
    return { ...emptyTally(), studies: 1, files, outcomes: { thrown: 1 }, findings: [{ index, files: names, broken }] };
  }
};

/** Runs the studies of a seed from one number up to another. */
export const fuzzStudies = async (seed: number, from: number, to: number): Promise<Tally> => {
  const tallies: Tally[] = [];
  for (let index = from; index < to; index += 1) tallies.push(await fuzzStudy(seed, index));
  return mergeTallies(tallies);
};
