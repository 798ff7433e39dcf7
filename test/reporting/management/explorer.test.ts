import { describe, expect, it } from "vitest";
import { auditServed, namedNumbers } from "../../../src/audit/served.ts";
import { packedCells } from "../../../src/browser/packed-cells.ts";
import { fromRelease, valueIn } from "../../../src/disclosure/published.ts";
import { addressOf, departmentsIn, unitKey, unitsIn } from "../../../src/reporting/management/cube/choice.ts";
import { packed } from "../../../src/reporting/management/cube/packed.ts";
import { managementDashboard } from "../../../src/reporting/management/dashboard.ts";
import type { ManagementModel } from "../../../src/reporting/management/model.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readPage } from "../released.ts";
import { facts, inUnits, lacks, modelOf, pageOf } from "./fixture.ts";

const model = modelOf({}, inUnits(12));
const place = { page: "/management", csv: "/management/cells.csv", linked: { style: "s", script: "x", policy: "" } };
const dashboardOf = (of: ManagementModel, language: "da" | "en" = "da") =>
  managementDashboard(of, language, reportAssets, place);
const dashboard = dashboardOf(model);
const chosen = (query: string) => dashboard.choose(new URLSearchParams(query));
const cells = packedCells(
  JSON.parse(
    JSON.stringify(
      packed(
        model.cube,
        model.waves.map(({ id }) => id),
      ),
    ),
  ),
);
const choosable = { cells, waves: model.waves, outcome: model.outcome };

const rowsOf = (page: string): readonly string[] => {
  const view = page.slice(page.indexOf('<div id="view">'), page.indexOf('<p class="exports">'));
  return [...view.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row]) =>
    row!.replace(/<\/t[hd]>/g, " | ").replace(/<[^>]*>/g, ""),
  );
};

describe("a choice", () => {
  it("is the page's own where nothing is asked for, and where something is that there is not", () => {
    const own = chosen("");
    expect(own).toEqual({
      ...{ scale: "transformational", department: null, unit: null, by: "arm", wave: null, show: "level" },
    });
    expect(chosen("scale=nothing&department=nowhere&unit=u&by=age&wave=w9&show=rank")).toEqual(own);
  });
  it("survives its address", () => {
    for (const query of [
      "scale=transactional&by=all&wave=midway",
      "department=Sundhed og Omsorg&show=change&wave=endline",
      "department=Sundhed og Omsorg&unit=unit 1",
    ]) {
      const choice = chosen(query);
      expect(dashboard.choose(addressOf(choice))).toEqual(choice);
      for (const [key, value] of new URLSearchParams(query)) expect(addressOf(choice).get(key)).toBe(value);
    }
  });
  it("goes to a unit only within its department, and is not split where the release has no such numbers", () => {
    expect(chosen("unit=unit 1").unit).toBeNull();
    expect(chosen("department=Sundhed og Omsorg&unit=small 0").unit).toBeNull();
    expect(chosen("department=Sundhed og Omsorg&unit=unit 1&by=arm").by).toBe("all");
    expect(chosen("show=change&wave=baseline").wave).toBeNull();
  });
  it("offers units that have a number, and no other", () => {
    const offered = departmentsIn(choosable).flatMap((department) => unitsIn(choosable, department, "level"));
    const shown = model.cube.groups.filter(
      ({ grouping }, at) =>
        grouping === "unit" &&
        model.cube.outcomes.some(({ series }) => series[at]!.levels.some((cell) => cell && valueIn(cell) !== null)),
    );
    expect(offered.length).toBeGreaterThan(10);
    expect(offered.map(unitKey)).toEqual(shown.map(unitKey));
  });
});

describe("what a page carries for its script", () => {
  it("is the release's cube again, every number with its fact, and with the release that it was kept from", () => {
    const released = JSON.parse(JSON.stringify(model.cube));
    const [first, second] = released.outcomes[0].series[0].levels;
    first.value.v.since = "w1-abc";
    Object.assign(second.value.v, { low: null, high: null, since: "w2-def" });
    const carried = packed(
      fromRelease<typeof model.cube>(JSON.stringify(released)),
      model.waves.map(({ id }) => id),
    );
    const found = packedCells(JSON.parse(JSON.stringify(carried)));
    const again = model.cube.outcomes.map(({ outcome }, at) => ({
      outcome,
      series: model.cube.groups.map((_, group) => found.seriesOf(at, group)),
    }));
    expect(JSON.parse(JSON.stringify({ groups: found.groups, outcomes: again }))).toEqual(released);
  });
  it("ends no script before its time", async () => {
    const named = modelOf({ title: { da: "</script><b>", en: "t" } }, facts);
    const hostile = { ...named, waves: named.waves.map((wave) => ({ ...wave, name: { da: "</script>", en: "w" } })) };
    const page = await dashboardOf(hostile).page(dashboardOf(hostile).choose(new URLSearchParams()));
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
    expect(JSON.parse(data).waves[0].name.da).toBe("</script>");
  });
});

describe("what a choice shows", () => {
  it("are the numbers that the release has of it, with what they compare to", async () => {
    const page = await dashboard.page(chosen("department=Sundhed og Omsorg&unit=unit 1"));
    const [unit, department, whole, ...more] = rowsOf(readPage(page));
    expect([unit, department, whole].map((row) => row?.split(" | ")[0])).toEqual([
      ...["unit 1", "Sundhed og Omsorg", "Hele organisationen"],
    ]);
    expect(more).toEqual([]);
    const at = model.cube.groups.findIndex(
      (group) => unitKey(group) === "unit 1" && group.department === "Sundhed og Omsorg",
    );
    const levels = model.cube.outcomes[0]!.series[at]!.levels.map((cell) => cell && valueIn(cell));
    expect(
      unit
        ?.split(" | ")
        .slice(1, 4)
        .map((cell) => Number(cell.split(" ")[0]!.replace(",", "."))),
    ).toEqual(levels.map((level) => level?.mean));
    expect(readPage(page)).toContain("Viser transformationsledelse, niveau: unit 1 (Sundhed og Omsorg)");
  });
  it("puts arms beside the control arm, with the differences that the effects have", async () => {
    const rows = rowsOf(readPage(await dashboard.page(chosen("by=arm"))));
    expect(rows.map((row) => row.split(" | ")[0])).toEqual([
      ...["Transaktionstræning", "Transformationstræning", "Kombineret træning", "Kontrolgruppe"],
    ]);
    expect(rows.filter((row) => /\| [+−]\d/.test(row)).length).toBe(3);
  });
  it("says of a department that may not be shown what a suppressed cell says, and no number", async () => {
    const choice = chosen("department=Stab og Ledelse");
    const page = readPage(await dashboard.page(choice));
    const view = page.slice(page.indexOf('<div id="view">'), page.indexOf('<p class="exports">'));
    expect(view).toContain("Skjult af hensyn til anonymitet. Vælg færre filtre.");
    lacks(view.replace(/<[^>]*>/g, ""), /\d/);
    expect(dashboard.csv(choice).split("\r\n")[1]).toBe("Transformationsledelse;Niveau;Stab og Ledelse;;;Før;skjult;;");
  });
  it.each(["da", "en"] as const)("bears out every number of every kind of choice, in %s", async (language) => {
    const own = dashboardOf(model, language);
    const known = namedNumbers(JSON.parse(JSON.stringify(model)));
    for (const query of [
      "",
      "scale=transactional&by=all",
      "department=Sundhed og Omsorg&by=arm&show=change",
      "department=Sundhed og Omsorg&unit=unit 1&wave=endline",
      "department=Børn og Unge&show=change&wave=midway",
    ]) {
      const page = await own.page(own.choose(new URLSearchParams(query)));
      expect(auditServed(page, known), query).toMatchObject({ unknownFacts: [], differing: [], withoutFact: [] });
      lacks(page, / style=/);
    }
  });
  it("names what was chosen in the heading that is printed", async () => {
    const page = readPage(await dashboard.page(chosen("department=Sundhed og Omsorg&show=change")));
    expect(/<h1>.*?<\/h1>/s.exec(page)![0]).toContain("ændring siden første måling: Sundhed og Omsorg");
  });
});

describe("the file of a choice", () => {
  it("has one row for each group and wave, as a spreadsheet of its language reads it", () => {
    const [head, first] = dashboard.csv(chosen("by=all&wave=endline")).split("\r\n");
    expect(head).toBe("\uFEFFeffektmål;tal;forvaltning;enhed;træningsarm;måling;værdi;fra;til");
    expect(first).toMatch(/^Transformationsledelse;Niveau;;;;Efter;\d+,\d;\d+,\d;\d+,\d$/);
    const english = dashboardOf(model, "en");
    expect(english.csv(english.choose(new URLSearchParams("by=all")))).toMatch(/,Before,\d+\.\d,/);
  });
  it("holds no formula, whatever a department or an arm is called", () => {
    const arms = model.arms.map((arm) => ({ ...arm, name: { da: "=1+1;2", en: "=1" } }));
    const named = dashboardOf({ ...model, arms });
    const csv = named.csv(named.choose(new URLSearchParams("by=arm")));
    expect(csv).toContain(';"\'=1+1;2";');
    lacks(csv, /;"?=/);
  });
});

describe("uncertainty", () => {
  const all = facts.atoms.map((atom) => ({ ...atom, groups: { organisation: "", arm: null, department: null } }));
  const responses = facts.responses.filter(({ grouping }) => grouping === "organisation");
  /** A study without arms of so many leaders: of eight no spread between leaders may be told. */
  const ofLeaders = (count: number): ManagementModel => {
    const leaders = new Set(all.slice(0, count).map(({ leader }) => leader));
    return modelOf({ arms: [] }, { ...facts, responses, atoms: all.filter(({ leader }) => leaders.has(leader)) });
  };
  const said = async (of: ManagementModel, query: string, language: "da" | "en"): Promise<string> => {
    const board = dashboardOf(of, language);
    const page = readPage(await board.page(board.choose(new URLSearchParams(query))));
    const view = page.slice(page.indexOf('<div id="view">'), page.indexOf('<p class="exports">'));
    return view.replace(/<svg.*?<\/svg>/gs, " ").replace(/<[^>]*>/g, " ");
  };
  const drawn = /Skyggen viser|Stregen gennem|hele stregen|The shade shows|line through a mark|whole line/;
  it.each(["", "wave=endline", "show=change"])(
    "is spoken of where an interval is drawn, and only there (%s)",
    async (query) => {
      for (const language of ["da", "en"] as const) {
        expect(await said(ofLeaders(560), query, language)).toMatch(drawn);
        const few = await said(ofLeaders(8), query, language);
        expect(few).toMatch(/\d/);
        expect(few).not.toMatch(drawn);
      }
    },
  );
  it("stands under the trend of a page on paper by the same rule", async () => {
    expect(await pageOf(ofLeaders(560), "da")).toContain("Skyggen viser usikkerhed");
    expect(await pageOf(ofLeaders(8), "da")).not.toContain("Skyggen");
  });
  it("stands under the departments by the same rule", async () => {
    const departmentsOf = async (leaders: number): Promise<string> => {
      const taken = new Map<string, Set<string>>();
      const atoms = facts.atoms.filter(({ leader, groups }) => {
        const of = taken.get(groups["department"]!) ?? new Set();
        taken.set(groups["department"]!, of);
        return of.has(leader) || (of.size < leaders && of.add(leader) !== undefined);
      });
      const page = await pageOf(modelOf({ arms: [] }, { ...facts, atoms }), "da");
      return page.slice(page.indexOf('<figure id="departments"')).split("</figure>")[0]!;
    };
    expect(await departmentsOf(100)).toContain("Stiplet grå: hele organisationen. Skyggen viser usikkerhed");
    const few = await departmentsOf(3);
    expect(few).toContain("Stiplet grå: hele organisationen.");
    expect(few).not.toContain("Skyggen");
  });
});
