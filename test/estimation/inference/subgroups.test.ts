import { describe, expect, test } from "vitest";
import type { Subgroup } from "../../../src/estimation/inference/subgroup.ts";
import { subgroups } from "../../../src/estimation/inference/subgroups.ts";
import type { Covariate, Plan, Study } from "../../../src/study/study.ts";
import { expectClose, expected, input } from "../../oracle/read.ts";
import { type Answer, type Assigned, madeCells, madeDesign, madeStudy } from "../made-study.ts";

interface RArm {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly p: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly joint: number;
}
type RCovariates = Readonly<Record<string, Readonly<Record<string, RArm>>>>;
const r = expected("subgroups") as {
  readonly unit: RCovariates;
  readonly leader: RCovariates;
  readonly respondents: number;
  readonly spread: readonly number[];
};

/** The same small matrices on both sides; what is left is their conditioning, and fifteen stored digits. */
const tolerance = 1e-10;

const text = (id: string) => ({ da: id, en: id });
const codesOf = (id: string, from: Covariate["from"], codes: readonly string[]): Covariate => ({
  ...{ id, from, name: text(id), kind: "categorical" },
  values: codes.map((code) => ({ code, label: text(code) })),
});
const numberOf = (id: string, from: Covariate["from"]): Covariate => ({
  ...{ id, from, name: text(id), kind: "numeric" },
  low: 0,
  high: 50,
});
const covariates: readonly Covariate[] = [
  codesOf("gender", "employee", ["0", "1"]),
  numberOf("tenure", "employee"),
  codesOf("place", "roster", ["town", "country", "coast"]),
];

const rows = input("subgroups");
type Row = (typeof rows)[number];

/** Columns of the cells that a covariate makes. */
const columnsOf = (one: Covariate): readonly string[] =>
  one.kind === "numeric" ? [one.id] : one.values.slice(1).map(({ code }) => `${one.id}=${code}`);

function valuesOf(row: Row, one: Covariate): readonly (readonly [string, number | null])[] {
  const cell = row[one.id] ?? "";
  if (one.kind === "numeric") return [[one.id, cell === "" ? null : Number(cell)]];
  return one.values.slice(1).map(({ code }) => [`${one.id}=${code}`, cell === "" ? null : Number(cell === code)]);
}

interface Setting {
  readonly plan?: Partial<Plan>;
  readonly level?: "unit" | "leader";
  readonly data?: readonly Row[];
  readonly known?: readonly Covariate[];
}

function found({ plan = {}, level = "unit", data = rows, known = covariates }: Setting): readonly Subgroup[] {
  const adjusted = ["gender", "tenure"];
  const made = madeStudy({
    arms: ["control", "a", "b"],
    waves: ["before", "after"],
    baseline: "before",
    plan: { covariates: adjusted, subgroups: known.map(({ id }) => id), ...plan },
  });
  const study: Study = { ...made, covariates: known };
  const leaders = new Map(
    data.map((row): [string, Assigned] => [
      row["leader"]!,
      {
        leader: row["leader"]!,
        arm: row["arm"]!,
        block: row["block"]!,
        ...(level === "unit" && { unit: row["unit"]! }),
      },
    ]),
  );
  const design = madeDesign(study, [...leaders.values()]);
  const answers = data.map(
    (row): Answer => ({
      leader: row["leader"]!,
      wave: row["wave"]!,
      y: Number(row["y"]),
      covariates: Object.fromEntries(known.flatMap((one) => valuesOf(row, one))),
    }),
  );
  const own = (ids: readonly string[]) => known.filter(({ id }) => ids.includes(id)).flatMap(columnsOf);
  return subgroups(study, design, (_, kind) => {
    if (kind === "all") return madeCells(study, design, answers, []);
    const extra = /^subgroup (.*)$/.exec(kind)?.[1];
    return madeCells(study, design, answers, own([...study.plan.covariates, ...(extra ? [extra] : [])]));
  });
}

const one = (all: readonly Subgroup[], covariate: string, arm: string): Subgroup =>
  all.find((each) => each.covariate === covariate && each.arm === arm)!;

describe.each(["unit", "leader"] as const)("effects by subgroup, drawn by %s", (level) => {
  const all = found({ level });

  test.each(["gender", "tenure", "place"])("are clubSandwich's for %s, and so is the test", (covariate) => {
    for (const arm of ["a", "b"]) {
      const own = one(all, covariate, arm);
      const wanted = r[level][covariate]![arm]!;
      const numbers = [...own.effects, ...own.differences];
      expect(numbers).toHaveLength(wanted.estimate.length);
      for (const [k, row] of numbers.entries()) {
        expect(row.status).toBe("estimated");
        for (const key of ["estimate", "se", "df", "p", "low", "high"] as const)
          expectClose(row[key], wanted[key][k]!, tolerance, `${key} ${k} of ${arm}`);
      }
      expectClose(own.f, wanted.f, tolerance, "F");
      expect(own.df1).toBe(wanted.df1);
      expectClose(own.df2, wanted.df2, tolerance, "df");
      expectClose(own.p, wanted.joint, tolerance, "p");
      expect([own.respondents, own.status]).toEqual([r.respondents, "estimated"]);
    }
  });

  test("are adjusted over every test of the plan", () => {
    const p = all.map((row) => row.p!);
    expect(p).toHaveLength(6);
    const least = Math.min(...p);
    const first = all.find((row) => row.p === least)!;
    expectClose(first.pAdjusted, Math.min(1, 6 * least), 1e-12);
    expect(all.every((row) => row.pAdjusted! >= row.p!)).toBe(true);
  });
});

test("a number is read one standard deviation to either side of its mean over respondents", () => {
  const { effects } = one(found({}), "tenure", "a");
  expect(effects.map((effect) => effect.level)).toEqual(["low", "high"]);
  for (const [k, effect] of effects.entries()) expectClose(effect.value, r.spread[k]!, 1e-12);
});

test("a number is read at no value that it cannot have", () => {
  const skewed = rows.map((row, k) => ({ ...row, tenure: k % 9 === 0 ? "50" : String(k % 3) }));
  const { effects } = one(found({ data: skewed }), "tenure", "a");
  expect(effects[0]!.value).toBe(0);
  expect(effects[1]!.value).toBeLessThan(50);
});

test("levels are those of the codes, with the units that have them", () => {
  const { effects } = one(found({}), "place", "a");
  expect(effects.map(({ level }) => level)).toEqual(["town", "country", "coast"]);
  const units = new Set(
    rows
      .filter((row) => row["arm"] === "a" && row["place"] === "coast" && row["wave"] === "after")
      .map((row) => row["unit"]),
  );
  expect(effects[2]!.units!.arm).toBe(units.size);
});

test("the order of the codes changes no effect", () => {
  const turned = [covariates[0]!, covariates[1]!, codesOf("place", "roster", ["coast", "town", "country"])];
  const before = one(found({}), "place", "b");
  const after = one(found({ known: turned }), "place", "b");
  for (const effect of before.effects) {
    const same = after.effects.find(({ level }) => level === effect.level)!;
    expectClose(same.estimate, effect.estimate!, 1e-9);
    expectClose(same.df, effect.df!, 1e-9);
  }
  expectClose(after.f, before.f!, 1e-9);
});

describe("what cannot be estimated is said, and nothing is NaN", () => {
  const noNaN = (all: readonly Subgroup[]) => {
    expect(JSON.stringify(all, (_, value) => (Number.isNaN(value) ? "NaN" : value))).not.toContain("NaN");
  };
  const edit = (change: (row: Row) => Row): readonly Row[] => rows.map(change);
  const countryLeader = rows.find((row) => row["arm"] === "a" && row["place"] === "coast" && row["wave"] === "after")![
    "leader"
  ];

  test("a level with one leader in an arm: the other levels stand", () => {
    const data = edit((row) =>
      row["arm"] === "a" && row["place"] === "coast" && row["leader"] !== countryLeader
        ? { ...row, place: "town" }
        : row,
    );
    const all = found({ data, level: "leader" });
    const own = one(all, "place", "a");
    expect(own.effects.map(({ status }) => status)).toEqual(["estimated", "estimated", "too-few-leaders"]);
    expect(own.differences.map(({ status }) => status)).toEqual(["estimated", "too-few-leaders"]);
    expect([own.status, own.df1]).toEqual(["estimated", 1]);
    expect(one(found({ data }), "place", "a").effects[2]!.status).toBe("too-few-units");
    noNaN(all);
  });

  test("a level that nobody in an arm, or in the control arm, has", () => {
    const without = (arm: string) =>
      one(
        found({
          data: edit((row) => (row["arm"] === arm && row["place"] === "coast" ? { ...row, place: "town" } : row)),
        }),
        "place",
        "a",
      );
    for (const own of [without("a"), without("control")]) {
      expect(own.effects.map(({ status }) => status)).toEqual(["estimated", "estimated", "arm-empty"]);
      expect([own.df1, own.status]).toEqual([1, "estimated"]);
      noNaN([own]);
    }
    expect(without("a").effects[0]!.units!.arm).toBeGreaterThan(1);
  });

  test("a covariate that never varies", () => {
    const all = found({ data: edit((row) => ({ ...row, place: "town", tenure: "12" })) });
    for (const covariate of ["place", "tenure"]) {
      const own = one(all, covariate, "a");
      expect([own.status, own.effects.length, own.p, own.pAdjusted]).toEqual(["no-variation", 0, null, null]);
    }
    expect(one(all, "gender", "a").status).toBe("estimated");
    noNaN(all);
  });

  test("a number that is the same for everybody in an arm", () => {
    const data = edit((row) => (row["arm"] === "a" ? { ...row, tenure: "12" } : row));
    const all = found({ data });
    expect(one(all, "tenure", "a").status).toBe("not-identified");
    expect(one(all, "tenure", "b").status).toBe("estimated");
    noNaN(all);
  });

  test("a covariate that is the arm", () => {
    const data = edit((row) => ({ ...row, place: row["arm"] === "a" ? "coast" : "town" }));
    const all = found({ data });
    const own = one(all, "place", "a");
    expect(own.effects.map(({ status }) => status)).toEqual(["arm-empty", "arm-empty", "arm-empty"]);
    expect(own.status).toBe("arm-empty");
    expect(one(all, "place", "b").effects[0]!.status).toBe("estimated");
    noNaN(all);
  });

  test("an arm that is a block: no effect, but how much more of it one level has than another", () => {
    const data = edit((row) => (row["arm"] === "a" ? { ...row, block: "north" } : row));
    const all = found({ data });
    for (const covariate of ["gender", "tenure", "place"]) {
      const own = one(all, covariate, "a");
      expect(new Set(own.effects.map(({ status }) => status))).toEqual(new Set(["not-identified"]));
      expect(new Set(own.differences.map(({ status }) => status))).toEqual(new Set(["estimated"]));
      expect(own.status).toBe("estimated");
      expect(new Set(one(all, covariate, "b").effects.map(({ status }) => status))).toEqual(new Set(["estimated"]));
    }
    noNaN(all);
  });

  test("no answer has the covariate", () => {
    const all = found({ data: edit((row) => ({ ...row, place: "" })) });
    expect(one(all, "place", "a")).toMatchObject({ status: "no-data", effects: [], p: null });
    expect(one(all, "gender", "a").status).toBe("estimated");
    noNaN(all);
  });

  test("an arm of one unit", () => {
    const all = found({ data: rows.filter((row) => row["arm"] !== "b" || row["unit"] === "u3") });
    expect(new Set(one(all, "gender", "b").effects.map(({ status }) => status))).toEqual(new Set(["too-few-units"]));
    noNaN(all);
  });
});

test("a covariate that was asked after training is named", () => {
  const all = found({});
  const late = (covariate: string) =>
    one(all, covariate, "a").warnings.find(({ code }) => code === "covariate-after-training")?.names;
  expect(late("place")).toEqual(["gender", "tenure"]);
  expect(one(all, "place", "a").warnings.find(({ code }) => code === "rows-dropped")!.count).toBeGreaterThan(0);
});

test("a plan without subgroups has none", () => {
  expect(found({ plan: { subgroups: [] } })).toEqual([]);
});
