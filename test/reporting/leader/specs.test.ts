import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { publishedIn } from "../../../src/disclosure/published.ts";
import { wideAnswers } from "../../../src/reporting/leader/answers/layout.ts";
import { answeredOf } from "../../../src/reporting/leader/answers/rows.ts";
import { developing, developmentLayout } from "../../../src/reporting/leader/development/rows.ts";
import { wideLayout } from "../../../src/reporting/leader/gap/layout.ts";
import { gapRows } from "../../../src/reporting/leader/gap/rows.ts";
import { developmentModel, gapModel } from "../../../src/reporting/leader/model.ts";
import { voiceOf } from "../../../src/reporting/leader/voice.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { states } from "./fixture.ts";

type Data = Readonly<Record<string, readonly object[]>>;
interface Node {
  readonly data?: { readonly name?: string; readonly url?: string };
  readonly [key: string]: unknown;
}

const { shown } = states;
if (!shown) throw new Error("No state to draw");
const model = shown;
const voice = voiceOf("da", reportAssets);
const answers = wideAnswers(answeredOf(publishedIn(model.facts.answers!.items)!), model.study.scales[0]!, voice);
const gap = wideLayout(gapRows(gapModel(model), voice), 706, voice);

const specs: Readonly<Record<string, Data>> = {
  gap: { marks: gap.marks, ticks: gap.ticks, labels: gap.labels },
  development: {
    waves: developmentLayout(
      developmentModel(model),
      developing(developmentModel(model)).first,
      { width: 706, columns: 3, height: 84 },
      voice,
    ).rows,
  },
  answers: { bars: answers.bars, lines: answers.lines, labels: answers.labels },
};

/** Every field that a spec names, with the data set that it is read from. */
const fieldsOf = (node: unknown, data: string | undefined): readonly (readonly [string, string])[] => {
  if (Array.isArray(node)) return node.flatMap((each) => fieldsOf(each, data));
  if (typeof node === "string")
    return [...node.matchAll(/datum\.(\w+)/g)].map(([, field]) => [data ?? "", field!] as const);
  if (typeof node !== "object" || node === null) return [];
  const own = (node as Node).data?.name ?? data;
  return Object.entries(node).flatMap(([key, value]) =>
    key === "field" && typeof value === "string" ? [[own ?? "", value] as const] : fieldsOf(value, own),
  );
};

describe.each(Object.entries(specs))("the spec %s", (name, data) => {
  const spec = JSON.parse(reportAssets.text(`reports/leader/charts/${name}.vl.json`)) as Node;
  it("compiles, and reads nothing but named data", () => {
    expect(() => compile(spec as unknown as TopLevelSpec)).not.toThrow();
    expect(JSON.stringify(spec)).not.toContain('"url"');
  });
  it("names only fields that its data have", () => {
    const axisValue = new Set(["value"]);
    for (const [set, field] of fieldsOf(spec, undefined)) {
      if (axisValue.has(field)) continue;
      expect(
        data[set]?.some((row) => field in row),
        `${set}.${field}`,
      ).toBe(true);
    }
  });
  it("does not aggregate: a number is computed once, in the model", () => {
    expect(JSON.stringify(spec)).not.toMatch(/"(aggregate|bin|calculate|window|joinaggregate|regression|loess)"/);
  });
});
