import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import type { Estimator, Plan } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { leftStudy } from "../left-survey.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";
import { oracleStudy } from "../oracle-survey.ts";

interface RNumbers {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
}
const r = expected("estimands") as Readonly<Record<string, { readonly lin: RNumbers; readonly means: RNumbers }>>;

/** Products of columns are conditioned worse than the columns; `eight` has as many coefficients as leaders. */
const tolerance = 1e-9;

const plan: Partial<Plan> = { covariates: ["x1", "x2"], robustness: ["lin", "cluster-means"] };

const sets = [
  { name: "forty", arms: ["control", "a", "b", "c"], wave: "after", blocks: true },
  { name: "eight", arms: ["control", "a"], wave: "after", blocks: false },
  { name: "pairs", arms: ["control", "a"], wave: "later", blocks: false },
  { name: "gaps", arms: ["control", "a", "b"], wave: "after", blocks: false },
  { name: "left-two", arms: ["control", "a"], wave: "after", blocks: false },
  { name: "left-three", arms: ["control", "a", "b"], wave: "later", blocks: false },
];

function studyOf({ name, arms, wave, blocks }: (typeof sets)[number]) {
  if (!name.startsWith("left")) return oracleStudy({ name, arms, wave }, { baseline: true, blocks, plan });
  const { study, design, cellsOf } = leftStudy({ name: name.slice(5), arms }, plan, ["before", wave]);
  return { study, cellsOf, design: { ...design, block: design.block.map(() => -1) } };
}

const of = (estimates: readonly Estimate[], estimator: Estimator) =>
  estimates.filter((row) => row.estimator === estimator);

describe.each(sets)("$name", (set) => {
  test.each([
    ["lin", "lin"],
    ["cluster-means", "means"],
  ] as const)("%s equals R", async (estimator, key) => {
    const { study, design, cellsOf } = studyOf(set);
    const { estimates } = await estimateEffects(study, design, cellsOf, drawHere);
    const rows = of(estimates, estimator);
    expect(rows.map(({ arm }) => arm)).toEqual(set.arms.slice(1));
    for (const [k, row] of rows.entries()) {
      for (const part of ["estimate", "se", "df", "p"] as const) {
        expectClose(row[part], r[set.name]![key][part][k]!, tolerance, `${part} of ${row.arm}`);
      }
      expect(row.respondents).toBe(of(estimates, "ancova")[k]!.respondents);
    }
  });
});

/** Leaders of very different team size: in large teams the training does nothing, in small ones it adds ten. */
function unequal(effectInSmall: number) {
  const study = madeStudy({
    arms: ["control", "a"],
    waves: ["after"],
    baseline: null,
    plan: { robustness: ["cluster-means"] },
  });
  const leaders = Array.from({ length: 12 }, (_, g) => ({
    leader: `L${g}`,
    arm: g % 2 === 0 ? "control" : "a",
    block: "",
  }));
  const design = madeDesign(study, leaders);
  const answers = leaders.flatMap(({ leader, arm }, g): Answer[] => {
    const size = g < 6 ? 40 : 2;
    const effect = arm === "a" && g >= 6 ? effectInSmall : 0;
    return Array.from({ length: size }, (_, k) => ({
      leader,
      wave: "after",
      y: 50 + (k % 2) * 4 + g / 10 + effect,
      covariates: {},
    }));
  });
  return { study, design, cellsOf: cellsOfAnswers(study, design, answers) };
}

test("where the effect depends on the size of the team, leaders' means say what the average leader gains", async () => {
  const { study, design, cellsOf } = unequal(10);
  const { estimates } = await estimateEffects(study, design, cellsOf, drawHere);
  // Half of the leaders gain ten and all of the arm's follow another by a tenth; of the employees one in 21 does.
  expect(of(estimates, "cluster-means")[0]!.estimate).toBeCloseTo(5.1, 10);
  expect(of(estimates, "ancova")[0]!.estimate).toBeCloseTo(0.1 + 10 / 21, 10);
});
