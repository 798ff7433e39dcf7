import { describe, expect, it } from "vitest";
import { valueIn } from "../../../../src/disclosure/published.ts";
import type { LeaderModel } from "../../../../src/reporting/leader/model.ts";
import { leaderRows, modelOf, studyRows } from "../fixture.ts";
import { content, named, render, textOf, wordsIn } from "../rendered.ts";

/** A leader whose employees' answers rise by so many points from the first wave to the last. */
const risen = (by: Readonly<Record<string, number>>): LeaderModel => {
  const rows = leaderRows("L", [14, 14, 14], [1, 1, 1]);
  const scores = rows.scores.map((row) =>
    row.rater === "employee" ? { ...row, mean: row.wave === "w3" ? 50 + (by[row.scale] ?? 0) : 50 } : row,
  );
  return modelOf({ ...rows, scores, answers: [] });
};
const title = async (model: LeaderModel) => wordsIn(content(await render(model)), 'h2 id="development-t"');

describe("individual change", () => {
  it("is not found in one of seven scales where chance would give as much", async () => {
    const model = risen({ vision: 12 });
    expect(valueIn(model.facts.scales[0]!.change!.cell)).toEqual({ value: 12, noise: 16 });
    expect(await title(model)).toBe("Ingen tydelig ændring siden første måling");
    expect(textOf(await render(model))).toContain("når 7 skalaer undersøges på én gang");
    expect(textOf(await render(model, "en"))).toContain("when 7 scales are examined at once");
  });
  it("is found where it exceeds chance among all that are tested, and says that this is allowed for", async () => {
    const model = risen({ vision: 17, rewards: -1 });
    expect(await title(model)).toBe("Størst stigning i aktiv visionsledelse");
    expect(textOf(await render(model))).toContain(
      "Når 7 skalaer undersøges på én gang, kan ændringer under 16 point skyldes tilfældigheder; det er der taget højde for.",
    );
  });
  it("is told of what the programme develops before what it does not", async () => {
    expect(await title(risen({ vision: 20, rewards: 30 }))).toBe("Tydelig ændring i aktiv visionsledelse");
    expect(await title(risen({ vision: 2, rewards: 30 }))).toBe("Størst stigning i resultatbaseret belønning");
  });
});

describe("a change to or from a mean that is only known to be beyond a bound", () => {
  /** The means of three scales in the first wave and in the last, each of five answers; all others stay at 50. */
  const moved = (means: Readonly<Record<string, readonly [number, number]>>): LeaderModel => {
    const rows = leaderRows("L", [5, 0, 5], [0, 0, 0]);
    const scores = rows.scores.map((row) => ({ ...row, mean: means[row.scale]?.[row.wave === "w1" ? 0 : 1] ?? 50 }));
    return modelOf({ ...rows, scores, answers: [] });
  };
  const words = async (model: LeaderModel, language: "da" | "en" = "da") => textOf(await render(model, language));

  it("is at least as large where it can only be larger", async () => {
    const up = moved({ vision: [60, 100] });
    expect(await words(up)).toContain("er steget mindst 35 point siden første måling");
    expect(await words(up, "en")).toContain("have risen at least 35 points since the first round");
    expect(await words(moved({ vision: [100, 60] }))).toContain("er faldet mindst 35 point siden første måling");
    expect(await words(moved({ vision: [0, 60] }))).toContain("er steget mindst 55 point siden første måling");
    expect(await words(moved({ vision: [50, 90] }))).toContain("er steget 40 point siden første måling");
  });
  it("is not called the largest beside one that may be larger", async () => {
    expect(await title(moved({ vision: [60, 100] }))).toBe("Størst stigning i aktiv visionsledelse");
    expect(await title(moved({ vision: [60, 100], creation: [53, 90] }))).toBe("Tydelig ændring i samskabelse");
    expect(await title(moved({ vision: [60, 100], creation: [60, 100] }))).toMatch(/^Tydelig ændring i /);
  });
  it("is not told where its direction is unknown, nor that there is none where it may be large", async () => {
    const end = leaderRows("L", [5, 0, 300], [0, 0, 0]);
    const scores = end.scores.map((row) => ({ ...row, mean: 100 }));
    const alike = studyRows.spread.map((row) => ({ ...row, within: 400 * 2 ** 2 }));
    for (const model of [
      moved({ vision: [72, 100] }),
      modelOf({ ...end, scores, answers: [] }, {}, { spread: alike }),
    ]) {
      expect(await title(model)).toBe("Udviklingen over målingerne");
      expect(await words(model)).toContain("“mindst” eller “højst”, kan ændringen ikke gøres op");
    }
    expect(await title(moved({ vision: [92, 100] }))).toBe("Ingen tydelig ændring siden første måling");
  });
});

describe("the key", () => {
  it("speaks of a band only where two rounds beside each other have one to draw between them", async () => {
    const keyed = async (n: readonly number[]) => {
      const page = textOf(await render(modelOf({ ...leaderRows("L", n, [1, 1, 1]), answers: [] })));
      return page.includes("medarbejdernes svar, båndet er usikkerheden");
    };
    expect(await keyed([13, 14, 0])).toBe(true);
    expect(await keyed([13, 0, 0])).toBe(false);
    expect(await keyed([13, 0, 14])).toBe(false);
  });
});

describe("the panels", () => {
  const panels = (markup: string) =>
    new Set([...markup.matchAll(/font-size="12.5px"[^>]*>([^<]+)</g)].map(([, t]) => t));
  it("are those of what the programme develops; the others are folded", async () => {
    const page = content(await render(named("shown")));
    const [open = "", folded = ""] = page
      .slice(page.indexOf('<figure id="development"'))
      .split('<details class="tbl fold">');
    expect(panels(open.split("<figcaption>")[0]!)).toContain("Samskabelse");
    expect(panels(open.split("<figcaption>")[0]!)).not.toContain("Motivation");
    expect(panels(folded.split("</details>")[0]!)).toContain("Motivation");
    expect(folded).toContain("Vis de øvrige skalaer (4)");
  });
  it("are as many as a row holds where the programme names nothing that it develops", async () => {
    const page = content(await render(named("no-goals")));
    const [open = "", folded = ""] = page
      .slice(page.indexOf('<figure id="development"'))
      .split('<details class="tbl fold">');
    expect(panels(open.split("<figcaption>")[0]!)).toContain("Verbal");
    expect(panels(folded.split("</details>")[0]!)).toEqual(new Set(["Motivation"]));
    expect(folded).toContain("Vis de øvrige skalaer (1)");
  });
});
