import { describe, expect, it } from "vitest";
import { judge } from "../../../pipelines/audit/judge.ts";
import { quickEffort } from "../../../src/audit/audit.ts";
import { auditServed, namedNumbers } from "../../../src/audit/served.ts";
import { readDashboard } from "../../../src/audit/served-dashboard.ts";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import { factOf, valueIn } from "../../../src/disclosure/published.ts";
import { managementDashboard } from "../../../src/reporting/management/dashboard.ts";
import { type ManagementFacts, managementRelease } from "../../../src/reporting/management/facts.ts";
import type { ManagementModel } from "../../../src/reporting/management/model.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readPage } from "../released.ts";
import { analysis, measurements, study, versions } from "../research/fixture.ts";
import { departments, facts, modelOf } from "./fixture.ts";

const released = (found: ManagementFacts) =>
  managementRelease(study, found, researchModel(study, analysis, measurements, versions, "2019-12-21"));
const model = modelOf();
const place = { page: "/management", csv: "/management/cells.csv", linked: { style: "s", script: "x", policy: "" } };
const dashboardOf = (of: ManagementModel, language: "da" | "en" = "en") =>
  managementDashboard(of, language, reportAssets, place);
const chosen = (query: string, of = model) => dashboardOf(of).choose(new URLSearchParams(query));

const seriesOf = (of: ManagementModel, grouping: string, id: string, scale = "transformational") => {
  const at = of.cube.groups.findIndex((group) => group.grouping === grouping && group.id === id);
  return of.cube.outcomes.find(({ outcome }) => outcome.scale === scale)!.series[at]!;
};

const valueAt = <T>(cells: readonly (Parameters<typeof valueIn<T>>[0] | null)[], wave: number): T | null =>
  cells[wave] ? valueIn(cells[wave]) : null;

/** Those of a department whose leaders answered themselves, cut down to so many. */
const withOwn = (department: string, leaders: number): ManagementFacts => {
  const isOf = ({ groups }: Atom) => groups["department"] === department;
  const kept = new Set([...new Set(facts.own.filter(isOf).map(({ leader }) => leader))].slice(0, leaders));
  return { ...facts, own: facts.own.filter((atom) => !isOf(atom) || kept.has(atom.leader)) };
};

describe("what leaders answered themselves", () => {
  it("is a mean in which each counts once, and the gap is what lies between that and the employees' mean", () => {
    const wave = model.waves.length - 1;
    for (const { cell } of departments.filter(({ leaders }) => leaders > 50)) {
      const own = facts.own.filter((atom) => atom.groups["department"] === cell && atom.wave === model.waves[wave]!.id);
      const mean = own.reduce((sum, { sums }) => sum + sums["transformational"]!, 0) / own.length;
      const { levels, intended, gaps } = seriesOf(model, "department", cell);
      const shown = valueAt(intended, wave)!;
      expect(shown.mean).toBeCloseTo(mean, 1);
      const gap = valueAt(gaps, wave)!;
      expect(gap.value).toBeCloseTo(shown.mean - valueAt(levels, wave)!.mean, 9);
      expect(gap.low!).toBeLessThan(gap.value);
      expect(gap.high!).toBeGreaterThan(gap.value);
    }
  });

  it.each([
    [5, false],
    [60, true],
  ] as const)("is said by a number where %i of a department answered: %s", (leaders, isShown) => {
    const of = modelOf({}, withOwn("Social og Beskæftigelse", leaders));
    const { intended, gaps, levels } = seriesOf(of, "department", "Social og Beskæftigelse");
    const last = of.waves.length - 1;
    expect(valueAt(levels, last)).not.toBeNull();
    expect([valueAt(intended, last) !== null, valueAt(gaps, last) !== null]).toEqual([isShown, isShown]);
  });

  it("is hidden of a second department where the others and the whole would give a small one away", () => {
    const hidden = model.cube.groups.flatMap(({ grouping, id }, at) =>
      grouping === "department" && valueAt(model.cube.outcomes[0]!.series[at]!.intended, 2) === null ? [id] : [],
    );
    expect(hidden).toEqual(["Kultur og Fritid", "Stab og Ledelse"]);
    expect(seriesOf(model, "organisation", "").intended.every((cell) => cell?.state === "shown")).toBe(true);
  });

  it("goes into the ledger beside what employees answered, each number under a name of its own", () => {
    const { model: made, facts: said } = released(facts);
    const served = readDashboard(JSON.parse(JSON.stringify(modelOf())));
    const own = said.filter(({ rater }) => rater === "self");
    expect(new Set(own.map(({ statistic }) => statistic))).toEqual(new Set(["mean", "variance", "difference"]));
    expect(new Set(said.map(({ fact }) => fact)).size).toBe(said.length);
    const read = served.facts.filter(({ rater, statistic }) => rater === "self" && statistic === "mean");
    expect(new Set(read.map(({ fact }) => fact))).toEqual(
      new Set(own.filter(({ statistic }) => statistic === "mean").map(({ fact }) => fact)),
    );
    const cell = made.cube.outcomes[0]!.series[0]!.intended.at(-1)!;
    expect(cell.state === "shown" && factOf(cell.value)).toBe("mean|self transformational|endline|organisation|");
  });

  it("is found by the auditor where too few are behind what the rules let out", () => {
    const { atoms, facts: said } = released(facts);
    const release = (own: typeof said) => ({
      release: "r1",
      atoms: atoms.map(({ sums: _, ...atom }) => ({
        atom: JSON.stringify([atom.leader, atom.wave, atom.rater]),
        ...atom,
      })),
      facts: own,
      pages: [],
    });
    expect(judge([release(said)], study, quickEffort).isSafe).toBe(true);
    const mean = said.find(({ fact }) => fact === "mean|self transformational|endline|organisation|")!;
    const [first, second] = facts.own.filter(({ wave }) => wave === "endline");
    const alone = new Set([first!.leader, second!.leader]);
    const few = release([...said, { ...mean, grouping: "few", fact: "mean|self transformational|endline|few|" }]);
    const leaking = {
      ...few,
      atoms: few.atoms.map((atom) => ({
        ...atom,
        groups: { ...atom.groups, few: atom.rater === "self" && alone.has(atom.leader) ? "" : null },
      })),
    };
    const { findings } = judge([leaking], study, quickEffort);
    expect(findings.map(({ kind }) => kind)).toContain("respondents");
    expect(findings.flatMap(({ leaders }) => leaders)).toEqual(expect.arrayContaining([...alone]));
  });
});

describe("the gap on the dashboard", () => {
  it("is a choice where leaders answered the outcome, of the whole, an arm or a department", () => {
    expect(chosen("show=gap").show).toBe("gap");
    expect(chosen("show=gap&scale=transactional").show).toBe("level");
    expect(chosen("show=gap", modelOf({}, { ...facts, own: [] })).show).toBe("level");
    const { by, department } = chosen("show=gap&department=Sundhed og Omsorg&by=arm");
    expect([by, department]).toEqual(["all", "Sundhed og Omsorg"]);
  });

  it.each(["da", "en"] as const)(
    "shows in %s a row a wave, and of one wave the two means beside it",
    async (language) => {
      const dashboard = dashboardOf(model, language);
      const numbers = namedNumbers(JSON.parse(JSON.stringify(model)));
      for (const [query, columns] of [
        ["show=gap", 4],
        ["show=gap&department=Sundhed og Omsorg&wave=endline", 4],
        ["show=gap&by=all&wave=midway", 4],
      ] as const) {
        const choice = dashboard.choose(new URLSearchParams(query));
        const page = await dashboard.page(choice);
        expect(auditServed(page, numbers)).toMatchObject({ unknownFacts: [], differing: [], withoutFact: [] });
        const view = page.slice(page.indexOf('<div id="view">'), page.indexOf('<p class="exports">'));
        expect(view.match(/<tr>.*?<\/tr>/s)![0].match(/<th/g)!.length).toBe(columns);
        const lines = dashboard.csv(choice).trim().split("\r\n");
        expect(lines[0]!.split(language === "da" ? ";" : ",").length).toBe(11);
      }
      const words = readPage(
        await dashboard.page(dashboard.choose(new URLSearchParams("show=gap&by=all&wave=endline"))),
      );
      const { gaps, intended, levels } = seriesOf(model, "organisation", "");
      const decimal = (value: number) => value.toFixed(1).replace(".", language === "da" ? "," : ".");
      for (const value of [valueAt(gaps, 2)!.value, valueAt(intended, 2)!.mean, valueAt(levels, 2)!.mean])
        expect(words.includes(decimal(value)), decimal(value)).toBe(true);
    },
  );
});
