import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { isPublished, type Published, reveal } from "../../disclosure/published.ts";
import type { Language } from "../../errors.ts";
import { escapeHtml } from "./html.ts";
import { locales } from "./locale.ts";
import { asSpans, bare, sourcesIn } from "./source.ts";
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
  /** Of each set of rows, the fields that hold values of facts: in them stands what was let out, and in no other. */
  readonly usermeta?: { readonly published?: Readonly<Record<string, readonly string[]>> };
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

/** Where a value that was let out lies on a line of its own: at `plus` + `times` · value. */
export interface Place {
  readonly of: Published<number>;
  readonly times: number;
  readonly plus: number;
}

const isPlace = (value: unknown): value is Place => typeof value === "object" && value !== null && "times" in value;

/** The position itself, to a hundredth. */
export const positionOf = ({ of, times, plus }: Place): number => Math.round((plus + times * reveal(of)) * 100) / 100;

/** One value of a row as it is drawn: the one place where charts open what was let out. */
const opened = (field: string, value: unknown, isFact: boolean): unknown => {
  if (isFact && value === null) return null;
  if (isFact) {
    if (!isPlace(value)) return reveal(value as Published<number>);
    return positionOf(value);
  }
  if (isPublished(value) || isPlace(value)) throw new TypeError(`The spec does not say that ${field} holds facts`);
  return value;
};

const openedRow = (row: object, facts: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field, opened(field, value, facts.includes(field))]));

type Data = Readonly<Record<string, readonly object[]>>;

const openedData = ({ usermeta }: ChartSpec, data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).map(([set, rows]) => [
      set,
      rows.map((row) => openedRow(row, usermeta?.published?.[set] ?? [])),
    ]),
  );

const filled = (spec: vega.Spec, data: Data, params: Readonly<Record<string, unknown>>): vega.Spec =>
  ({
    ...spec,
    data: spec.data?.map((set) => {
      const rows = data[set.name];
      return rows === undefined ? set : { ...set, values: rows };
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
        `<svg${attributes} role="img" aria-label="${escapeHtml(bare(options.description))}"${sourcesIn(options.description)} lang="${options.language}" focusable="false">`,
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
export const chart = async (spec: ChartSpec, data: Data, options: ChartOptions): Promise<string> => {
  measureWith(options.theme);
  const whole = filled(compileOnce(spec, options), openedData(spec, data), options.params ?? {});
  const view = new vega.View(vega.parse(whole), {
    renderer: "none",
    loader: offline,
    logLevel: vega.Error,
    locale: locales[options.language],
  } as unknown as vega.ViewOptions);
  const svg = await view.toSVG();
  view.finalize();
  return labelled(asSpans(ownIds(svg, options.id)), options);
};
