import { describe, expect, test } from "vitest";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { adjustFamily, type FamilyMember } from "../../../src/estimation/inference/adjust-family.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import { ancovaModel } from "../../../src/estimation/model/effect-model.ts";
import { membersOf, wildStatistics, wildTask } from "../../../src/stats/draws/wild-bootstrap.ts";
import { wildUnder } from "../../../src/stats/draws/wild-draws.ts";
import { modelRows } from "../../../src/stats/moments/model-rows.ts";
import { clusterRobust } from "../../../src/stats/regression/cluster-robust.ts";
import { leastSquares } from "../../../src/stats/regression/least-squares.ts";
import { holm, romanoWolf } from "../../../src/stats/trial/multiplicity.ts";
import { type Answer, cellsOfAnswers } from "../../estimation/made-study.ts";
import { oracleStudy, surveys } from "../../estimation/oracle-survey.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";

interface OracleSet {
  readonly name: string;
  readonly leaders: readonly string[];
  readonly weights: readonly (readonly number[])[];
  readonly hypotheses: readonly { readonly arm: string; readonly outcome: Outcome }[];
  readonly CR0: Stepped;
  readonly CR2: Stepped;
}

interface Stepped {
  readonly observed: readonly number[];
  readonly adjusted: readonly number[];
  readonly first_draws: readonly (readonly number[])[];
}

const { sets } = expected("stepdown") as { readonly sets: readonly OracleSet[] };

type Outcome = "y" | "y2" | "y3";

/** The outcome, one akin to it, and one that has nothing to do with anything. */
const outcomes: Readonly<Record<Outcome, (row: Readonly<Record<string, string>>, index: number) => number>> = {
  y: (row) => Number(row.y),
  y2: (row) => Number(row.y) / 2 + 10 * Number(row.x1),
  y3: (_, index) => (index * 37) % 101,
};

const number = (cell: string | undefined): number | null => (cell === undefined || cell === "" ? null : Number(cell));

function fitted(name: string, of: Outcome) {
  const survey = surveys.find((one) => one.name === name)!;
  const plan = { covariates: ["x1", "x2"], multiplicity: "romano-wolf" } as const;
  const { study, design } = oracleStudy(survey, { baseline: true, blocks: name === "pairs", plan });
  const answers = input(name).map((row, index): Answer => {
    const covariates = { x1: number(row.x1), x2: number(row.x2) };
    return { leader: row.leader!, wave: row.wave!, y: outcomes[of](row, index), covariates };
  });
  const cellsOf = cellsOfAnswers(study, design, answers);
  const outcome = study.plan.primary[0]!;
  const source = { study, design, cells: cellsOf(outcome, "complete")!, unadjusted: cellsOf(outcome, "all"), wave: 1 };
  return { study, design, fit: leastSquares(modelRows(ancovaModel(source, "rows").model)) };
}

describe.each(sets)("$name: Romano and Wolf's stepdown on the signs that R had", (set) => {
  const models = { y: fitted(set.name, "y"), y2: fitted(set.name, "y2"), y3: fitted(set.name, "y3") };
  const { study, design } = models.y;
  const signs = set.weights.map((row) =>
    Float64Array.from(design.leaders, (leader) => (row[set.leaders.indexOf(leader)] ? 1 : -1)),
  );
  const members = set.hypotheses.map(({ arm, outcome }): FamilyMember => {
    const { fit } = models[outcome];
    const contrast = Float64Array.from(fit.columns, (column) => Number(column === `arm ${arm}`));
    const { estimate, variance } = clusterRobust(fit, "CR2", [contrast]).contrasts[0]!;
    const se = Math.sqrt(variance);
    const row = { id: `${outcome} ${arm}`, estimate, se, statistic: estimate / se, p: 0 };
    return { estimate: row as Estimate, fit, contrast };
  });

  test.each([
    ["CR0", 0],
    ["CR2", -0.5],
  ] as const)("%s: t, its draws and the adjusted p equal R", (type, adjustment) => {
    const joint = members.map(({ fit, contrast }) => {
      const task = wildTask(fit, [contrast], { seed: 1, draws: signs.length, members: membersOf(fit), adjustment });
      return wildStatistics({ ...task, draws: signs.length }, [wildUnder(task, signs)], 0, 0);
    });
    const r = set[type];
    for (const [k, { observed, drawn }] of joint.entries()) {
      expectClose(observed, r.observed[k]!, 1e-10, `t ${k}`);
      // Every draw is a regression of its own in R.
      for (const [draw, t] of r.first_draws[k]!.entries()) expectClose(drawn[draw], t, 1e-10, `t ${k}, draw ${draw}`);
    }
    const adjusted = romanoWolf(
      joint.map(({ observed, drawn }) => ({ observed: observed!, drawn })),
      false,
    );
    // Shares of the same draws.
    for (const [k, p] of adjusted.entries()) expectClose(p, r.adjusted[k]!, 1e-14, `p ${k}`);
  });

  test("with draws of its own the family comes out alike, in any order", async () => {
    const own = await adjustFamily(study, members, drawHere);
    const turned = await adjustFamily(study, members.toReversed(), drawHere);
    for (const [k, { estimate }] of members.entries()) {
      expect(turned.get(estimate)).toBe(own.get(estimate));
      // Five standard deviations of a share of R's 200 draws.
      expect(Math.abs(own.get(estimate)! - set.CR2.adjusted[k]!)).toBeLessThan(5 * Math.sqrt(0.25 / 200));
    }
  });

  test("no p is below the one beside it, and a smaller p has no larger adjusted one", async () => {
    const p = (k: number): number => [0.9, 0.04, 0.3][k % 3]! / (1 + k);
    const rows = members.map((member, k) => ({ ...member, estimate: { ...member.estimate, p: p(k) } }));
    const adjusted = await adjustFamily(study, rows, drawHere);
    const inOrder = [...adjusted].map(([estimate, value]) => ({ p: estimate.p!, value })).sort((a, b) => a.p - b.p);
    for (const [k, one] of inOrder.entries()) {
      expect(one.value).toBeGreaterThanOrEqual(one.p);
      if (k > 0) expect(one.value).toBeGreaterThanOrEqual(inOrder[k - 1]!.value);
    }
  });
});

test("hypotheses that are copies of each other are adjusted as one; independent ones are not", () => {
  const drawn = Float64Array.from({ length: 999 }, (_, draw) => ((draw * 377) % 999) / 300);
  const other = Float64Array.from({ length: 999 }, (_, draw) => ((draw * 610 + 5) % 999) / 300);
  const alone = romanoWolf([{ observed: 3, drawn }], false);
  const copies = romanoWolf(
    [3, 3, 3].map((observed) => ({ observed, drawn })),
    false,
  );
  expect(copies).toEqual([alone[0], alone[0], alone[0]]);
  const both = romanoWolf(
    [3, -3].map((observed, k) => ({ observed, drawn: k === 0 ? drawn : other })),
    false,
  );
  expect(both[0]).toBeGreaterThan(alone[0]!);
  expect(both[0]).toBeLessThanOrEqual(holm([alone[0]!, alone[0]!])[0]! + 1e-12);
});

test("nothing to adjust is nothing", () => {
  expect(romanoWolf([], false)).toEqual([]);
  expect(holm([])).toEqual([]);
});
