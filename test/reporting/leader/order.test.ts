import { describe, expect, it } from "vitest";
import { renderLeader } from "../../../src/reporting/leader/page.ts";
import type { Place } from "../../../src/reporting/leader/sheet.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { content, named, render, textOf, wordsIn } from "./rendered.ts";

const figureIn = (page: string, id: string): string =>
  new RegExp(`<figure id="${id}".*?</figure>`, "s").exec(content(page))?.[0] ?? "";
const wide = (figure: string): string => /<div class="chart wide">(.*?)<\/div>/s.exec(figure)?.[1] ?? "";
const rowsOf = (figure: string): readonly string[] =>
  [...figure.matchAll(/<tr><th scope="row">(.*?)<\/th>/g)].map(([, name]) => name!);

describe("the comparison of own and employees' answers", () => {
  it("puts the programme's learning goals first, each group by its largest gap, under headings of their own", async () => {
    const gap = figureIn(await render(named("shown")), "gap");
    expect(rowsOf(gap)).toEqual([
      "Aktiv visionsledelse",
      "Samskabelse",
      "Grænsekrydsende samarbejde",
      "Verbal anerkendelse",
      "Opfølgning på mål",
      "Resultatbaseret belønning",
    ]);
    for (const drawn of [wide(gap), gap.split('chart narrow">')[1]!]) {
      expect(drawn).toContain(">Læringsmål<");
      expect(drawn).toContain(">Øvrige skalaer<");
    }
  });
  it("has one list and no headings where the programme has no goals among the scales", async () => {
    const gap = figureIn(await render(named("no-goals")), "gap");
    expect(rowsOf(gap)[2]).toBe("Verbal anerkendelse");
    expect(gap).not.toContain("Læringsmål");
  });
  it("tells a gap that is larger than the uncertainty by its weight, which greyscale keeps", async () => {
    const gap = wide(figureIn(await render(named("shown")), "gap"));
    const weightOf = (text: string) => new RegExp(`font-weight="(\\d+)"[^>]*>\\${text}<`).exec(gap)?.[1] ?? "400";
    expect([weightOf("+20"), weightOf("−13"), weightOf("+3")]).toEqual(["650", "650", "400"]);
  });
});

describe("the development over the rounds", () => {
  it("explains its own marks", async () => {
    const key = (name: string) => async () =>
      /<div class="key">(.*?)<\/div>/s.exec(figureIn(await render(named(name)), "development"))?.[1] ?? "";
    expect(textOf(await key("shown")())).toContain("dit eget svar medarbejdernes svar, båndet er usikkerheden");
    expect(textOf(await key("few")())).not.toContain("medarbejdernes svar");
  });
  it("speaks of lines only where there are some, and of a single round by its name", async () => {
    const once = await render(named("left-once"));
    expect(wordsIn(figureIn(once, "development"), "h2")).toBe("Svarene fra første måling");
    expect(textOf(once)).toContain("der er ikke flere at sammenligne med");
    expect(textOf(once)).not.toContain("Linjerne");
    const few = await render(named("few"));
    expect(wordsIn(figureIn(few, "development"), "h2")).toBe("Dine egne svar måling for måling");
  });
  it("writes the last number of every line beside it, also of one that ends before the last round", async () => {
    const labels = (page: string) =>
      [...wide(figureIn(page, "development")).matchAll(/>(\d+)<\/text>/g)].map(([, n]) => n);
    expect(labels(await render(named("left-once")))).toEqual(expect.arrayContaining(["52", "75"]));
    expect(labels(await render(named("few-now")))).toEqual(expect.arrayContaining(["55", "78"]));
  });
});

it("says of a report behind a sign-in who can see it, and of a file that it is not to be passed on", async () => {
  const page = (place: Place) => renderLeader(named("shown"), place, "da", reportAssets);
  expect(textOf(await page("file"))).toContain("Fortrolig. Giv den ikke videre.");
  const signedIn = textOf(await page("signed-in"));
  expect(signedIn).toContain("Fortrolig. Her kan kun du se den. De, der driver undersøgelsen, har adgang til tallene.");
  expect(signedIn).not.toContain("Giv den ikke videre");
  expect(textOf(await page("coach-may"))).toContain(
    "Her kan kun du se den, så længe du ikke viser den til din coach på din programside; undersøgelsen giver dig det valg.",
  );
  expect(textOf(await page("coach-sees"))).toContain(
    "Her kan kun lederen og lederens coach se den: undersøgelsen giver lederen det valg, og lederen har slået det til.",
  );
});

it("asks a leader without employees' answers about a learning goal first", async () => {
  expect(textOf(await render(named("few")))).toContain("bevidst med aktiv visionsledelse?");
});
