import { describe, expect, it } from "vitest";
import { typeset } from "../../../pipelines/publish/typeset.ts";
import type { Language } from "../../../src/errors.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import { typesetLeader } from "../../../src/reporting/leader/typeset.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { readsPdf, valuesInPdf, wordsOfPdf } from "../../pdf.ts";
import { leaderRows, modelOf, states, study } from "../../reporting/leader/fixture.ts";
import { content, render } from "../../reporting/leader/rendered.ts";

const sheet = async (model: LeaderModel, language: Language): Promise<Buffer> =>
  typeset("reports/leader/page.typ", await typesetLeader(model, "file", language, reportAssets));

const cases = Object.keys(states).flatMap((name) =>
  (["da", "en"] as const).map((language) => [name, language] as const),
);

/** Numbers as they are written; what folds away is counted on the screen alone. */
const numbersIn = (text: string): ReadonlySet<string> => new Set(text.match(/[+−]?\d+(?:[.,]\d+)?/g) ?? []);
const wordsOfPage = (page: string): string =>
  content(page)
    .replace(/<title>.*?<\/title>|<details class="tbl fold">.*?<\/details>|<summary>.*?<\/summary>/gs, "")
    .replace(/ role="img" aria-label="([^"]*)"/g, ">$1<i")
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&amp;", "&");
const closed = (text: string): string => text.replace(/\s+/g, "");

describe.each(cases)("the sheet of a leader in the state %s (%s)", (name, language) => {
  const model = states[name]!;
  let pdf: Buffer;
  let page: string;
  it("is one page, tagged, with its language and a title", async () => {
    pdf = await sheet(model, language);
    page = await render(model, language);
    const text = pdf.toString("latin1");
    expect(text).toMatch(/\/Type\s*\/Pages[^>]*\/Count 1\b/s);
    expect(text).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(text).toMatch(/\/MarkInfo\s*<<\s*\/Marked true/);
    expect(text).toMatch(/pdfuaid:part/);
    expect(valuesInPdf(pdf, "Lang")).toContain(language);
    expect(valuesInPdf(pdf, "Title")).toContain(/<title>(.*?)<\/title>/.exec(page)![1]);
  });
  it("draws its charts, and tells in words what each shows", () => {
    const figures = page.match(/<figure/g)?.length ?? 0;
    expect(valuesInPdf(pdf, "Alt")).toHaveLength(figures);
    expect(pdf.toString("latin1")).not.toContain("/Subtype /Image");
  });
  it.skipIf(!readsPdf)("says what the page says, with all of its numbers and no other", () => {
    // A browser numbers the questions itself, outside of the words of the page.
    const shown = wordsOfPdf(pdf).replace(/^[123]\. /gm, "");
    const told = valuesInPdf(pdf, "Alt").join(" ");
    expect([...numbersIn(`${shown} ${told}`)].sort()).toEqual([...numbersIn(wordsOfPage(page))].sort());
    const sentences = [...page.matchAll(/<(?:h1|h2|p class="(?:lede|read|eyebrow|sub|ask)")[^>]*>(.*?)<\//g)];
    expect(sentences.length).toBeGreaterThan(4);
    for (const [, sentence] of sentences) expect(closed(shown)).toContain(closed(sentence!));
  });
});

describe("a sheet", () => {
  it("takes what a name holds for words, whatever it looks like to a typesetter or a person", async () => {
    const odd = '#panic("x") *b* $x$ \\u{1} <l> @ref Żółw Жук 漢字 😀';
    const model = modelOf(leaderRows(odd, [13, 14, 14], [1, 1, 1]), { title: { da: odd, en: odd } });
    const pdf = await sheet(model, "da");
    expect(valuesInPdf(pdf, "Title")).toContain(`Lederrapport · ${odd}`);
    if (readsPdf) expect(closed(wordsOfPdf(pdf))).toContain(closed('#panic("x") *b* $x$ \\u{1} <l> @ref Żółw Жук'));
  });
  it("is the same bytes every time", async () => {
    const pdf = await sheet(states["shown"]!, "en");
    expect((await sheet(states["shown"]!, "en")).equals(pdf)).toBe(true);
  });
  it("holds nothing of a team that is too small", async () => {
    const few = modelOf(leaderRows("L", [4, 3, 4], [1, 1, 1]));
    const none = modelOf({ ...leaderRows("L", [0, 0, 0], [1, 1, 1]), answers: [] });
    expect((await sheet(few, "da")).equals(await sheet(none, "da"))).toBe(true);
    expect(study.disclosure.respondents).toBe(5);
  });
});
