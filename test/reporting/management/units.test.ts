import { describe, expect, it } from "vitest";
import { readDashboard } from "../../../src/audit/served-dashboard.ts";
import { frozenModel, valueIn } from "../../../src/disclosure/published.ts";
import { type ManagementFacts, managementRelease } from "../../../src/reporting/management/facts.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { analysis, measurements, study, versions } from "../research/fixture.ts";
import { facts, inUnits, modelOf, pageOf } from "./fixture.ts";

const released = (found: ManagementFacts) =>
  managementRelease(study, found, researchModel(study, analysis, measurements, versions, "2019-12-21"));

const rowsOf = (page: string): readonly string[] =>
  [...page.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row]) =>
    row!.replace(/<\/t[hd]>/g, " | ").replace(/<[^>]*>/g, ""),
  );

describe("the numbers that filters reach", () => {
  const found = inUnits(12);
  const { model, facts: booked } = released(found);
  const { cube } = model;

  it("are all outcomes that employees answer, of the whole, arms, departments, units, and arms of a department", () => {
    expect(new Set(cube.groups.map(({ grouping }) => grouping))).toEqual(
      new Set(["organisation", "arm", "department", "unit", "department-arm"]),
    );
    expect(cube.outcomes.map(({ outcome }) => outcome.scale)).toEqual(["transformational", "transactional"]);
    for (const { series } of cube.outcomes) expect(series.length).toBe(cube.groups.length);
  });
  it("are facts of the ledger, every shown level one, and none of a suppressed one", () => {
    const means = new Map(
      booked.filter(({ statistic }) => statistic === "mean").map((fact) => [fact.fact, fact.value]),
    );
    const shown = cube.outcomes.flatMap(({ outcome, series }) =>
      series.flatMap(({ levels, intended }, at) =>
        [...levels, ...intended].flatMap((cell, index) => {
          const level = cell && valueIn(cell);
          const { grouping, id } = cube.groups[at]!;
          const scale = index < levels.length ? outcome.scale : `self ${outcome.scale}`;
          const name = ["mean", scale, model.waves[index % levels.length]!.id, grouping, id].join("|");
          return level ? [[name, level.mean] as const] : [];
        }),
      ),
    );
    expect(shown.length).toBeGreaterThan(200);
    expect(new Map(shown)).toEqual(means);
  });
  it("are read alike by who audits the release, changes as differences of shown levels", () => {
    const served = JSON.parse(JSON.stringify(frozenModel(model)));
    const { withoutFact, facts: read } = readDashboard(served);
    expect(withoutFact).toEqual([]);
    const names = new Set(booked.map(({ fact }) => fact));
    expect(read.filter(({ fact }) => !names.has(fact))).toEqual([]);
    const change = served.cube.outcomes[0].series[0].changes[2].value.v;
    change.value += 1;
    expect(readDashboard(served).withoutFact).toEqual(["cube/outcomes/0/series/0/changes/2/value/v/value"]);
  });
  it("put a department's smallest units together, and suppress what has too few leaders", () => {
    const others = cube.groups.filter(({ units }) => units.length > 1);
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ units }) => units.includes("small 0"))).toBe(true);
    const alone = cube.groups.findIndex(({ id, grouping }) => grouping === "department" && id === "Stab og Ledelse");
    expect(cube.outcomes[0]!.series[alone]!.levels.every((cell) => cell?.state === "suppressed")).toBe(true);
  });
});

describe("units on the page", () => {
  it("stand in a fold for each department, closed, with the words for a suppressed one", async () => {
    const page = await pageOf(modelOf({}, inUnits(12)), "da");
    const section = /<section id="units".*?<\/section>/s.exec(page)![0];
    const folds = section.match(/<details/g) ?? [];
    expect(folds.length).toBe(6);
    expect(section).not.toContain("<details open");
    expect(rowsOf(section).some((row) => /^Øvrige enheder \(\d/.test(row))).toBe(true);
    expect(rowsOf(section).filter((row) => row.startsWith("small 0 | skjult | skjult | skjult")).length).toBe(1);
  });
  it("are said to be none where all of them are too small", async () => {
    const [first, second] = [...new Set(facts.atoms.map(({ leader }) => leader))];
    const two = facts.atoms.map((atom) => ({
      ...atom,
      groups: { ...atom.groups, unit: [first, second].includes(atom.leader) ? "small" : null },
    }));
    const page = await pageOf(modelOf({}, { ...facts, atoms: two }), "da");
    expect(page).not.toContain('id="units"');
    expect(page).toMatch(/<li>Enheder: ingen kan vises/);
  });
  it("are left out where the study has none", async () => {
    const page = await pageOf(modelOf(), "da");
    expect(page).not.toContain('id="units"');
    expect(page).not.toContain("<li>Enheder");
  });
});
