import { describe, expect, test } from "vitest";
import { mixedModel } from "../../../src/stats/mixed/model.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";

interface Team {
  readonly trained: boolean;
  readonly group: number;
  /** Answers wave by wave. */
  readonly answers: readonly (readonly number[])[];
}

/** Outcome on an intercept and training; a cell per leader and wave. */
function statusOf(teams: readonly Team[], inner: "cell" | "cluster", grouped: "groups" | "none"): string {
  const cells = teams.flatMap(({ trained, answers }, leader) =>
    answers.map((ys, wave) => ({ leader, wave, trained: Number(trained), ys })),
  );
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const rows = modelRows({
    cells: {
      columns: ["y"],
      shift: Float64Array.of(0),
      leader: Int32Array.from(cells, ({ leader }) => leader),
      wave: Int32Array.from(cells, ({ wave }) => wave),
      n: Float64Array.from(cells, ({ ys }) => ys.length),
      sums: Float64Array.from(cells, ({ ys }) => total(ys)),
      products: Float64Array.from(cells, ({ ys }) => total(ys.map((y) => y * y))),
      dropped: 0,
    },
    cluster: Int32Array.from(cells, ({ leader }) => leader),
    clusters: teams.length,
    columns: [
      { name: "(intercept)", kind: "numbers", values: new Float64Array(cells.length).fill(1) },
      { name: "trained", kind: "numbers", values: Float64Array.from(cells, ({ trained }) => trained) },
    ],
    level: "rows",
  });
  const outer = grouped === "none" ? null : Int32Array.from(teams, ({ group }) => group);
  const effects = { inner, outer };
  const fit = leastSquares(rows);
  return mixedModel({ fit, counts: rows.counts, effects, likelihood: "REML", contrasts: [] }).status;
}

const spread = [
  [3, 5, 9],
  [1, 2, 2],
  [4, 8, 8],
  [5, 6, 1],
  [9, 7, 7],
  [2, 2, 5],
];
const teams = (answersOf: (ys: readonly number[]) => Team["answers"], groupOf: (g: number) => number): Team[] =>
  spread.map((ys, g) => ({ trained: g % 2 === 1, group: groupOf(g), answers: answersOf(ys) }));
/** Leaders 1, 3, 5 are trained, two of them together. */
const classes = (g: number): number => (g % 2 === 0 ? -1 : g === 5 ? 1 : 0);

describe("a mixed model says why it cannot be estimated", () => {
  test("as a control: these answers can carry the models", () => {
    expect(
      statusOf(
        teams((ys) => [ys], classes),
        "cluster",
        "none",
      ),
    ).toBe("estimated");
    expect(
      statusOf(
        teams((ys) => [ys], classes),
        "cluster",
        "groups",
      ),
    ).toBe("estimated");
    expect(
      statusOf(
        teams(
          (ys) => [ys, [ys[0]!, ys[2]! + 1]],
          (g) => g,
        ),
        "cell",
        "groups",
      ),
    ).toBe("estimated");
  });

  test("one answer per leader", () => {
    expect(
      statusOf(
        teams(([y]) => [[y!]], classes),
        "cluster",
        "none",
      ),
    ).toBe("no-replication");
  });

  test("one answer per leader and wave", () => {
    const twice = teams(
      ([y, z]) => [[y!], [z!]],
      (g) => g,
    );
    expect(statusOf(twice, "cell", "groups")).toBe("no-replication");
    expect(statusOf(twice, "cluster", "none")).toBe("estimated");
  });

  test("one leader", () => {
    const [first] = teams((ys) => [ys], classes);
    expect(statusOf([first!], "cluster", "none")).toBe("components-confounded");
  });

  test("all answers to a leader alike", () => {
    expect(
      statusOf(
        teams(
          ([y]) => [
            [y!, y!],
            [y!, y!, y!],
          ],
          classes,
        ),
        "cluster",
        "none",
      ),
    ).toBe("no-variation");
  });

  test("all answers alike", () => {
    expect(
      statusOf(
        teams(() => [[4, 4], [4]], classes),
        "cluster",
        "none",
      ),
    ).toBe("no-variation");
  });

  test("one leader per class, or all trained leaders in one", () => {
    expect(
      statusOf(
        teams(
          (ys) => [ys],
          (g) => (g % 2 === 0 ? -1 : g),
        ),
        "cluster",
        "groups",
      ),
    ).toBe("components-confounded");
    expect(
      statusOf(
        teams(
          (ys) => [ys],
          (g) => (g % 2 === 0 ? -1 : 0),
        ),
        "cluster",
        "groups",
      ),
    ).toBe("components-confounded");
    expect(
      statusOf(
        teams(
          (ys) => [ys],
          () => -1,
        ),
        "cluster",
        "groups",
      ),
    ).toBe("components-confounded");
  });

  test("leaders in one wave each have no wave of their own to tell apart", () => {
    expect(
      statusOf(
        teams(
          (ys) => [ys],
          (g) => g,
        ),
        "cell",
        "groups",
      ),
    ).toBe("components-confounded");
  });
});
