import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { Language } from "../../../src/errors.ts";
import { stateOf } from "../../../src/reporting/leader/state.ts";
import { leaderRows, modelOf, states, study, studyRows } from "./fixture.ts";
import { content, named, render, served, textOf } from "./rendered.ts";

const shown = named("shown");
const languages: readonly Language[] = ["da", "en"];

describe("the leader's model", () => {
  it("is the one that was last looked at", async () => {
    await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot("../../golden/leader-model.json");
  });
  it("leaves out a scale of scales whose parts are shown, and differences", () => {
    expect(shown.study.scales.map(({ id }) => id)).toEqual([
      "vision",
      "creation",
      "verbal",
      "goals",
      "rewards",
      "across",
      "motivation",
    ]);
  });
  it("has the same suppressed cells for four answers as for none, in every wave", () => {
    const few = modelOf(leaderRows("L", [4, 3, 1], [1, 1, 1]));
    const none = modelOf({ ...leaderRows("L", [0, 0, 0], [1, 1, 1]), answers: [] });
    expect(few.facts).toEqual(none.facts);
  });
});

describe("the leader's page", () => {
  it("is the one that was last looked at", async () => {
    await expect(content(await served(shown))).toMatchFileSnapshot("../../golden/leader-page.html");
  });
  it("is the same bytes every time", async () => {
    expect(await render(shown)).toBe(await render(shown));
  });
  it("has no number about employees in any byte when they are hidden", async () => {
    const few = modelOf(leaderRows("L", [4, 3, 4], [1, 1, 1]));
    const none = modelOf({ ...leaderRows("L", [0, 0, 0], [1, 1, 1]), answers: [] });
    for (const language of languages) expect(await render(few, language)).toBe(await render(none, language));
  });
  it("says the same in both languages, with numbers as each writes them", async () => {
    const [da, en] = await Promise.all(languages.map((language) => render(named("mixed-units"), language)));
    expect(textOf(da!)).toContain("3,6");
    expect(textOf(en!)).toContain("3.6");
    expect(textOf(da!)).toContain("82\u00a0%");
    expect(textOf(en!)).toContain("82%");
    expect(textOf(da!)).toContain("−13");
    expect(textOf(da!)).not.toMatch(/\b(January|employees|difference|hidden)\b/);
    expect(textOf(en!)).not.toMatch(/\b(januar|medarbejder\w*|forskel|skjult)\b/);
  });
  it("escapes whatever a name or a question holds", async () => {
    const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;
    const scales = study.instrument.scales.map((scale) =>
      scale.kind === "items"
        ? {
            ...scale,
            name: { da: evil, en: evil },
            items: scale.items.map((item) => ({ ...item, wording: { employee: { da: evil, en: evil } } })),
          }
        : scale,
    );
    const model = modelOf(leaderRows(evil, [13, 14, 14], [1, 1, 1]), {
      title: { da: evil, en: evil },
      instrument: {
        ...study.instrument,
        scales,
        answers: study.instrument.answers.map((answer) => ({ ...answer, label: { da: evil, en: evil } })),
      },
      waves: study.waves.map((wave) => ({ ...wave, name: { da: evil, en: evil } })),
    });
    const page = content(await render(model));
    expect(page).not.toMatch(/<script|<img/i);
    expect(page.replace(/"[^"<]*"/g, "")).not.toMatch(/<[^>]*\sonerror/i);
    expect(page).toContain("&lt;script&gt;");
  });
  it("holds everything it needs and runs nothing", async () => {
    const page = await render(shown);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"`);
    expect(page).not.toMatch(/<script|<link|@import|https?:\/\/(?!www\.w3\.org)/);
    expect(page.match(/url\((?!data:font\/woff2|#)/g)).toBeNull();
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
  });
  it("labels every figure, and puts a table under every chart", async () => {
    for (const [name, model] of Object.entries(states)) {
      const page = content(await render(model));
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, name).toBe(ids.length);
      for (const [, id] of page.matchAll(/(?:aria-labelledby|aria-describedby|for)="([^"]+)"/g))
        for (const each of id!.split(" ")) expect(ids, `${name}: ${each}`).toContain(each);
      const figures = page.match(/<figure/g)?.length ?? 0;
      const folds = page.match(/<details class="tbl fold">/g)?.length ?? 0;
      expect(page.match(/<table>/g)?.length ?? 0, name).toBe(figures);
      expect(page.match(/role="img"/g)?.length ?? 0, name).toBe(2 * (figures + folds));
    }
  });
});

describe("what the page says", () => {
  it("marks a hidden wave as a gap and goes on", async () => {
    const page = textOf(await render(named("gap-in-line")));
    expect(page).toContain("Hvor en måling er skjult af hensyn til anonymitet, er linjen brudt.");
    expect(named("gap-in-line").facts.scales[0]!.employees.map((cell) => cell?.state)).toEqual([
      "shown",
      "suppressed",
      "shown",
    ]);
  });
  it("explains the best guess in a sentence, and only where one is shown", async () => {
    const words = (language: Language) =>
      language === "da" ? "Bedste bud på niveauet" : "The best guess of the level";
    for (const language of languages) {
      expect(textOf(await render(shown, language))).toContain(words(language));
      for (const name of ["few", "few-own-missing"])
        expect(textOf(await render(named(name), language)), name).not.toContain(words(language));
    }
    const few = modelOf(leaderRows("L", [13, 14, 14], [1, 1, 1]), {}, { means: [] });
    expect(textOf(await render(few))).not.toContain("edste bud");
  });
  it("tells when an open round may still show more, and when a closed one cannot", async () => {
    expect(textOf(await render(named("few-now")))).toContain("målingen er åben til 26. januar 2026");
    expect(textOf(await render(named("few")))).toContain("Målingen er lukket.");
  });
  it("has the same words in Danish and English, with the same places to fill", () => {
    for (const report of ["leader"]) {
      const [da, en] = languages.map(
        (language) =>
          JSON.parse(readFileSync(`reports/${report}/words.${language}.json`, "utf8")) as Record<string, string>,
      );
      const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
      expect(Object.keys(en!)).toEqual(Object.keys(da!));
      for (const key of Object.keys(da!)) expect(places(en![key]!), key).toEqual(places(da![key]!));
    }
  });
});

describe("studies of other shapes", () => {
  it("shows 0/1 answers under their own names, and nothing of scales with too many categories", async () => {
    const binary = study.instrument.scales.map((scale) =>
      scale.kind === "items" ? { ...scale, low: 0, high: scale.id === "across" ? 30 : 1 } : scale,
    );
    const rows = leaderRows("L", [13, 14, 14], [1, 1, 1]);
    const answers = rows.answers
      .filter(({ answer }) => answer < 3)
      .map((row) => ({ ...row, answer: row.answer - 1, n: 7 }));
    const model = modelOf({ ...rows, answers }, { instrument: { ...study.instrument, answers: [], scales: binary } });
    expect(model.study.scales.find(({ id }) => id === "across")?.items).toEqual([]);
    expect(valueIn(model.facts.answers!.items)!.map(({ classes }) => classes)).toContainEqual([
      { from: 0, to: 0, least: 7, most: 7 },
      { from: 1, to: 1, least: 7, most: 7 },
    ]);
    expect(textOf(await render(model))).toContain("svarer “1” til");
  });
  it("draws leaders' own answers where employees were never asked", async () => {
    const model = modelOf(
      { ...leaderRows("L", [0, 0, 0], [1, 1, 1]), answers: [] },
      {},
      { spread: studyRows.spread.filter(({ rater }) => rater === "self"), means: [] },
    );
    expect(stateOf(model)).toBe("employees-not-asked");
    expect(textOf(await render(model))).toContain("Dit eget svar er højest på aktiv visionsledelse (78)");
  });
  it("has a page before there is any answer", async () => {
    const model = modelOf(
      { ...leaderRows("L", [0, 0, 0], [0, 0, 0]), answers: [] },
      {},
      { spread: [], means: [], open: true },
    );
    expect(textOf(await render(model))).toContain("Der er endnu ingen svar at vise");
  });
});
