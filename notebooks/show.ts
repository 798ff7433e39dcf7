import type { DataFrame } from "danfojs";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

declare const Deno: {
  readonly jupyter: {
    readonly display: (data: Record<string, unknown>, options: { readonly raw: boolean }) => Promise<void>;
  };
};

const escaped = (value: unknown): string => String(value).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const cellText = (value: unknown): string =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : escaped(value);

/** Shows a frame as a table under the cell. */
export const showFrame = (frame: DataFrame): Promise<void> => {
  const head = frame.columns.map((name) => `<th>${escaped(name)}</th>`).join("");
  const rows = (frame.values as readonly (readonly unknown[])[])
    .map((row) => `<tr>${row.map((value) => `<td>${cellText(value)}</td>`).join("")}</tr>`)
    .join("\n");
  return Deno.jupyter.display(
    { "text/html": `<table><thead><tr>${head}</tr></thead>\n<tbody>\n${rows}\n</tbody></table>` },
    { raw: true },
  );
};

/** Shows a Vega-Lite chart under the cell: live where the reader can draw it, as a picture everywhere else. */
export const showChart = async (spec: TopLevelSpec): Promise<void> => {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  const svg = await view.toSVG();
  await Deno.jupyter.display({ "application/vnd.vegalite.v5+json": spec, "image/svg+xml": svg }, { raw: true });
};
