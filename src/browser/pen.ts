import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as data from "vega-transforms";
import { View } from "vega-view";
import * as drawing from "vega-view-transforms";
import rows from "../../reports/management/charts/rows.vl.json" with { type: "json" };
import trend from "../../reports/management/charts/trend.vl.json" with { type: "json" };
import type { Language } from "../errors.ts";
import type { Drawn, Pen } from "../reporting/management/voice.ts";
import { type Compiled, type Data, filled, finished } from "../reporting/page/chart-parts.ts";
import { locales } from "../reporting/page/locale.ts";
import { bare } from "../reporting/page/source.ts";

Object.assign(transforms, data, drawing, encode);

/** Specs of the page as the build compiled them. */
const specs = { rows, trend } as unknown as Readonly<Record<string, Compiled>>;

const font = '"Source Sans 3 Variable", "Source Sans 3", "Segoe UI", Arial, sans-serif';
const context = document.createElement("canvas").getContext("2d")!;

const viewOf = (name: string, rows: Data, { width, height, params }: Drawn, language: Language): View =>
  new View(parse({ ...filled(specs[name]!, rows, params), width, height }, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "none",
    logLevel: 1,
    locale: locales[language],
  });

/** What was drawn last at each id: to be drawn again as a picture. */
export type Drawings = Map<string, () => Promise<HTMLCanvasElement>>;

/** A picture has no place for what its numbers are: it shows the words alone. */
const withBareWords = (rows: readonly object[]): readonly object[] =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([field, value]) => [field, typeof value === "string" ? bare(value) : value]),
    ),
  );
const pictured = (rows: Data): Data =>
  Object.fromEntries(Object.entries(rows).map(([set, each]) => [set, withBareWords(each)]));

/** Measures words and draws charts in a browser: the same marks as at the server, under a policy that compiles no text. */
export const browserPen = (language: Language, drawings: Drawings): Pen => ({
  measure: (text, size, weight) => {
    context.font = `${weight >= 550 ? 600 : 400} ${size}px ${font}`;
    return context.measureText(bare(text)).width;
  },
  draw: async (name, rows, options) => {
    const view = viewOf(name, rows, options, language);
    const svg = await view.toSVG();
    view.finalize();
    const [params = {}] = withBareWords([options.params]) as [Drawn["params"]];
    drawings.set(options.id, () => viewOf(name, pictured(rows), { ...options, params }, language).toCanvas(2));
    return finished(svg, { id: options.id, description: options.description, language });
  },
});
