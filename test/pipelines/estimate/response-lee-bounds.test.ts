import { expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

const withHeadcounts = {
  "study.yaml": (text: string) =>
    text.replace("department: department }", "department: department, employees: employees }"),
  "roster.csv": (text: string) =>
    text
      .trim()
      .split("\n")
      .map((line, k) => `${line},${k === 0 ? "employees" : 8}\n`)
      .join(""),
};

/** Index of the scale of two items from 1 to 3, the second reversed. */
const scoreOf = (first: number, second: number): number => ((first + 4 - second) / 2 - 1) * 50;

/** Answers of one leader after the training, of all six or the first three employees. */
const after = (leader: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, r) => scoreOf(1 + ((leader + r + (leader % 2)) % 3), 1 + ((leader * r + 1) % 3)));

const fewer = (text: string): string =>
  text
    .split("\n")
    .filter((line) => {
      const [respondent] = line.split(",");
      const [, leader, r] = /^L(\d+)-(\d)$/.exec(respondent ?? "") ?? [];
      return leader === undefined || Number(leader) % 2 === 1 || Number(r) < 3;
    })
    .join("\n");

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

it("bounds of employees who would answer in either arm come from every answer that was delivered", () => {
  const folder = smallStudy({ ...withHeadcounts, "after.csv": fewer });
  const { status, document } = spejlJson<Analysis>("estimate", folder);
  expect(status).toBe(0);
  const control = [0, 2, 4, 6, 8, 10, 12, 14].flatMap((leader) => after(leader, 6)).sort((a, b) => a - b);
  const trained = [1, 3, 5, 7, 9, 11, 13, 15].flatMap((leader) => after(leader, 3));
  // Half as many answer in the trained arm: half of the control arm's answers are trimmed.
  const [lowest, highest] = [control.slice(0, 24), control.slice(24)];
  expect(document.responseLeeBounds).toMatchObject([
    {
      outcome: "support",
      arm: "training",
      reference: "control",
      trimmedArm: "control",
      trimmed: 0.5,
      employees: {
        arm: { leaders: 8, invited: 64, answered: 24, largest: 3 },
        reference: { leaders: 8, invited: 64, answered: 48, largest: 6 },
      },
      status: "estimated",
    },
  ]);
  const [bound] = document.responseLeeBounds;
  expect(bound!.low).toBeCloseTo(mean(trained) - mean(highest), 6);
  expect(bound!.high).toBeCloseTo(mean(trained) - mean(lowest), 6);
  const { stdout } = spejl("estimate", folder);
  expect(stdout).toMatch(/support +training +after +128 +72 .* control 50\.0 % /);
});

it("without headcounts there is a reason, and nothing in the terminal", () => {
  const folder = smallStudy({ "after.csv": fewer });
  const { document } = spejlJson<Analysis>("estimate", folder);
  expect(document.responseLeeBounds).toMatchObject([{ status: "no-data", low: null, interval: null }]);
  expect(spejl("estimate", folder).stdout).not.toContain("Lee 2009");
});
