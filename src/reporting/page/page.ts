import type { Language } from "../../errors.ts";
import type { Assets } from "./assets.ts";
import { type Html, html, toText, trusted } from "./html.ts";
import { bare, sourcesIn } from "./source.ts";

/** What a page says first: the finding as its heading, and the sentences below it. */
export interface Finding {
  readonly title: string;
  readonly lede: string;
}

/** Fills the `{{name}}` slots of a template. A slot without content, or content without a slot, is a bug. */
export const filled = (template: string, slots: Readonly<Record<string, Html>>): string => {
  const used = new Set<string>();
  const text = template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const content = slots[name];
    if (content === undefined) throw new Error(`Nothing for slot ${name}`);
    used.add(name);
    return toText(content);
  });
  const spare = Object.keys(slots).filter((name) => !used.has(name));
  if (spare.length > 0) throw new Error(`No slot for ${spare.join(", ")}`);
  return text;
};

/** What every page says before its content: language, title of the document, and the words that skip to the content. */
interface Head {
  readonly language: Language;
  readonly title: string;
  readonly skip: string;
}

/** Files beside a page, by their addresses, and what the page lets a browser do with them. */
export interface Linked {
  readonly style: string;
  readonly script: string;
  readonly policy: string;
}

type Reader = "leader" | "management" | "research";

const inShell = (
  reader: Reader,
  { language, title, skip }: Head,
  { policy, links }: { readonly policy: string; readonly links: Html },
  slots: Readonly<Record<string, Html>>,
  assets: Assets,
): string =>
  filled(assets.text("reports/shell.html"), {
    language: html`${language}`,
    policy: trusted(policy),
    title: html`${bare(title)}`,
    links,
    skip: html`${skip}`,
    content: trusted(filled(assets.text(`reports/${reader}/page.html`), slots).trimEnd()),
  });

const alone = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/** A reader's page in the shell that all readers share: one file that runs no script and fetches nothing. */
export const page = (
  reader: Reader,
  head: Head & { readonly style: string },
  slots: Readonly<Record<string, Html>>,
  assets: Assets,
): string =>
  inShell(reader, head, { policy: alone, links: trusted(`<style>\n${head.style}\n</style>`) }, slots, assets);

/** The same with a style sheet and a script beside it. */
export const linkedPage = (
  reader: Reader,
  head: Head & { readonly linked: Linked },
  slots: Readonly<Record<string, Html>>,
  assets: Assets,
): string => {
  const { style, script, policy } = head.linked;
  const links = html`<link rel="stylesheet" href="${style}">\n<script defer src="${script}"></script>`;
  return inShell(reader, head, { policy, links }, slots, assets);
};

/** The numbers of a figure, as a table: the first cell of a row is its heading. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The same chart drawn for wide and for narrow pages; CSS shows one of them. */
export interface Drawing {
  readonly wide: string;
  readonly narrow: string;
}

export interface Figure {
  /** Unique on the page; ids of the parts are made from it. */
  readonly id: string;
  readonly title: string;
  /** What is measured, unit, who, when; empty leaves it out. */
  readonly sub: string;
  readonly drawing: Drawing;
  readonly key: Html | null;
  readonly reading: string;
  readonly note: string;
  readonly table: FigureTable;
  /** The words on the table's fold, e.g. "Vis tallene som tabel"; null where it stands open. */
  readonly showTable: string | null;
}

export const dataTable = ({ caption, columns, rows }: FigureTable): Html =>
  html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"${trusted(sourcesIn(caption))}><table><caption>${caption}</caption><thead><tr>${columns.map(
    (name) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([head = "", ...cells]) =>
      html`<tr><th scope="row">${head}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;

const drawn = ({ wide, narrow }: Drawing): Html =>
  wide === narrow
    ? html`<div class="chart">${trusted(wide)}</div>`
    : html`<div class="chart wide">${trusted(wide)}</div><div class="chart narrow">${trusted(narrow)}</div>`;

/** A chart with its finding above, its reading below and its numbers as a table. */
export const figure = (
  f: Figure,
): Html => html`<figure id="${f.id}" aria-labelledby="${f.id}-t" aria-describedby="${f.id}-r">
<h2 id="${f.id}-t">${f.title}</h2>
${f.sub === "" ? null : html`<p class="sub">${f.sub}</p>`}
${f.key === null ? null : html`<div class="key">${f.key}</div>`}
${drawn(f.drawing)}
<figcaption><p id="${f.id}-r" class="read">${f.reading}</p>${f.note === "" ? null : html`<p class="note">${f.note}</p>`}</figcaption>
${f.showTable === null ? dataTable(f.table) : html`<details class="tbl"><summary>${f.showTable}</summary>${dataTable(f.table)}</details>`}
</figure>`;

/** Stands where a chart would, when its numbers may not be shown: the same look every time, never an error. */
export const suppressedPanel = (heading: string, text: string): Html =>
  html`<div class="suppressed"><h3>${heading}</h3><p>${text}</p></div>`;
