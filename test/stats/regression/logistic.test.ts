import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { below, blockStream } from "../../../src/stats/draws/random-streams.ts";
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

  /** In the limit too the probabilities are those of which X'(y − p) = 0: there is one such vector only. */
  function expectLimit(rows: readonly (readonly number[])[], outcome: readonly number[]): void {
    const { probabilities } = fitted(rows, outcome)!;
    for (const [k] of rows[0]!.entries()) {
      const size = Math.max(1, ...rows.map((row) => Math.abs(row[k]!)));
      const score = rows.reduce((sum, row, g) => sum + row[k]! * (outcome[g]! - probabilities[g]!), 0);
      expect(Math.abs(score) / size, `column ${k}`).toBeLessThan(1e-8);
    }
  }

  test("twenty-one leaders of whom three were lost, with arms, blocks and three numbers: full steps would overshoot", () => {
    const stream = blockStream(38, 0);
    const share = (): number => below(stream, 1000) / 1000;
    for (let study = 0; study < 100; study++) {
      const rows = Array.from({ length: 21 }, (_, g) => {
        const blocks = [6, 12, 17].map((from, k) => Number(g >= from && g < [12, 17, 21][k]!));
        return [1, Number(g % 3 === 1), Number(g % 3 === 2), ...blocks, 3 + 4 * share(), share(), 30 + 30 * share()];
      });
      const lost = new Set([below(stream, 21), below(stream, 21), below(stream, 21)]);
      const outcome = rows.map((_, g) => Number(!lost.has(g)));
      expectLimit(rows, outcome);
    }
  });

  test("whatever separates, the limit is reached", () => {
    const number = fc.integer({ min: -4, max: 4 });
    const row = fc.tuple(number, number, number, fc.boolean());
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 14 }), (drawn) => {
        const rows = drawn.map(([a, b, c]) => [1, a, 10 * b, a * c]);
        expectLimit(
          rows,
          drawn.map(([, , , yes]) => Number(yes)),
        );
      }),
      { numRuns: 500 },
    );
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
