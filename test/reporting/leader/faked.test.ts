import { describe, expect, it } from "vitest";
import { fromRelease, publishedIn } from "../../../src/disclosure/published.ts";
import type { LeaderFacts, LeaderModel } from "../../../src/reporting/leader/model.ts";
import { fakesOf } from "../../disclosure/fakes.ts";
import { named, render } from "./rendered.ts";

const shown = named("shown");
const [scale] = shown.facts.scales;
const { response, answers } = shown.facts;

const withScale = (over: object): LeaderModel => ({
  ...shown,
  facts: { ...shown.facts, scales: [{ ...scale!, ...over }, ...shown.facts.scales.slice(1)] },
});
const withFacts = (over: object): LeaderModel => ({ ...shown, facts: { ...shown.facts, ...over } });
const cell = (value: unknown) => ({ state: "shown", value });
const lastOf = <T>(list: readonly T[], value: unknown) => [...list.slice(0, -1), value];

/** Every place where a leader's page takes a value, with a genuine one and the model that holds another in its place. */
const places: readonly (readonly [string, unknown, (value: unknown) => LeaderModel])[] = [
  ["own answer", scale!.own.at(-1), (value) => withScale({ own: lastOf(scale!.own, value) })],
  [
    "employees' mean",
    publishedIn(scale!.employees.at(-1)!),
    (value) => withScale({ employees: lastOf(scale!.employees, cell(value)) }),
  ],
  ["gap", publishedIn(scale!.gap), (value) => withScale({ gap: cell(value) })],
  ["benchmark", publishedIn(scale!.benchmark), (value) => withScale({ benchmark: cell(value) })],
  ["shrunken mean", publishedIn(scale!.shrunk), (value) => withScale({ shrunk: cell(value) })],
  [
    "change",
    publishedIn(scale!.change!.cell),
    (value) => withScale({ change: { ...scale!.change, cell: cell(value) } }),
  ],
  ["answers", publishedIn(answers!.items), (value) => withFacts({ answers: { ...answers, items: cell(value) } })],
  ...(["answered", "invited", "percent"] as const).map(
    (part) =>
      [
        part,
        (response as Readonly<Record<string, unknown>>)[part],
        (value: unknown) => withFacts({ response: { ...response, [part]: value } }),
      ] as const,
  ),
];

describe.each(places)(
  "a value that disclosure control did not make, as %s of a leader's page",
  (_, value, modelWith) => {
    it("stands for a place that the page takes a value from", async () => {
      expect(await render(modelWith(value))).toBe(await render(shown));
    });
    it.each(Object.keys(fakesOf(value)))("is refused when the page is rendered: %s", async (fake) => {
      await expect(render(modelWith(fakesOf(value)[fake]))).rejects.toThrow(TypeError);
    });
  },
);

it("is rendered when a release holds it", async () => {
  const facts = fromRelease<LeaderFacts>(JSON.stringify(shown.facts));
  expect(await render({ ...shown, facts })).toBe(await render(shown));
});
