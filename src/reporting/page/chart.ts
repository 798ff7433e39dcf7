import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type ChartSpec, type Compiled, type Data, filled, finished, type Labelled } from "./chart-parts.ts";
import { locales } from "./locale.ts";
import type { Theme } from "./theme.ts";

export interface ChartOptions extends Labelled {
  readonly theme: Theme;
  readonly width: number;
  readonly height?: number;
  /** Panels per row of a faceted spec. */
  readonly columns?: number;
  /** Values of the spec's named params: domains, ticks and words. */
  readonly params?: Readonly<Record<string, unknown>>;
}

const refuse = () => Promise.reject(new Error("A chart reads nothing but its data"));
const offline = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as vega.Loader;

const isPanel = (spec: ChartSpec): spec is ChartSpec & { spec: object } => spec.spec !== undefined;

const sized = (spec: ChartSpec, { width, height, columns }: ChartOptions): TopLevelSpec => {
  const size = { width, ...(height === undefined ? {} : { height }) };
  return {
    ...spec,
    ...(isPanel(spec) ? { spec: { ...spec.spec, ...size } } : size),
    ...(columns === undefined ? {} : { columns }),
  } as unknown as TopLevelSpec;
};

const compiled = new Map<string, vega.Spec>();

/** Panels vary with their number and size, so that the number of specs does not end by itself. */
const mostCompiled = 200;

/** Compiling costs more than drawing, and depends on neither rows nor the values of params; of a single plot not on its size. */
const compileOnce = (spec: ChartSpec, options: ChartOptions): vega.Spec => {
  const { width, height, columns } = options;
  const hasOwnSize = !isPanel(spec) && height !== undefined;
  const key = JSON.stringify(hasOwnSize ? [spec] : [spec, width, height, columns]);
  const known =
    compiled.get(key) ??
    compile(sized(spec, options), { config: options.theme.config, logger: vega.logger(vega.Error) }).spec;
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, known);
  return hasOwnSize ? { ...known, width, height } : known;
};

const bold = (weight: unknown): boolean => weight === "bold" || Number(weight) >= 550;

const measureWith = (theme: Theme): void => {
  const metrics = (vega as unknown as { textMetrics: { width: (item: object, text: unknown) => number } }).textMetrics;
  metrics.width = (item, text) => {
    const { fontSize = 11, fontWeight } = item as { fontSize?: number; fontWeight?: unknown };
    return theme.width(String(text ?? ""), fontSize, bold(fontWeight));
  };
};

/** Draws a Vega-Lite spec with the given rows as an SVG: the same bytes for the same input, nothing fetched. */
export const chart = async (spec: ChartSpec, data: Data, options: ChartOptions): Promise<string> => {
  measureWith(options.theme);
  const whole = filled(compileOnce(spec, options) as vega.Spec & Compiled, data, options.params ?? {});
  const view = new vega.View(vega.parse(whole), {
    renderer: "none",
    loader: offline,
    logLevel: vega.Error,
    locale: locales[options.language],
  } as unknown as vega.ViewOptions);
  const svg = await view.toSVG();
  view.finalize();
  return finished(svg, options);
};
