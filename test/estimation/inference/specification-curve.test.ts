import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { type SpecificationCurve, specificationCurve } from "../../../src/estimation/inference/specification-curve.ts";
import type { Plan } from "../../../src/study/study.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy } from "../made-study.ts";

interface RAnswers {
  readonly choices: readonly {
    readonly estimator: string;
    readonly covariates: boolean;
    readonly blocks: boolean | null;
  }[];
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly p: readonly number[];
  readonly median: number;
  readonly medians: readonly number[];
  readonly labellings: number;
  readonly share: number;
}
const r = expected("specifications") as RAnswers;

const rows = input("eight");
const blockOf = (leader: string): string => (Number(leader.slice(1)) <= 4 ? "one" : "two");
const assigned = [
  ...new Map(
    rows.map((row): [string, Assigned] => {
      const leader = row["leader"]!;
      return [leader, { leader, arm: row["arm"]!, block: blockOf(leader) }];
    }),
  ).values(),
];
/** One leader whose covariates nobody knows is in half of the models only. */
const answers = rows.map(
  (row): Answer => ({
    leader: row["leader"]!,
    wave: row["wave"]!,
    y: Number(row["y"]),
    covariates: { x1: Number(row["x1"]), x2: row["leader"] === "L04" || row["x2"] === "" ? null : Number(row["x2"]) },
  }),
);

const planned: Partial<Plan> = {
  specificationCurve: true,
  covariates: ["x1", "x2"],
  robustness: ["difference-in-differences", "mixed", "cluster-means", "leader-fixed-effects"],
};

interface Run {
  readonly plan?: Partial<Plan>;
  readonly leaders?: readonly Assigned[];
  readonly given?: readonly Answer[];
}

/** The curves, and the re-drawn estimates of each specification. */
async function run({ plan = planned, leaders = assigned, given = answers }: Run) {
  const arms = ["control", ...new Set(leaders.map(({ arm }) => arm))].filter((arm, k) => k === 0 || arm !== "control");
  const study = madeStudy({ arms, waves: ["before", "after"], baseline: "before", plan });
  const design = madeDesign(study, leaders);
  const drawn: (readonly Float64Array[])[] = [];
  const curves = await specificationCurve(study, design, cellsOfAnswers(study, design, given), async (task) => {
    const blocks = await drawHere(task);
    drawn.push(blocks);
    return blocks;
  });
  return { curves, drawn };
}

const only = ({ curves }: { readonly curves: readonly SpecificationCurve[] }): SpecificationCurve => {
  expect(curves).toHaveLength(1);
  return curves[0]!;
};

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

describe("the specification curve", () => {
  test("has every choice of the plan that is about the same effect, each as clubSandwich has it", async () => {
    const curve = only(await run({}));
    expect(curve.specifications).toHaveLength(r.choices.length);
    for (const [k, choice] of r.choices.entries()) {
      const own = curve.specifications.find(
        ({ estimator, covariates, blocks }) =>
          estimator === choice.estimator && covariates === choice.covariates && blocks === choice.blocks,
      )!;
      expectClose(own.estimate, r.estimate[k]!, 1e-9, `estimate ${k}`);
      expectClose(own.se, r.se[k]!, 1e-9, `se ${k}`);
      expectClose(own.p, r.p[k]!, 1e-8, `p ${k}`);
      expect(own.status).toBe("estimated");
    }
    expectClose(curve.median, r.median, 1e-9, "median");
    expect([curve.estimated, curve.share, curve.status]).toEqual([10, 0, "estimated"]);
  });

  test("gives the arm anew to the same leaders in all models, and p is the share of medians as far out", async () => {
    const { curves, drawn } = await run({});
    const [curve] = curves;
    expect(drawn).toHaveLength(10);
    const width = 2;
    const count = drawn[0]![0]!.length / width;
    const medians = Array.from({ length: count }, (_, draw) => medianOf(drawn.map(([block]) => block![draw * width]!)));
    expect(count).toBe(curve!.draws);
    const far = medians.filter((one) => r.medians.every((other) => Math.abs(one - other) > 1e-8));
    expect(far).toEqual([]);
    expect(new Set(medians.map((one) => one.toFixed(6))).size).toBe(r.labellings);
    const beyond = medians.filter((one) => Math.abs(one) >= r.median * (1 - 1e-9)).length;
    expect(curve!.p).toBe((1 + beyond) / (1 + count));
    const deviation = Math.sqrt((r.share * (1 - r.share)) / count);
    expect(Math.abs(curve!.p! - r.share)).toBeLessThan(4 * deviation);
  });

  test("counts the share of estimates that are told from zero", async () => {
    const shifted = answers.map((one) =>
      one.wave === "after" && assigned.find(({ leader }) => leader === one.leader)!.arm === "a"
        ? { ...one, y: one.y + 40 }
        : one,
    );
    const curve = only(await run({ given: shifted }));
    const found = curve.specifications.filter(({ p }) => p! < 0.05).length;
    expect(found).toBeGreaterThan(0);
    expect(curve.share).toBe(found / 10);
    // Only the labels as they were, or all of them turned round, are as far out.
    expect(Math.abs(curve.p! - 2 / 36)).toBeLessThan(0.03);
  });

  test("is without choices that the plan does not make", async () => {
    const plain = assigned.map((one) => ({ ...one, block: "" }));
    const curve = only(await run({ leaders: plain, plan: { specificationCurve: true } }));
    expect(curve.specifications.map(({ estimator, covariates, blocks }) => [estimator, covariates, blocks])).toEqual([
      ["ancova", false, false],
    ]);
    expect((await run({ plan: {} })).curves).toEqual([]);
  });

  test("says why where nothing can be estimated or drawn", async () => {
    const few = assigned.filter(({ leader, arm }) => arm === "control" || leader === "L02");
    const none = only(
      await run({ leaders: few, given: answers.filter(({ leader }) => few.some((one) => one.leader === leader)) }),
    );
    expect(none).toMatchObject({ median: null, share: null, p: null, estimated: 0, status: "too-few-leaders" });
    const mixed = only(await run({ plan: { specificationCurve: true, estimator: "mixed" } }));
    expect(mixed).toMatchObject({ specifications: [], median: null, p: null, status: "not-built-yet" });
    const late = answers.filter(({ wave }) => wave === "after");
    const after = only(await run({ given: late }));
    expect(after.status).toBe("estimated");
    expect(new Set(after.specifications.map(({ status }) => status)).size).toBeGreaterThan(1);
    expect(JSON.stringify([none, mixed, after], (_, value) => (Number.isNaN(value) ? "NaN" : value))).not.toContain(
      "NaN",
    );
  });
});
