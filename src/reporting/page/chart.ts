import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Language } from "../../errors.ts";
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

const sized = (spec: ChartSpec, { width, height, columns }: ChartOptions): TopLevelSpec => {
  const size = { width, ...(height === undefined ? {} : { height }) };
  return {
    ...spec,
    ...(isPanel(spec) ? { spec: { ...spec.spec, ...size } } : size),
    ...(columns === undefined ? {} : { columns }),
  } as unknown as TopLevelSpec;
};

const compiled = new Map<string, vega.Spec>();

/** Compiling costs more than drawing, and depends on neither rows nor the values of params. */
const compileOnce = (spec: ChartSpec, options: ChartOptions): vega.Spec => {
  const { width, height, columns } = options;
  const key = JSON.stringify([spec, width, height, columns]);
  const known = compiled.get(key);
  if (known) return known;
  const made = compile(sized(spec, options), { config: options.theme.config, logger: vega.logger(vega.Error) }).spec;
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, made);
  return made;
};

/** The heights of charts vary with their rows, so that the number of specs does not end by itself. */
const mostCompiled = 200;

const filled = (
  spec: vega.Spec,
  data: Readonly<Record<string, readonly object[]>>,
  params: Readonly<Record<string, unknown>>,
): vega.Spec =>
  ({
    ...spec,
    data: spec.data?.map((set) => {
      const rows = data[set.name];
      return rows === undefined ? set : { ...set, values: rows.map((row) => ({ ...row })) };
    }),
    signals: spec.signals?.map((signal) =>
      params[signal.name] === undefined ? signal : { ...signal, value: params[signal.name] },
    ),
  }) as vega.Spec;

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
  const whole = filled(compileOnce(spec, options), data, options.params ?? {});
  const view = new vega.View(vega.parse(whole), {
    renderer: "none",
    loader: offline,
    logLevel: vega.Error,
    locale: locales[options.language],
  } as unknown as vega.ViewOptions);
  const svg = await view.toSVG();
  view.finalize();
  return labelled(ownIds(svg, options.id), options);
};
