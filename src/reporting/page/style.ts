import type { Assets } from "./assets.ts";

const shownFont = (name: string) => `@fontsource-variable/${name}/files/${name}-latin-wght-normal.woff2`;

const face = (family: string, name: string, assets: Assets): string =>
  `@font-face{font-family:"${family}";font-style:normal;font-weight:200 900;font-display:swap;src:url(${assets.fontUrl(shownFont(name))}) format("woff2")}`;

/** The font of the charts, for a chart that leaves its page: an SVG of its own. */
export const chartFace = (assets: Assets): string => face("Source Sans 3 Variable", "source-sans-3", assets);

/** The fonts that a page is set in. */
export const fontFaces = (assets: Assets): string =>
  [chartFace(assets), face("Source Serif 4 Variable", "source-serif-4", assets)].join("\n");

/** Everything that a page needs in its `<style>`. */
export const styleOf = (assets: Assets, reportCss: string): string =>
  [
    fontFaces(assets),
    assets.text("reports/theme/screen.css"),
    assets.text(reportCss),
    assets.text("reports/theme/print.css"),
  ].join("\n");
