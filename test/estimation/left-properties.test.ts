import { describe, expect, test } from "vitest";
import type { CellsOf } from "../../src/estimation/design/cells-of.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import { mediation } from "../../src/estimation/inference/mediation.ts";
import { attritionBounds } from "../../src/estimation/trial/attrition-bounds.ts";
import { upper } from "../../src/stats/matrix/triangular.ts";
import { expectClose } from "../oracle/read.ts";
import { leftStudy, leftSurveys, leftWaves } from "./left-survey.ts";

const chain = {
  mediator: { scale: "mediator", rater: "employee" },
  outcome: { scale: "outcome", rater: "employee" },
} as const;
const plan = {
  estimator: "complier",
  robustness: ["inverse-probability"],
  trainedFrom: 2,
  mediation: [chain],
} as const;

/** Reversed leaders, and the outcome (not the mediator) times `scale`. */
function changed(design: Design, cellsOf: CellsOf, scale: number): { design: Design; cellsOf: CellsOf } {
  const last = design.leaders.length - 1;
  return {
    design: {
      ...design,
      leaders: design.leaders.toReversed(),
      arm: design.arm.toReversed(),
      block: design.block.toReversed(),
      class: design.class.toReversed(),
      attended: design.attended.toReversed(),
    },
    cellsOf: (outcome, rows) => {
      const cells = cellsOf(outcome, rows);
      if (cells === null) return null;
      const m = cells.columns.length;
      const size = (m * (m + 1)) / 2;
      const factor = outcome.scale === "outcome" ? scale : 1;
      const power = (k: number): number =>
        k === upper(m, m - 1, m - 1)
          ? factor ** 2
          : Array.from({ length: m }, (_, i) => upper(m, i, m - 1)).includes(k)
            ? factor
            : 1;
      return {
        ...cells,
        leader: cells.leader.map((leader) => last - leader),
        sums: cells.sums.map((sum, k) => (k % m === m - 1 ? sum * factor : sum)),
        products: cells.products.map((product, k) => product * power(k % size)),
      };
    },
  };
}

describe.each(leftSurveys)("leaders of $name in another order, an outcome turned and doubled", (survey) => {
  const { study, design, cellsOf } = leftStudy(survey, plan, leftWaves);
  const other = changed(design, cellsOf, -2);

  test("scale complier and weighted effects and nothing else", async () => {
    const { estimates: one } = await estimateEffects(study, design, cellsOf, drawHere);
    const { estimates: two } = await estimateEffects(study, other.design, other.cellsOf, drawHere);
    expect(one.length).toBe(4 * (survey.arms.length - 1));
    for (const [k, row] of one.entries()) {
      expectClose(two[k]?.estimate, -2 * row.estimate!, 1e-9, row.id);
      expectClose(two[k]?.se, 2 * row.se!, 1e-9, row.id);
      expectClose(two[k]?.df, row.df!, 1e-8, row.id);
    }
  });

  test("turn the bounds and the chain", () => {
    const bounds = attritionBounds(study, other.design, other.cellsOf);
    for (const [k, row] of attritionBounds(study, design, cellsOf).entries()) {
      expectClose(bounds[k]?.low, -2 * row.high!, 1e-9);
      expectClose(bounds[k]?.highSe, 2 * row.lowSe!, 1e-9);
    }
    const chains = mediation(study, other.design, other.cellsOf);
    for (const [k, row] of mediation(study, design, cellsOf).entries()) {
      expectClose(chains[k]?.armOnMediator, row.armOnMediator!, 1e-9);
      expectClose(chains[k]?.indirect, -2 * row.indirect!, 1e-9);
      expectClose(chains[k]?.low, -2 * row.high!, 1e-8);
    }
  });
});
