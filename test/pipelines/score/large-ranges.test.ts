import { expect, test } from "vitest";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

interface Row {
  readonly estimator: string;
  readonly estimate: number;
  readonly se: number;
  readonly status: string;
}
interface Report {
  readonly estimates: readonly Row[];
}

/** Three items from `low` to `high`, of which one is turned, and a covariate in the same range. */
const instrument = (low: number, high: number): string => `instrument: wide
scales:
  - id: support
    range: [${low}, ${high}]
    items: [{ id: s1 }, { id: s2, reversed: true }, { id: s3 }]
`;

const study = (low: number, high: number) => (text: string) =>
  text
    .replace("[support]", "[support], covariates: [wealth]")
    .replace("analysis:", `covariates:\n  - { id: wealth, from: employee, range: [${low}, ${high}] }\nanalysis:`);

/** The small study's answers, moved into the range. */
const answers = (low: number, high: number) => (text: string) => {
  const [, ...rows] = text.trim().split("\n");
  const moved = (answer: number): number => low + ((answer - 1) / 2) * (high - low);
  const lines = rows.map((row, at) => {
    const [respondent, leader, s1, s2] = row.split(",");
    return [
      respondent,
      leader,
      ...[Number(s1), Number(s2), 1 + ((at * 5) % 3), 1 + ((at * 7) % 9) / 4].map(moved),
    ].join(",");
  });
  return `${["respondent,leader,s1,s2,s3,wealth", ...lines].join("\n")}\n`;
};

const estimatesIn = (low: number, high: number): readonly Row[] => {
  const folder = smallStudy({
    "instrument.yaml": instrument(low, high),
    "study.yaml": study(low, high),
    "before.csv": answers(low, high),
    "after.csv": answers(low, high),
  });
  const { status, stderr } = spejl("run", folder, "--quiet");
  expect(status, stderr).toBe(0);
  return spejlJson<Report>("estimate", folder).document.estimates;
};

test("an index does not depend on the range of the answers, however large", () => {
  const plain = estimatesIn(1, 3);
  expect(plain.some(({ status }) => status === "estimated")).toBe(true);
  for (const [low, high] of [
    [1e9, 2e9],
    [0, 1e9],
    [0, 1e13],
    [-1e15, 1e15],
  ] as const) {
    for (const [k, row] of estimatesIn(low, high).entries()) {
      expect([row.estimator, row.status]).toEqual([plain[k]!.estimator, plain[k]!.status]);
      if (row.status !== "estimated") continue;
      // Steps of the score are 2e-8 of an index point.
      expect(Math.abs(row.estimate - plain[k]!.estimate), `${row.estimator} ${low}–${high}`).toBeLessThan(1e-5);
      expect(Math.abs(row.se - plain[k]!.se)).toBeLessThan(1e-5);
    }
  }
});
