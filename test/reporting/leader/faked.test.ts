import { describe, expect, it } from "vitest";
import { fromRelease } from "../../../src/disclosure/published.ts";
import type { LeaderFacts, LeaderModel } from "../../../src/reporting/leader/model.ts";
import { html } from "../../../src/reporting/page/html.ts";
import { named, render } from "./rendered.ts";

const shown = named("shown");
const [scale] = shown.facts.scales;
const raw = { state: "shown", value: { mean: 57.9234, bound: null, low: 50.11, high: 66.27 } } as never;

const withScale = (over: object): LeaderModel => ({
  ...shown,
  facts: { ...shown.facts, scales: [{ ...scale!, ...over }, ...shown.facts.scales.slice(1)] },
});

describe("a shown cell that disclosure control did not make", () => {
  it.each([
    ["a mean", withScale({ employees: [...scale!.employees.slice(0, -1), raw] })],
    ["a benchmark", withScale({ benchmark: raw })],
    ["a shrunken mean", withScale({ shrunk: raw })],
    [
      "a change",
      withScale({ change: { since: 0, cell: { state: "shown", value: { value: 5.71, noise: 3 } } as never } }),
    ],
    [
      "answers",
      { ...shown, facts: { ...shown.facts, answers: { scale: 0, items: { state: "shown", value: [] } as never } } },
    ],
  ])("is not rendered, whatever its type says: %s", async (_, model) => {
    await expect(render(model)).rejects.toThrow(/did not let out/);
  });
  it("is one that was copied, too", async () => {
    await expect(render(withScale({ benchmark: { ...scale!.benchmark } }))).rejects.toThrow(/did not let out/);
  });
  it("is not one that a release holds", async () => {
    const facts = fromRelease<LeaderFacts>(JSON.stringify(shown.facts));
    expect(await render({ ...shown, facts })).toBe(await render(shown));
  });
});

describe("a page", () => {
  it("takes no bare number", () => {
    expect(() => html`<p>${57.9234 as never}</p>`).toThrow(/bare number/);
    expect(() => html`<p>${[57.9234] as never}</p>`).toThrow(/bare number/);
  });
});
