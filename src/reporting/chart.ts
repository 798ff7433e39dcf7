import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Language } from "../errors.ts";
import { escapeHtml } from "./html.ts";
import { locales } from "./locale.ts";
import type { Theme } from "./theme.ts";

export interface ChartOptions {
  readonly theme: Theme;
  /** Unique on the page: the prefix of every id in the drawing. */
  readonly id: string;
  readonly width: number;
  readonly height?: number;
  /** Panels per row of a faceted spec. */
  readonly columns?: number;
  /** Alternative text: what chart, x and y, the pattern, the numbers that matter. */
  readonly description: string;
  readonly language: Language;
  /** Values of the spec's named params: domains, ticks and words. */
  readonly params?: Readonly<Record<string, unknown>>;
}

interface Param {
  readonly name: string;
}
/** A parsed `*.vl.json`: as much of Vega-Lite as is filled in here. */
export interface ChartSpec {
  readonly params?: readonly Param[];
  readonly spec?: object;
  readonly [key: string]: unknown;
}

const refuse = () => Promise.reject(new Error("A chart reads nothing but its data"));
const offline = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as vega.Loader;

const isPanel = (spec: ChartSpec): spec is ChartSpec & { spec: object } => spec.spec !== undefined;

const filled = (
  spec: ChartSpec,
  data: Readonly<Record<string, readonly object[]>>,
  options: ChartOptions,
): TopLevelSpec => {
  const size = { width: options.width, ...(options.height === undefined ? {} : { height: options.height }) };
  const params = spec.params?.map((param) => {
    const value = options.params?.[param.name];
    return value === undefined ? param : { ...param, value };
  });
  return {
    ...spec,
    ...(isPanel(spec) ? { spec: { ...spec.spec, ...size } } : size),
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    ...(params === undefined ? {} : { params }),
    description: options.description,
    datasets: data,
  } as unknown as TopLevelSpec;
};

/** Ids are counted by Vega across all drawings of a process; here by their order in this one. */
const ownIds = (svg: string, prefix: string): string => {
  const names = new Map<string, string>();
  for (const [, id] of svg.matchAll(/ id="([^"]+)"/g)) names.set(id!, `${prefix}-${names.size + 1}`);
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${names.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${names.get(id) ?? id})`);
};

/** Vega's own ARIA is English and leaves the description out: one labelled image, its parts hidden. */
const labelled = (svg: string, options: ChartOptions): string =>
  svg
    .replace(/ (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"/g, "")
    .replace(/ xmlns:xlink="[^"]*"/, "")
    .replace(
      /^<svg([^>]*)>/,
      (_, attributes: string) =>
        `<svg${attributes} role="img" aria-label="${escapeHtml(options.description)}" lang="${options.language}" focusable="false">`,
    )
    .replace(/(<svg[^>]*>)(.*)(<\/svg>)$/s, '$1<g aria-hidden="true">$2</g>$3');

const bold = (weight: unknown): boolean => weight === "bold" || Number(weight) >= 550;

const measureWith = (theme: Theme): void => {
  const metrics = (vega as unknown as { textMetrics: { width: (item: object, text: unknown) => number } }).textMetrics;
  metrics.width = (item, text) => {
    const { fontSize = 11, fontWeight } = item as { fontSize?: number; fontWeight?: unknown };
    return theme.width(String(text ?? ""), fontSize, bold(fontWeight));
  };
};

/** Draws a Vega-Lite spec with the given rows as an SVG: the same bytes for the same input, nothing fetched. */
export const chart = async (
  spec: ChartSpec,
  data: Readonly<Record<string, readonly object[]>>,
  options: ChartOptions,
): Promise<string> => {
  measureWith(options.theme);
  const { spec: compiled } = compile(filled(spec, data, options), {
    config: options.theme.config,
    logger: vega.logger(vega.Error),
  });
  const view = new vega.View(vega.parse(compiled), {
    renderer: "none",
    loader: offline,
    logLevel: vega.Error,
    locale: locales[options.language],
  } as unknown as vega.ViewOptions);
  const svg = await view.toSVG();
  view.finalize();
  return labelled(ownIds(svg, options.id), options);
};
