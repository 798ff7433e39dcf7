import { describe, expect, it } from "vitest";
import { decidingPlan } from "../../src/study/plan-hash.ts";
import { isUnaltered, planDifferences, sealed } from "../../src/study/plan-lock.ts";
import { type EstimateKey, plannedAs, subgroupPlannedAs } from "../../src/study/planned.ts";
import type { Estimator, Plan } from "../../src/study/study.ts";
import { parse } from "./parse.ts";
import * as worked from "./worked-example.ts";

const changed = (text: string, from: string | RegExp, to: string): string => {
  const result = text.replace(from, to);
  if (result === text) throw new Error(`nothing to replace: ${from}`);
  return result;
};
const study = (from: string | RegExp, to: string) => parse(changed(worked.study, from, to)).study;
const instrument = (from: string | RegExp, to: string) =>
  parse(worked.study, changed(worked.instrument, from, to)).study;

const before = parse(worked.study).study;
const locked = decidingPlan(before);
const primary: EstimateKey = {
  estimator: "ancova",
  outcome: "transformational",
  rater: "employee",
  wave: "endline",
  arm: "combined",
  reference: "control",
};
const secondary = { ...primary, outcome: "motivation" };
const change = { ...primary, estimator: "difference-in-differences" } as const;
const mixed = { ...primary, estimator: "mixed" } as const;
const bootstrap = { ...primary, estimator: "wild-bootstrap" } as const;
const every = { primary, secondary, change, mixed, bootstrap };

/** Which of the estimates deviate under a changed study. */
const deviating = (now: typeof before): readonly string[] =>
  Object.entries(every)
    .filter(([, key]) => plannedAs(locked, decidingPlan(now), key) === "deviation")
    .map(([name]) => name);

describe("an estimate is as planned while everything that decides it is as locked", () => {
  it("says so of every estimate of an unchanged plan, and of names and wordings", () => {
    expect(deviating(before)).toEqual([]);
    expect(deviating(study("Ledelse på tværs", "Et andet navn"))).toEqual([]);
  });

  const all = Object.keys(every);
  const cases: readonly (readonly [string, typeof before, readonly string[]])[] = [
    ["confidence", study("confidence: 0.95", "confidence: 0.9"), all],
    ["smallest effect of interest", study("smallestEffectOfInterest: 2", "smallestEffectOfInterest: 3"), all],
    ["another arm", study("waves:", "  - { id: fifth }\nwaves:"), all],
    ["what was given to an arm whole", study("waves:", "allocation: { by: unit }\nwaves:"), all],
    ["whether arms were drawn", study("waves:", "allocation: { randomised: false }\nwaves:"), all],
    ["nothing new said of the allocation", study("waves:", "allocation: { randomised: true }\nwaves:"), []],
    ["the baseline's dates", study("to: 2018-06-22", "to: 2018-06-23"), all],
    [
      "covariates leave alone what has none",
      study("  covariates: [gender, tenure]", "  covariates: [gender]"),
      ["primary", "secondary", "mixed", "bootstrap"],
    ],
    ["a covariate's range", study("range: [0, 50]", "range: [0, 60]"), ["primary", "secondary", "mixed", "bootstrap"]],
    [
      "blocks and covariates of changes",
      study(
        "  covariates: [gender, tenure]",
        "  covariates: [gender, tenure]\n  difference-in-differences: { blocks: true }",
      ),
      ["change"],
    ],
    ["standard errors", study("standardErrors: CR2", "standardErrors: CR1"), ["primary", "secondary", "change"]],
    [
      "which leaders of the roster are in",
      study("file: roster.csv", "file: roster.csv\n  where: { sektor: skole }"),
      all,
    ],
    ["the roster's column of arms", study("arm: arm,", "arm: arm2,"), all],
    [
      "the blocks, of what has them",
      study("block: sektor", "block: forvaltning"),
      ["primary", "secondary", "mixed", "bootstrap"],
    ],
    ["what no estimate reads of the roster", study("employees: antal_ansatte", "employees: ansatte"), []],
    ["the seed", study("seed: 20180601", "seed: 1"), ["bootstrap"]],
    ["multiplicity", study("multiplicity: holm", "multiplicity: none"), ["primary"]],
    [
      "a primary outcome more, that the others are adjusted for",
      study(
        "primary: [transformational, transactional]",
        "primary: [transformational, transactional, self transformational]",
      ),
      ["primary"],
    ],
    ["a robustness row more", study("robustness: [", "robustness: [cluster-means, "), []],
    ["a robustness row less", study("mixed, ", ""), ["mixed"]],
    [
      "another primary estimator, whose model the bootstrap is about",
      study("estimator: ancova", "estimator: mixed"),
      ["primary", "secondary", "mixed", "bootstrap"],
    ],
  ];
  it.each(cases)("%s", (_, now, names) => expect(deviating(now)).toEqual(names));

  it("follows a scale to what it is made of, and no further", () => {
    const now = instrument("{ id: tf3, reversed: true", "{ id: tf3, reversed: false");
    expect(deviating(now)).toEqual(all.filter((name) => name !== "secondary"));
    const gap = { ...primary, outcome: "gap", rater: null };
    expect(plannedAs(locked, decidingPlan(now), gap)).toBe("deviation");
    expect(plannedAs(locked, decidingPlan(before), gap)).toBe("as-planned");
  });

  it("counts what was not planned at all as a deviation", () => {
    for (const other of [
      { ...primary, estimator: "cluster-means" } as const,
      { ...primary, outcome: "transformational", rater: "self" } as const,
      { ...primary, arm: "another" },
      { ...primary, wave: "midway" },
    ])
      expect(plannedAs(locked, decidingPlan(study("robustness: [", "robustness: [cluster-means, ")), other)).toBe(
        "deviation",
      );
  });

  it("holds contrasts of two trained arms to the same rule, without a family of p", () => {
    const contrast = { ...primary, reference: "transactional" };
    expect(plannedAs(locked, locked, contrast)).toBe("as-planned");
    const now = decidingPlan(study("multiplicity: holm", "multiplicity: none"));
    expect(plannedAs(locked, now, contrast)).toBe("as-planned");
  });
});

describe("a lock", () => {
  const known = { lockedAfter: [], delivered: [] };
  const lock = sealed({ spejl: "0.1.0", study: before.id, locked: "2026-01-02T03:04:05.000Z", ...known, plan: locked });

  it("is known to be as it was written, also after a trip through a file", () => {
    expect(isUnaltered(JSON.parse(JSON.stringify(lock)))).toBe(true);
    expect(isUnaltered({ ...lock, locked: "2025-01-02T03:04:05.000Z" })).toBe(false);
    expect(isUnaltered({ ...lock, plan: { ...locked, seed: 2 } })).toBe(false);
    const rehashed = sealed({ ...lock, plan: { ...locked, seed: 2 } });
    expect(isUnaltered({ ...lock, plan: rehashed.plan, hash: rehashed.hash })).toBe(false);
  });

  it("says where a study differs from it, in the words of the study file", () => {
    expect(planDifferences(lock, before)).toEqual([]);
    expect(planDifferences(lock, study("  covariates: [gender, tenure]", "  covariates: [gender]"))).toEqual([
      { path: "analysis.covariates", locked: ["gender", "tenure"], now: ["gender"] },
    ]);
    expect(planDifferences(lock, instrument("{ id: tf3, reversed: true", "{ id: tf3, reversed: false"))).toEqual([
      { path: "scales.transformational.items.tf3.reversed", locked: true, now: false },
    ]);
    expect(planDifferences(lock, study("waves:", "  - { id: fifth }\nwaves:"))).toEqual([
      { path: "arms.fifth", locked: null, now: { id: "fifth", control: false } },
    ]);
  });
});

it("holds classes and attendance against the estimators that read them", () => {
  const under = (plan: Plan) => ({
    ...plan,
    robustness: [...plan.robustness, "complier", "partially-nested"] as const,
  });
  const asking = (of: typeof before) => decidingPlan({ ...of, plan: under(of.plan) });
  const planned = (now: typeof before, estimator: Estimator) =>
    plannedAs(asking(before), asking(now), { ...primary, estimator });
  const [classes, attended] = [study("class: hold", "class: hold2"), study("attended: moeder", "attended: sparring")];
  expect(["partially-nested", "complier", "ancova"].map((one) => planned(classes, one as Estimator))).toEqual([
    "deviation",
    "deviation",
    "as-planned",
  ]);
  expect(["partially-nested", "complier"].map((one) => planned(attended, one as Estimator))).toEqual([
    "as-planned",
    "deviation",
  ]);
});

it("leaves leader fixed effects alone where only the blocks of changes differ", () => {
  const now = study(
    "  covariates: [gender, tenure]",
    "  covariates: [gender, tenure]\n  difference-in-differences: { blocks: true }",
  );
  const fixed = { ...primary, estimator: "leader-fixed-effects" } as const;
  expect(plannedAs(locked, decidingPlan(now), fixed)).toBe("as-planned");
});

describe("an effect by subgroup is as planned", () => {
  const named = (list: string, text = worked.study) =>
    parse(changed(text, "  multiplicity: holm", `  subgroups: ${list}\n  multiplicity: holm`)).study;
  const lock = decidingPlan(named("[gender, tenure]"));
  const said = (now: typeof before, covariate = "gender") =>
    subgroupPlannedAs(lock, decidingPlan(now), primary, covariate);

  it("while its covariate, its model and the family of its test are those of the lock", () => {
    expect(said(named("[gender, tenure]"))).toBe("as-planned");
    expect(said(named("[gender]"))).toBe("deviation");
    expect(said(before)).toBe("deviation");
    expect(
      said(named("[gender, tenure]", changed(worked.study, "covariates: [gender, tenure]", "covariates: [gender]"))),
    ).toBe("deviation");
    const wider = named("[gender, tenure]", changed(worked.study, "range: [0, 50]", "range: [0, 60]"));
    expect(said(wider, "tenure")).toBe("deviation");
  });

  it("whatever the primary estimator is", () => {
    const text = changed(worked.study, "estimator: ancova", "estimator: difference-in-differences");
    const own = decidingPlan(named("[gender]", text));
    expect(subgroupPlannedAs(own, own, primary, "gender")).toBe("as-planned");
  });
});
