import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SpecificationCurve } from "../../src/estimation/inference/specification-curve.ts";
import type { Subgroup } from "../../src/estimation/inference/subgroup.ts";
import { expectClose, expected, input } from "../oracle/read.ts";
import { spejl, spejlJson } from "./spejl.ts";
import { folderOf } from "./staged-study.ts";

const study = (extra: string, covariates: string): string => `study: people
title: { da: Prøve, en: Trial }
language: en
organisation: [unit]
arms:
${["control", "a", "b"].map((id) => `  - { id: ${id}${id === "control" ? ", control: true" : ""}, name: { da: ${id}, en: ${id} } }`).join("\n")}
allocation: { by: unit }
waves:
  - { id: before, from: 2020-01-01, to: 2020-01-31, baseline: true, name: { da: Før, en: Before } }
  - { id: after, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument:
  instrument: one
  answers: { 50: { da: Midt, en: Middle } }
  missing: {}
  scales:
    - { id: outcome, name: { da: Udfald, en: Outcome }, range: [-50, 150], index: false, items: [{ id: y }] }
roster: { file: roster.csv, columns: { leader: leader, unit: unit, arm: arm, block: block } }
deliveries:
  - { file: people.csv, wave: before, rater: employee, where: { wave: before } }
  - { file: people.csv, wave: after, rater: employee, where: { wave: after } }
covariates:
  - { id: gender, from: employee, values: { 0: { da: m, en: m }, 1: { da: k, en: w } } }
  - { id: tenure, from: employee, range: [0, 50] }
  - { id: place, from: roster, values: { town: by, country: land, coast: kyst } }
analysis:
  primary: [outcome]
  robustness: []
  covariates: ${covariates}
${extra}`;

const people = readFileSync(new URL("../oracle/input/subgroups.csv", import.meta.url), "utf8");
const roster = [
  "leader,unit,arm,block,place",
  ...new Set(
    input("subgroups").map((row) => [row["leader"], row["unit"], row["arm"], row["block"], row["place"]].join(",")),
  ),
].join("\n");

const folderWith = (extra: string, covariates = "[gender, tenure]"): string =>
  folderOf({ "study.yaml": study(extra, covariates), "roster.csv": `${roster}\n`, "people.csv": people });

interface Analysed {
  readonly plan: { readonly hash: string };
  readonly estimates: readonly { readonly estimate: number | null }[];
  readonly subgroups: readonly Subgroup[];
}
const analysed = (folder: string): Analysed => {
  const { status, document } = spejlJson<Analysed>("estimate", folder);
  expect(status).toBe(0);
  return document;
};

interface RArm {
  readonly estimate: readonly number[];
  readonly se: readonly number[];
  readonly df: readonly number[];
  readonly f: number;
  readonly df2: number;
}
const r = (expected("subgroups") as { readonly unit: Readonly<Record<string, Readonly<Record<string, RArm>>>> }).unit;

/** Scores are stored in steps of a range of 200 points. */
const tolerance = 1e-7;

describe("a plan with subgroups", () => {
  it("has effects by covariates of employees and of the roster, in the model or not, as clubSandwich does", () => {
    const { subgroups, estimates } = analysed(folderWith("  subgroups: [gender, place, tenure]\n"));
    expect(subgroups).toHaveLength(6);
    for (const { covariate, arm, ...found } of subgroups) {
      const wanted = r[covariate]![arm]!;
      for (const [k, row] of [...found.effects, ...found.differences].entries()) {
        for (const key of ["estimate", "se", "df"] as const)
          expectClose(row[key], wanted[key][k]!, tolerance, `${covariate} ${key}`);
      }
      expectClose(found.f, wanted.f, tolerance, "F");
      expectClose(found.df2, wanted.df2, tolerance, "df");
    }
    // A covariate that only makes subgroups is in no other model.
    expect(estimates).toEqual(analysed(folderWith("")).estimates);
  });

  it("needs no covariates of its own", () => {
    const { subgroups } = analysed(folderWith("  subgroups: [place]\n", "[]"));
    expect(subgroups.map(({ status, df1 }) => [status, df1])).toEqual([
      ["estimated", 2],
      ["estimated", 2],
    ]);
  });

  it("is another plan, and a plan without them has the hash it had", () => {
    const [none, empty, some] = ["", "  subgroups: []\n", "  subgroups: [place]\n"].map(
      (extra) => analysed(folderWith(extra)).plan.hash,
    );
    expect(empty).toBe(none);
    expect(some).not.toBe(none);
  });

  it("is locked with them: a subgroup that was added later is no part of it", () => {
    const folder = folderWith("  subgroups: [place]\n");
    expect(spejl("plan", "lock", folder).status).toBe(0);
    // Deliveries of the follow-up lay in the folder.
    expect(analysed(folder).subgroups.map(({ planned }) => planned)).toEqual(
      Array.from({ length: 2 }, () => "as-planned"),
    );
  });

  it("shows effects and tests in the terminal", () => {
    const { stdout } = spejl("estimate", folderWith("  subgroups: [place, tenure]\n"));
    expect(stdout).toMatch(/outcome +a +place coast +\d+\.\d\d +\S+ to \S+ +\d+\.\d +estimated/);
    expect(stdout).toMatch(/tenure low \(\d+\.\d\)/);
    expect(stdout).toMatch(/outcome +b +place +\d+\.\d\d +2; \d+\.\d +0\.\d{4} +[01]\.\d{4} +estimated/);
    expect(spejl("estimate", folderWith("")).stdout).not.toContain("subgroup");
  });
});

describe("a plan with a specification curve", () => {
  interface Curved {
    readonly specificationCurve: readonly SpecificationCurve[];
    readonly estimates: readonly { readonly arm: string; readonly estimate: number | null }[];
  }
  const curve = "  specificationCurve: true\n";

  it("has the primary estimate among its choices, and a p of their median", () => {
    const folder = folderWith(curve);
    const { document } = spejlJson<Curved>("estimate", folder);
    expect(document.specificationCurve.map(({ arm }) => arm)).toEqual(["a", "b"]);
    for (const one of document.specificationCurve) {
      const primary = document.estimates.find(({ arm }) => arm === one.arm)!;
      const planned = one.specifications.find(({ covariates, blocks }) => covariates && blocks);
      expectClose(planned!.estimate, primary.estimate!, 1e-12);
      expect([one.estimated, one.planned]).toEqual([4, null]);
      expect(one.p).toBeGreaterThanOrEqual(1 / (1 + one.draws));
      expect(one.p).toBeLessThanOrEqual(1);
    }
    expect(spejl("estimate", folder).stdout).toMatch(
      /outcome +a +4 +4 +\d+\.\d\d +\d+\.\d\d +\d+\.\d\d +\d+ % +0\.\d{4}/,
    );
    expect(spejl("plan", "show", folder).stdout).toMatch(/specification curve +yes/);
    expect(spejl("estimate", folderWith("")).stdout).not.toContain("Specification curve");
  });

  it("is locked with the choices it goes through", () => {
    const folder = folderWith(curve);
    expect(spejl("plan", "lock", folder).status).toBe(0);
    const planned = () =>
      new Set(spejlJson<Curved>("estimate", folder).document.specificationCurve.map((one) => one.planned));
    expect(planned()).toEqual(new Set(["as-planned"]));
    const file = join(folder, "study.yaml");
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace("robustness: []", "robustness: [difference-in-differences]"),
    );
    expect(planned()).toEqual(new Set(["deviation"]));
  });
});
