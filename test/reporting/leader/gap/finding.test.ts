import { describe, expect, it } from "vitest";
import { type Cell, shown } from "../../../../src/disclosure/published.ts";
import { ownAnswer, ownGap, type TeamMean } from "../../../../src/disclosure/team.ts";
import { findingOf } from "../../../../src/reporting/leader/finding.ts";
import { gapsOf } from "../../../../src/reporting/leader/gap/gaps.ts";
import { gapModel, type LeaderModel } from "../../../../src/reporting/leader/model.ts";
import { voiceOf } from "../../../../src/reporting/leader/voice.ts";
import { bare } from "../../../../src/reporting/page/source.ts";
import { reportAssets } from "../../../../src/store/report-assets.ts";
import { leaderRows, modelOf, ownAt, states, study } from "../fixture.ts";
import { content, named, render, textOf, wordsIn } from "../rendered.ts";

const finding = (model: LeaderModel) => {
  const { title, lede } = findingOf(model, voiceOf("da", reportAssets));
  return { title: bare(title), lede: bare(lede) };
};
const gapTitle = async (model: LeaderModel) => wordsIn(content(await render(model)), 'h2 id="gap-t"');
const rows = (n: number) => leaderRows("L", [n, n, n], [1, 1, 1]);
const standings = (model: LeaderModel) => new Set(gapsOf(gapModel(model)).map(({ standing }) => standing));

describe("what the page says first", () => {
  it("is the scale answered highest, then one gap", () => {
    expect(finding(named("shown"))).toEqual({
      title: "Dine medarbejdere svarer højest på grænsekrydsende samarbejde",
      lede: "Et øjebliksbillede af, hvordan din ledelse opleves. Ikke en karakter. På aktiv visionsledelse er dit eget svar 20 point højere end medarbejdernes.",
    });
  });
  it("prefers a clear gap of what the programme develops to a larger one of what it does not", async () => {
    const of = (goals: readonly string[]) => {
      const model = modelOf(rows(14));
      const scales = model.study.scales.map((scale) => ({ ...scale, goal: goals.includes(scale.id) }));
      return { ...model, study: { ...model.study, scales } };
    };
    expect(finding(of(["across"])).lede).toContain("På grænsekrydsende samarbejde er dit eget svar 13 point lavere");
    expect(await gapTitle(of(["across"]))).toBe("Tydelig forskel i grænsekrydsende samarbejde");
    expect(finding(of(["goals"])).lede).toContain("På aktiv visionsledelse er dit eget svar 20 point højere");
    expect(finding(of([])).lede).toContain("På aktiv visionsledelse er dit eget svar 20 point højere");
    expect(await gapTitle(of([]))).toBe("Størst forskel i aktiv visionsledelse");
  });
  it("names no scale as highest where more than two are", () => {
    const level = rows(14).scores.map((row) => (row.rater === "employee" ? { ...row, mean: 60 } : row));
    expect(finding(modelOf({ ...rows(14), scores: level })).title).toBe("Sådan oplever medarbejderne din ledelse");
  });
  it("does not call a difference the largest when a larger one is uncertain", async () => {
    for (const [name, model] of Object.entries(states)) {
      const title = await gapTitle(model);
      if (!title.startsWith("Størst forskel")) continue;
      const gaps = gapsOf(gapModel(model));
      const reach = Math.max(...gaps.map((gap) => Math.abs(gap.share)));
      for (const gap of gaps.filter(({ scale }) => title.includes(scale.name.da.toLowerCase())))
        expect(Math.abs(gap.share), name).toBe(reach);
    }
  });
});

describe("a mean that is only known to be beyond a bound", () => {
  // The first scale has two questions, so that five answers of 100 are told as at least 90.
  const { instrument } = study;
  const scales = instrument.scales.map((scale) =>
    scale.id === "vision" && scale.kind === "items" ? { ...scale, items: scale.items.slice(0, 2) } : scale,
  );
  const of = (employees: Readonly<Record<string, number>>, own: Readonly<Record<string, number>> | null) => {
    const five = leaderRows("L", [0, 0, 5], own ? [0, 0, 1] : [0, 0, 0]);
    const scores = five.scores.map((row) => ({
      ...row,
      mean: row.rater === "self" ? (own?.[row.scale] ?? 60) : (employees[row.scale] ?? 60),
    }));
    return modelOf({ ...five, scores, answers: [] }, { instrument: { ...instrument, scales } });
  };
  const reading = async (model: LeaderModel, language: "da" | "en" = "da") => textOf(await render(model, language));

  it("lets no scale be called highest that it may exceed", async () => {
    const model = of({ vision: 100, across: 93 }, {});
    expect(textOf(await render(model))).toContain("mindst 90");
    expect(finding(model).title).toBe("Sådan oplever medarbejderne din ledelse");
    expect(finding(of({ vision: 100, across: 89 }, {})).title).toContain("svarer højest på aktiv visionsledelse");
    expect(finding(of({ vision: 85, across: 93 }, {})).title).toContain("svarer højest på grænsekrydsende samarbejde");
    expect(finding(of({ across: 100, verbal: 100 }, {})).title).toBe("Sådan oplever medarbejderne din ledelse");
  });
  it("puts no scales in an order that may be wrong", async () => {
    expect(await reading(of({ vision: 100, across: 93 }, null))).toContain("kan ikke sættes i rækkefølge");
    expect(await reading(of({ vision: 0, across: 8 }, null), "en")).toContain("cannot be put in order");
    expect(await reading(of({ across: 100, verbal: 20, vision: 50 }, null))).toContain(
      "højest på grænsekrydsende samarbejde (mindst 95) og lavest på verbal anerkendelse (20)",
    );
  });
  it("gives a difference that is at least as large, and says what it is counted from", async () => {
    const model = of({ vision: 100 }, { vision: 40 });
    expect(finding(model).lede).toContain("På aktiv visionsledelse er dit eget svar mindst 50 point lavere");
    expect(await reading(model, "en")).toContain("your own answer is at least 50 points lower");
    expect(await reading(model)).toContain("“mindst” eller “højst”, er forskellen regnet fra det tal");
    expect(finding(of({ across: 93 }, { across: 40 })).lede).toContain("er dit eget svar 53 point lavere");
    expect(await reading(of({ across: 93 }, { across: 40 }))).not.toContain("er forskellen regnet fra det tal");
  });
  it("lets no difference be called the largest that another may exceed", async () => {
    expect(await gapTitle(of({ vision: 100, across: 93 }, { vision: 40, across: 40 }))).toBe(
      "Tydelig forskel i grænsekrydsende samarbejde",
    );
    expect(await gapTitle(of({ vision: 100, across: 93 }, { vision: 40, across: 50 }))).toBe(
      "Størst forskel i aktiv visionsledelse",
    );
    expect(await reading(of({ vision: 100, across: 93 }, { vision: 40, across: 40 }))).not.toContain(
      "hvor forskellen er størst",
    );
  });
});

describe("agreement", () => {
  it("is not claimed of differences that are only uncertain", async () => {
    const model = modelOf(ownAt(rows(6), 11));
    expect(standings(model)).toEqual(new Set(["chance"]));
    for (const language of ["da", "en"] as const)
      expect(textOf(await render(model, language))).not.toMatch(/stort set enige|largely agree/);
    expect(await gapTitle(model)).toBe("Ingen forskel er større end usikkerheden");
    expect(finding(model).lede).toContain("kan være tilfældige");
  });
  it("is claimed where the whole interval of the difference lies within five points", async () => {
    const model = named("agreed");
    expect(standings(model)).toEqual(new Set(["agree"]));
    expect(await gapTitle(model)).toBe("Du og dine medarbejdere er stort set enige");
    expect(finding(model).lede).toContain("På alle viste skalaer er I stort set enige.");
    expect(standings(modelOf(ownAt(rows(300), 5)))).not.toContain("agree");
  });
  it("is held to the same share of a scale in its own unit", () => {
    const raw = { ...named("shown").study.scales[0]!, low: 1, high: 5, decimals: 1 };
    const employees = (low: number, high: number, bound: "at-least" | null = null) =>
      shown<TeamMean>({ mean: (low + high) / 2, bound, low, high });
    const of = (answer: number, cell: Cell<TeamMean>) => {
      const unit = { low: 1, high: 5, margin: 1, decimals: 1 };
      const own = ownAnswer(answer, unit);
      const gap = ownGap(own, cell, unit);
      const facts = { ...gapModel(named("shown")).scales[0]!, scale: raw, own, employees: cell, gap };
      return gapsOf({ confidence: 0.95, scales: [facts] })[0]?.standing;
    };
    expect(of(3.2, employees(3.1, 3.4))).toBe("agree");
    expect(of(3.2, employees(3.1, 3.5))).toBe("chance");
    expect(of(3.2, employees(2.9, 3.4))).toBe("chance");
    expect(of(3.6, employees(3.1, 3.5))).toBe("clear");
    expect(of(4.7, employees(4.6, 4.8, "at-least"))).toBe("chance");
    expect(of(4.9, employees(4.8, 4.9, "at-least"))).toBe("agree");
  });
});

describe("a count of findings", () => {
  it("says what chance alone would give", async () => {
    expect(textOf(await render(named("shown")))).toContain(
      "større end usikkerheden på 4 af 6 skalaer; tilfældigheder alene ville give omkring 0,3.",
    );
  });
});

describe("a point", () => {
  it("is explained beside the chart, with the step from one answer to the next", async () => {
    const words = textOf(await render(named("shown")));
    expect(words).toContain("Et point er en hundrededel af skalaen: 0 er “helt uenig”, 100 er “helt enig”.");
    expect(words).toContain("Fra ét svar til det næste er der 25 point.");
    expect(textOf(await render(named("unlabelled")))).toContain("0 er det laveste svar, 100 det højeste");
  });
});

describe("the best guess of a level", () => {
  it("stands in the table, not in the chart", async () => {
    const page = content(await render(named("shown")));
    expect(page.replace(/<details.*?<\/details>/gs, "")).not.toContain("edste bud");
    expect(page).toMatch(/<details class="tbl">(?:(?!<\/details>).)*Bedste bud på niveauet/s);
  });
});

describe("an interval", () => {
  it("is never written as ending in a zero that it does not end in", async () => {
    const low = rows(14).scores.map((row) => (row.rater === "employee" ? { ...row, mean: 8.1 } : row));
    const words = textOf(await render(modelOf({ ...rows(14), scores: low })));
    expect(words).toContain("0,2 til 16");
    expect(words).not.toMatch(/\b0(,0)? til 16/);
  });
});
