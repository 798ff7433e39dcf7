import { expect, it } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

const study = madeStudy({
  arms: ["control", "a", "b"],
  waves: ["before", "after"],
  baseline: "before",
  plan: { robustness: ["difference-in-differences", "cluster-means"] },
});
const arms = ["control", "control", "control", "a", "a", "b", "b", "b", "b"];
const assigned: readonly Assigned[] = arms.map((arm, g) => ({ leader: `l${g}`, arm, block: "" }));
const noise = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4];
/** Leader g has g + 1 answers afterwards, and one less before. */
const answers = assigned.flatMap(({ leader }, g) =>
  ["before", "after"].flatMap((wave, w) =>
    Array.from(
      { length: g + w },
      (_, k): Answer => ({ leader, wave, y: 9 * noise[(g * 5 + k + w) % 24]!, covariates: {} }),
    ),
  ),
);

it("counts leaders and respondents of both arms of an effect, at the fewer of the waves that its model holds", async () => {
  const design = madeDesign(study, assigned);
  const { estimates } = await estimateEffects(study, design, cellsOfAnswers(study, design, answers), drawHere);
  const control = { leaders: 3, respondents: 1 + 2 + 3 };
  const after = [
    { arm: { leaders: 2, respondents: 4 + 5 }, reference: control },
    { arm: { leaders: 4, respondents: 6 + 7 + 8 + 9 }, reference: control },
  ];
  // Leader 0 has nobody before.
  const before = { leaders: 2, respondents: 1 + 2 };
  const change = [
    { arm: { leaders: 2, respondents: 3 + 4 }, reference: before },
    { arm: { leaders: 4, respondents: 5 + 6 + 7 + 8 }, reference: before },
  ];
  expect(estimates.map(({ estimator, support }) => [estimator, support])).toEqual([
    ...after.map((support) => ["ancova", support]),
    ...change.map((support) => ["difference-in-differences", support]),
    ...after.map((support) => ["cluster-means", support]),
  ]);
});
