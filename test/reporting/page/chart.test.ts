import { describe, expect, it } from "vitest";
import { chart } from "../../../src/reporting/page/chart.ts";
import type { ChartSpec } from "../../../src/reporting/page/chart-parts.ts";
import { themeOf } from "../../../src/reporting/page/theme.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";

const theme = themeOf(reportAssets);
const spec: ChartSpec = {
  $schema: "https://vega.github.io/schema/vega-lite/v6.json",
  params: [{ name: "low" }, { name: "high" }],
  data: { name: "rows" },
  mark: { type: "bar", clip: true },
  encoding: {
    x: {
      field: "value",
      type: "quantitative",
      axis: { format: ".1f" },
      scale: { domain: [{ expr: "low" }, { expr: "high" }] },
    },
    y: { field: "name", type: "nominal", axis: { title: null } },
  },
};
const rows = [
  { name: "Grænsekrydsende samarbejde", value: 1.5 },
  { name: 'B"<&', value: 2.5 },
];
const options = {
  theme,
  id: "f1",
  width: 300,
  height: 60,
  description: 'Søjler: "A" & <B>',
  language: "da",
  params: { low: 0, high: 4 },
} as const;

describe("a chart", () => {
  it("is one labelled image whose parts are hidden, without Vega's English", async () => {
    const svg = await chart(spec, { rows }, options);
    expect(svg).toMatch(
      /^<svg[^>]* role="img" aria-label="Søjler: &quot;A&quot; &amp; &lt;B&gt;" lang="da" focusable="false">/,
    );
    expect(svg).toMatch(/<svg[^>]*><g aria-hidden="true">.*<\/g><\/svg>$/s);
    expect(svg).not.toMatch(/aria-roledescription|graphics-|titled/);
    expect(svg.match(/aria-label/g)).toHaveLength(1);
  });
  it("has the same bytes every time, also beside others drawn at once", async () => {
    const alone = await chart(spec, { rows }, options);
    const [one, two] = await Promise.all([
      chart(spec, { rows }, options),
      chart(spec, { rows }, { ...options, id: "f2" }),
    ]);
    expect(one).toBe(alone);
    expect(two.replaceAll("f2-", "f1-")).toBe(alone);
    expect(one).toContain('id="f1-1"');
  });
  it("is as large as it is asked to be, whatever was drawn of its spec before", async () => {
    const size = { width: 500, height: 90 };
    await chart(spec, { rows }, options);
    const again = await chart(spec, { rows }, { ...options, ...size });
    expect(again).toBe(await chart({ ...spec, description: "compiled anew" }, { rows }, { ...options, ...size }));
    expect(again).not.toBe(await chart(spec, { rows }, options));
  });
  it("speaks Danish and English side by side", async () => {
    const [da, en] = await Promise.all([
      chart(spec, { rows }, options),
      chart(spec, { rows }, { ...options, language: "en" }),
    ]);
    expect(da).toContain(">0,5<");
    expect(en).toContain(">0.5<");
  });
  it("makes room for words as wide as the font draws them", async () => {
    const svg = await chart(spec, { rows }, options);
    const width = Number(/ width="([\d.]+)"/.exec(svg)?.[1]);
    expect(width).toBeGreaterThan(300 + theme.width(rows[0]!.name, 12, false));
    expect(width).toBeLessThan(300 + theme.width(rows[0]!.name, 12, false) + 30);
    expect(theme.width("Grænsekrydsende samarbejde", 14, false)).toBeCloseTo(178, -1);
  });
  it("reads no address", async () => {
    const remote = { ...spec, data: { url: "https://example.org/rows.json" } };
    const svg = await chart(remote, {}, options);
    expect(svg).not.toContain("Grænse");
  });
});
