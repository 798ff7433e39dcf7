import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Design } from "../../src/estimation/design/design.ts";
import { type Answers, drawScores } from "../../src/estimation/simulation/simulated-response.ts";
import { type UnitTrial, unitTrialDesign, unitTrialStudy } from "../../src/estimation/simulation/simulated-units.ts";
import { responseLeeBounds } from "../../src/estimation/trial/response-lee-bounds.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import type { Study } from "../../src/study/study.ts";
import type { RosterRow } from "../../src/tables/roster.ts";

/** Steps of the scores, in sds: a score at the edge of those who are trimmed, or the edge between two scores. */
const within = 0.25;
const onEdge = 2 * 0.2533471031357997;

const scenarios = {
  alike: { who: "any", shares: [0.7, 0.7], effect: 0, step: within },
  byChance: { who: "any", shares: [0.8, 0.6], effect: 0, step: within },
  highest: { who: "highest", shares: [0.8, 0.6], effect: 0, step: within },
  lowest: { who: "lowest", shares: [0.6, 0.8], effect: 0.5, step: within },
  farApart: { who: "highest", shares: [0.9, 0.3], effect: 0, step: within },
  betweenScores: { who: "highest", shares: [0.8, 0.6], effect: 0, step: onEdge },
} as const satisfies Readonly<Record<string, Answers>>;
type Scenario = keyof typeof scenarios;
const names = Object.keys(scenarios) as readonly Scenario[];

/** How often the interval of Lee's bounds covers the effect on employees who would answer in either arm. */
export interface ResponseCalibrationCell {
  readonly unitsPerArm: number;
  readonly leadersPerUnit: number;
  readonly replications: number;
  readonly covered: Readonly<Record<Scenario, number>>;
}
export interface ResponseCalibration {
  readonly trial: Omit<UnitTrial, "unitsPerArm" | "leadersPerUnit" | "response">;
  readonly cells: readonly ResponseCalibrationCell[];
}

const assumed = { employees: 10, betweenUnits: 0.1, betweenLeaders: 0.05 } as const;
const sizes = [4, 1].flatMap((leadersPerUnit) => [6, 12, 20].map((unitsPerArm) => ({ leadersPerUnit, unitsPerArm })));

const rosterOf = (study: Study, design: Design): readonly RosterRow[] => {
  const nothing = { block: null, class: null, sparring_group: null, attended: null, from_date: null, to_date: null };
  return design.leaders.map((leader, g) => {
    const arm = study.arms[design.arm[g]!]!.id;
    const unit = `${design.cluster[g]}`;
    return { ...nothing, leader, arm, roster_arm: arm, allocation_unit: unit, employees: assumed.employees };
  });
};

const coverage = (trial: UnitTrial, answers: Answers, stream: RandomGenerator, count: number): number => {
  const design = unitTrialDesign(trial);
  const study = unitTrialStudy(trial, 1);
  const roster = rosterOf(study, design);
  let covered = 0;
  for (let k = 0; k < count; k++) {
    const scores = drawScores(trial, answers, design, stream);
    const interval = responseLeeBounds(study, design, () => scores, roster, [])[0]?.interval;
    if (interval == null) throw new RangeError("A simulated trial without bounds.");
    covered += Number(interval.low <= answers.effect && answers.effect <= interval.high);
  }
  return covered / count;
};

/** Runs the simulation. Every size and way of answering has a stream of its own. */
export const calibrateResponse = (seed: number, count: number): ResponseCalibration => ({
  trial: assumed,
  cells: sizes.map((size, row) => {
    const trial: UnitTrial = { ...assumed, ...size, response: 1 };
    const shares = names.map((name, column) => {
      const stream = blockStream(seed, 100 + row * names.length + column);
      return [name, coverage(trial, scenarios[name], stream, count)] as const;
    });
    return { ...size, replications: count, covered: Object.fromEntries(shares) as Record<Scenario, number> };
  }),
});

/** The table of the simulation, as Markdown, with shares as `percent` writes them. */
export const responseCalibrationTable = (
  { trial, cells }: ResponseCalibration,
  percent: (share: number, count: number) => string,
): string => {
  const rows = cells.map(({ leadersPerUnit, unitsPerArm, replications, covered }) => {
    const given = leadersPerUnit === 1 ? `${unitsPerArm} leaders` : `${unitsPerArm} units of ${leadersPerUnit} leaders`;
    return `| ${given} | ${names.map((name) => percent(covered[name], replications)).join(" | ")} |`;
  });
  const count = (cells[0]?.replications ?? 0).toLocaleString("en-GB");
  return `## Lee's bounds for employees who do not answer

How often the 95 % interval covers the effect on the employees who would answer whichever arm their leader is in. The standard errors are over the units of allocation, and t has the units of the smaller arm − 1 degrees of freedom. ${trial.employees} employees per leader; ${100 * trial.betweenUnits} % of the variance between units, ${100 * trial.betweenLeaders} % between the leaders of a unit; scores in steps of a quarter sd. Response is in the control and in the trained arm. By chance, the effect lies inside the bounds, which are wider than they had to be. Where the highest answer, those who answer only without training are below all others, so that the effect lies on a bound; where the lowest answer, training adds 0.5 and those whom it makes answer are above all others: the hardest cases. Between two scores: steps of half an sd whose edge is just where answers are trimmed, where the bound has a kink and covers a little less than it says. ${count} replications.

| given to arms | 70 and 70 %, by chance | 80 and 60 %, by chance | 80 and 60 %, the highest | 60 and 80 %, the lowest, effect 0.5 | 90 and 30 %, the highest | 80 and 60 %, between two scores |
|:--|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}
`;
};
