import { suppressed, valueIn } from "../../../src/disclosure/published.ts";
import { type LeaderBasis, leaderBasis } from "../../../src/reporting/leader/basis.ts";
import { leaderFacts } from "../../../src/reporting/leader/facts.ts";
import { newWave } from "../../../src/reporting/leader/kept.ts";
import type { LeaderFacts } from "../../../src/reporting/leader/model.ts";
import type { Scale } from "../../../src/study/study.ts";
import { study, studyRows } from "./fixture.ts";

/** A questionnaire as an attacker knows it: how many categories, and the items of each scale, `true` for a reversed one. */
export interface Questionnaire {
  readonly categories: number;
  readonly scales: readonly (readonly boolean[])[];
  /** The leader's own answers, which decide which scale's answers the page shows; null for none. */
  readonly own: readonly number[] | null;
}

/** Counts per scale, item and category, lowest first. */
export type Table = readonly (readonly (readonly number[])[])[];

const scaleId = (index: number) => `s${index}`;

const scaleOf = ({ categories, scales }: Questionnaire, index: number): Scale => ({
  kind: "items",
  answers: null,
  id: scaleId(index),
  name: { da: scaleId(index), en: scaleId(index) },
  low: 0,
  high: categories - 1,
  index: true,
  answered: 0.5,
  items: scales[index]!.map((reversed, item) => ({ id: `${scaleId(index)}i${item}`, reversed, wording: {} })),
});

/** A study of one wave with that questionnaire, and a pool of other teams. */
export const basisOf = (asked: Questionnaire): LeaderBasis => {
  const waves = study.waves.slice(2);
  const scales = asked.scales.map((_, index) => scaleOf(asked, index));
  const raters = asked.own ? ["employee", "self"] : ["employee"];
  return leaderBasis(
    { ...study, waves, phases: [], instrument: { ...study.instrument, answers: [], scales } },
    {
      ...studyRows,
      spread: scales.flatMap(({ id }) =>
        raters.map((rater) => ({
          ...{ wave: "w3", rater, scale: id, leaders: 40, within: 400 * 15 ** 2, df: 400, largest: 24 },
        })),
      ),
      means: [],
      teams: scales.map(({ id }) => ({ ...studyRows.teams[0]!, scale: id })),
    },
  );
};

const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);

/** The sum of all answers to a scale, reversed items turned. */
export const sumOf = (items: readonly (readonly number[])[], reversed: readonly boolean[]): number =>
  items.reduce(
    (sum, counts, item) =>
      sum + counts.reduce((all, n, at) => all + n * (reversed[item] ? counts.length - 1 - at : at), 0),
    0,
  );

/** The means of all leaders: forty others, and the reader's own. */
const withOthers = (own: number): readonly number[] => {
  const others = Array.from({ length: 40 }, (_, at) => 30 + at);
  const place = others.filter((other) => other < own).length;
  return others.toSpliced(place, 0, own);
};

/** All that the page of a team is made of: the answers of `n` employees who answered everything. */
export const factsOf = (basis: LeaderBasis, asked: Questionnaire, table: Table): LeaderFacts => {
  const n = total(table[0]![0]!);
  const wave = "w3";
  const leader = "L";
  const share = (index: number) => {
    const items = table[index]!;
    return (100 * sumOf(items, asked.scales[index]!)) / (n * items.length * (asked.categories - 1));
  };
  const means = new Map(table.map((_, index) => [scaleId(index), withOthers(share(index))]));
  return leaderFacts(
    { ...basis, means, measured: new Map([...means].map(([scale, own]) => [scale, own.length])) },
    {
      pages: () => newWave,
      benchmarks: () => suppressed,
      response: { leader, answered: n, employees: n + 3, from_date: null, to_date: null },
      scores: table.flatMap((_, index) => {
        const employee = { leader, wave, rater: "employee", scale: scaleId(index), n, mean: share(index) };
        return asked.own ? [employee, { ...employee, rater: "self", n: 1, mean: asked.own[index]! }] : [employee];
      }),
      answers: table.flatMap((items, index) =>
        items.flatMap((counts, item) =>
          counts.map((count, answer) => ({ leader, wave, item: `${scaleId(index)}i${item}`, answer, n: count })),
        ),
      ),
    },
  );
};

/**
 * What an attacker reads: everything that the page is made of, and with it the exact sum behind each mean that is not
 * said to be at least or at most something. Rounding is given no credit.
 */
export const readOf = (facts: LeaderFacts, asked: Questionnaire, table: Table): string => {
  const exact = facts.scales.map(({ employees }, index) => {
    const team = valueIn(employees.at(-1) ?? suppressed);
    return team?.bound === null ? sumOf(table[index]!, asked.scales[index]!) : null;
  });
  return JSON.stringify([facts, exact]);
};

/** Every way in which `n` answers can fall on so many categories. */
export const compositions = (n: number, categories: number): readonly (readonly number[])[] =>
  categories === 1
    ? [[n]]
    : Array.from({ length: n + 1 }, (_, first) =>
        compositions(n - first, categories - 1).map((rest) => [first, ...rest]),
      ).flat();

/** Every table of `n` employees' answers. */
export function* tablesOf({ categories, scales }: Questionnaire, n: number): Generator<Table> {
  const each = compositions(n, categories);
  const items = scales.flat().length;
  const at = new Array<number>(items).fill(0);
  while (true) {
    let next = 0;
    yield scales.map((scale) => scale.map(() => each[at[next++]!]!));
    let digit = 0;
    while (digit < items && ++at[digit]! === each.length) at[digit++] = 0;
    if (digit === items) return;
  }
}
