import { describe, expect, test } from "vitest";
import { logisticRegression } from "../../../src/stats/regression/logistic.ts";
import { leftLeaders, leftSurveys } from "../../estimation/left-survey.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";

interface RAnswer {
  readonly leaders: readonly string[];
  readonly probabilities: readonly number[];
  readonly coefficients: readonly number[];
}
const r = expected("weighting") as Readonly<Record<string, Readonly<Record<"after" | "later", RAnswer>>>>;

/** Both sides iterate to rounding; the information matrix is conditioned to about 1e5. */
const tolerance = 1e-10;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(leftSurveys)("who of the survey $name was measured", (survey) => {
  const rows = input(`left-${survey.name}`);
  const leaders = leftLeaders(survey);
  const baselineOf = (column: string, leader: string): number | null => {
    const own = rows.filter(
      (row) => row.leader === leader && row.wave === "before" && (column === "y" || row.x2 !== ""),
    );
    return own.length === 0 ? null : meanOf(own.map((row) => Number(row[column])));
  };
  const filled = (column: string): readonly number[] => {
    const values = leaders.map(({ leader }) => baselineOf(column, leader));
    const mean = meanOf(values.filter((value) => value !== null));
    return values.map((value) => value ?? mean);
  };
  const blocks = [...new Set(leaders.map(({ block }) => block))].sort();
  const columns = [
    leaders.map(() => 1),
    ...survey.arms.slice(1).map((arm) => leaders.map((one) => Number(one.arm === arm))),
    ...blocks.slice(1).map((block) => leaders.map((one) => Number(one.block === block))),
    ...["y", "x1", "x2"].map(filled),
  ];

  test.each(["after", "later"] as const)("%s: probabilities and coefficients equal glm", (wave) => {
    const answer = r[survey.name]![wave];
    const complete = new Set(rows.filter((row) => row.wave === wave && row.x2 !== "").map((row) => row.leader));
    const kept = leaders.flatMap(({ leader }, g) => (baselineOf("y", leader) === null ? [] : [g]));
    const x = Float64Array.from(kept.flatMap((g) => columns.map((column) => column[g]!)));
    const measured = Uint8Array.from(kept, (g) => Number(complete.has(leaders[g]!.leader)));
    const fit = logisticRegression(x, columns.length, measured)!;
    kept.forEach((g, k) => {
      const at = answer.leaders.indexOf(leaders[g]!.leader);
      expectClose(fit.probabilities[k], answer.probabilities[at]!, tolerance, answer.leaders[at]);
    });
    if (fit.separated > 0) return;
    fit.coefficients.forEach((value, k) => {
      expectClose(value, answer.coefficients[k]!, tolerance, `coefficient ${k}`);
    });
  });
});

describe("where it should fail", () => {
  const fitted = (rows: readonly (readonly number[])[], outcome: readonly number[]) =>
    logisticRegression(Float64Array.from(rows.flat()), rows[0]?.length ?? 1, Uint8Array.from(outcome));

  test("no row has no fit", () => {
    expect(fitted([], [])).toBeNull();
  });

  test("a group where all were measured is sure to be, and the others are fitted as if it were not there", () => {
    const x = [1, 2, 3, 4, 5, 6];
    const outcome = [0, 1, 0, 1, 1, 0];
    const others = fitted(
      x.map((value) => [1, value]),
      outcome,
    )!;
    const all = fitted([...x.map((value) => [1, value, 0]), [1, 2, 1], [1, 5, 1]], [...outcome, 1, 1])!;
    others.probabilities.forEach((p, k) => {
      expectClose(all.probabilities[k], p, 1e-10);
    });
    expect([...all.probabilities.slice(6)].every((p) => p > 1 - 1e-9)).toBe(true);
    expect([others.separated, all.separated]).toEqual([0, 2]);
  });

  test("everyone measured, or nobody", () => {
    expect(fitted([[1], [1]], [1, 1])).toMatchObject({ separated: 2 });
    expect([...fitted([[1], [1]], [0, 0])!.probabilities].every((p) => p < 1e-9)).toBe(true);
  });

  test("a column that others span changes nothing", () => {
    const rows = [1, 2, 3, 4, 5].map((value) => [1, value, 2 * value - 1]);
    const plain = fitted(
      rows.map((row) => row.slice(0, 2)),
      [0, 1, 0, 1, 1],
    )!;
    const twice = fitted(rows, [0, 1, 0, 1, 1])!;
    expect([...twice.kept]).toEqual([0, 1]);
    expect(twice.probabilities).toEqual(plain.probabilities);
  });
});
