import { expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import type { ScaleMeasurement } from "../../../src/estimation/measurement/measurement.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

/** Own answers of all leaders but the last: `s2` is reversed, so the score of (3, 1) is the highest. */
const own = (wave: number): string =>
  [
    "leader,s1,s2",
    ...Array.from({ length: 15 }, (_, k) => `L${k + 1},${1 + ((k + wave) % 3)},${1 + ((k * k + 2 * wave) % 3)}`),
  ].join("\n");

const deliveries = `deliveries:
  - { file: own-before.csv, wave: before, rater: self }
  - { file: own-after.csv, wave: after, rater: self }
`;

const rated = () =>
  smallStudy({
    "study.yaml": (text) => text.replace("deliveries:\n", deliveries),
    "own-before.csv": `${own(0)}\n`,
    "own-after.csv": `${own(1)}\n`,
  });

const index = (s1: number, s2: number): number => (((s1 + 4 - s2) / 2 - 1) / 2) * 100;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it("own ratings, which the plan does not name, are compared with employees'", () => {
  const folder = rated();
  const { intendedPerceived } = spejlJson<Analysis>("estimate", folder).document;
  expect(intendedPerceived.map(({ scale, wave, leaders, respondents }) => [scale, wave, leaders, respondents])).toEqual(
    [
      ["support", "before", 15, 90],
      ["support", "after", 15, 90],
    ],
  );
  const leaders = Array.from({ length: 15 }, (_, k) => k);
  const after = intendedPerceived[1]!;
  const intended = leaders.map((k) => index(1 + ((k + 1) % 3), 1 + ((k * k + 2) % 3)));
  const perceived = leaders.map((k) =>
    mean([0, 1, 2, 3, 4, 5].map((r) => index(1 + ((k + r + (k % 2)) % 3), 1 + ((k * r + 1) % 3)))),
  );
  expect(after.intended).toBeCloseTo(mean(intended), 9);
  expect(after.perceived).toBeCloseTo(mean(perceived), 9);
  expect(after.gap!.estimate).toBeCloseTo(mean(intended) - mean(perceived), 9);
  expect(after.changes.map(({ arm, leaders: { arm: arms, reference } }) => [arm, arms, reference])).toEqual([
    ["training", 7, 8],
  ]);
  const { scales } = spejlJson<{ scales: readonly ScaleMeasurement[] }>("score", folder).document;
  const alpha = scales.find(({ rater, wave }) => rater === "self" && wave === "after")!.alpha;
  expect(after.reliability.intended).toBe(alpha);
});

it("the terminal shows both ratings and who moved, and nothing where no leader rated", () => {
  expect(spejl("estimate", rated()).stdout).toMatch(/intended.*perceived[\s\S]*gap changed.*intended moved/);
  expect(spejl("estimate", smallStudy()).stdout).not.toContain("intended");
});
