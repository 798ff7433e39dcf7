import { isPublished, type Published, reveal } from "../../disclosure/published.ts";
import type { Language } from "../../errors.ts";
import { escapeHtml } from "./html.ts";
import { asSpans, bare, sourcesIn } from "./source.ts";

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

/** As much of a compiled chart as is filled in here. */
export interface Compiled extends Pick<ChartSpec, "usermeta"> {
  readonly data?: readonly { readonly name: string }[];
  readonly signals?: readonly { readonly name: string }[];
}

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

/** Rows by the name of the set that a spec reads them from. */
export type Data = Readonly<Record<string, readonly object[]>>;

const openedData = ({ usermeta }: Pick<ChartSpec, "usermeta">, data: Data): Data =>
  Object.fromEntries(
    Object.entries(data).map(([set, rows]) => [
      set,
      rows.map((row) => openedRow(row, usermeta?.published?.[set] ?? [])),
    ]),
  );

/** A compiled chart with its rows, opened, and the values of its params. */
export const filled = <S extends Compiled>(spec: S, data: Data, params: Readonly<Record<string, unknown>>): S => {
  const opened = openedData(spec, data);
  return {
    ...spec,
    data: spec.data?.map((set) => {
      const rows = opened[set.name];
      return rows === undefined ? set : { ...set, values: rows };
    }),
    signals: spec.signals?.map((signal) =>
      params[signal.name] === undefined ? signal : { ...signal, value: params[signal.name] },
    ),
  };
};

/** Ids are counted by Vega across all drawings of a process; here by their order in this one. */
const ownIds = (svg: string, prefix: string): string => {
  const names = new Map<string, string>();
  for (const [, id] of svg.matchAll(/ id="([^"]+)"/g)) names.set(id!, `${prefix}-${names.size + 1}`);
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${names.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${names.get(id) ?? id})`);
};

/** What a drawing says of itself in its page. */
export interface Labelled {
  /** Unique on the page: the prefix of every id in the drawing. */
  readonly id: string;
  /** Alternative text: what chart, x and y, the pattern, the numbers that matter. */
  readonly description: string;
  readonly language: Language;
}

/** Vega's own ARIA is English and leaves the description out: one labelled image, its parts hidden. */
const labelled = (svg: string, options: Labelled): string =>
  svg
    .replace(/ (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"/g, "")
    .replace(/ xmlns:xlink="[^"]*"/, "")
    .replace(
      /^<svg([^>]*)>/,
      (_, attributes: string) =>
        `<svg${attributes} role="img" aria-label="${escapeHtml(bare(options.description))}"${sourcesIn(options.description)} lang="${options.language}" focusable="false">`,
    )
    .replace(/(<svg[^>]*>)(.*)(<\/svg>)$/s, '$1<g aria-hidden="true">$2</g>$3');

/** A drawing of Vega as it stands in a page. */
export const finished = (svg: string, options: Labelled): string => labelled(asSpans(ownIds(svg, options.id)), options);
