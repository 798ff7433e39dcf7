import { describe, expect, it } from "vitest";
import { leaderRows, modelOf } from "../fixture.ts";
import { content, named, render, textOf } from "../rendered.ts";

const answersOf = (page: string) => content(page).slice(content(page).indexOf('<figure id="answers"'));
const marks = (page: string) => answersOf(page).split("<figcaption>")[0]!.match(/>↓/g)?.length ?? 0;

describe("a reversed question", () => {
  it("has a mark beside its bar, in both drawings, and is named in the table", async () => {
    const page = await render(named("reversed"));
    expect(marks(page)).toBe(2);
    expect(marks(await render(named("shown")))).toBe(0);
    expect(textOf(page)).toContain("Min leder får os til at holde fast i visionen. (omvendt)");
    expect(textOf(page)).toContain("↓ Omvendt spørgsmål: “uenig eller helt uenig” trækker skalaen op.");
  });
  it("is read by the answers that speak for the scale", async () => {
    const answers = leaderRows("L", [14, 14, 14], [1, 1, 1]).answers.map((row) =>
      row.item === "vision4" ? { ...row, n: [7, 5, 1, 1, 0][row.answer - 1]! } : row,
    );
    const rows = { ...leaderRows("L", [14, 14, 14], [1, 1, 1]), answers };
    const scales = named("reversed").study.scales;
    const model = modelOf(rows);
    const turned = { ...model, study: { ...model.study, scales } };
    const sentence = "til: “Min leder får os til at holde fast i visionen”";
    expect(textOf(await render(turned))).toContain(`12 af 14 svarer “uenig eller helt uenig” ${sentence}`);
    expect(textOf(await render(model))).toContain(`1 af 14 svarer “enig eller helt enig” ${sentence}`);
  });
});

describe("a question that not all answered", () => {
  it("is told of as a share of those who answered it", async () => {
    const rows = leaderRows("L", [14, 14, 14], [1, 1, 1]);
    const counts: Readonly<Record<string, readonly number[]>> = {
      vision1: [1, 2, 5, 3, 3],
      vision4: [2, 3, 3, 1, 1],
    };
    const answers = rows.answers.map((row) => ({ ...row, n: counts[row.item]?.[row.answer - 1] ?? row.n }));
    const text = textOf(await render(modelOf({ ...rows, answers })));
    expect(text).toContain(
      "2 af 10 svarer “enig eller helt enig” til: “Min leder får os til at holde fast i visionen”",
    );
  });
});

describe("answers without words in the instrument", () => {
  it("are named by the ends of the scale alone, and never twice", async () => {
    const model = named("unlabelled");
    const own = model.study.scales.map((scale) => ({ ...scale, low: 1, high: 5, decimals: 1 }));
    const page = content(await render({ ...model, study: { ...model.study, scales: own } }));
    expect(page).not.toMatch(/>1 1<|>5 5<|>0 1<|>5 100</);
    expect(textOf(page)).toContain("svarer “tættest på 5” til");
    expect(textOf(page.replace(/<details.*?<\/details>/gs, ""))).not.toContain("4 eller 5");
  });
});

describe("questions that not all have answered", () => {
  it("are each read with the number of its own answers", async () => {
    const rows = leaderRows("L", [14, 14, 14], [1, 1, 1]);
    const answers = rows.answers.map((row) =>
      row.item === "vision4" ? { ...row, n: [3, 3, 2, 1, 1][row.answer - 1]! } : row,
    );
    const page = textOf(await render(modelOf({ ...rows, answers })));
    expect(page).toContain("10 af 14 svarer “enig eller helt enig” til: “Min leder taler om, hvor vi skal hen”");
    expect(page).toContain(
      "2 af 10 svarer “enig eller helt enig” til: “Min leder får os til at holde fast i visionen”",
    );
  });
});

describe("the scale whose answers are shown", () => {
  it("is one with enough answers to every question, where there is one", () => {
    const rows = leaderRows("L", [6, 6, 6], [1, 1, 1]);
    const to = (scale: string, counts: readonly number[]) =>
      [1, 2, 3, 4].flatMap((item) =>
        counts.map((n, at) => ({ leader: "L", wave: "w3", item: `${scale}${item}`, answer: at + 1, n })),
      );
    const of = (counts: readonly number[]) =>
      modelOf({ ...rows, answers: [...to("vision", counts), ...to("creation", [1, 1, 1, 2, 1])] }).facts.answers;
    expect(of([1, 1, 1, 2, 1])).toMatchObject({ scale: 0, items: { state: "shown" } });
    expect(of([1, 1, 1, 1, 0])).toMatchObject({ scale: 1, items: { state: "shown" } });
    expect(modelOf({ ...rows, answers: [] }).facts.answers).toMatchObject({ scale: 0, items: { state: "suppressed" } });
  });
});
