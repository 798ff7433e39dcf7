import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { compile, type TopLevelSpec } from "vega-lite";
import { dashboardScript } from "../src/reporting/management/dashboard-script.ts";
import { asset, packageRoot } from "../src/store/assets.ts";

/** A browser is given charts that are compiled: what compiles them is several times as large as what draws them. */
const compiled: Plugin = {
  name: "vega-lite",
  setup: ({ onLoad }) => {
    const config = JSON.parse(asset("reports/theme/vega.json"));
    onLoad({ filter: /\.vl\.json$/ }, async ({ path }) => {
      const spec = JSON.parse(await readFile(path, "utf8")) as TopLevelSpec;
      // Of any size: a drawing says its own.
      const sized = { ...spec, width: 300, height: 200 } as TopLevelSpec;
      return { contents: JSON.stringify(compile(sized, { config }).spec), loader: "json" };
    });
  },
};

/** Makes the script of the dashboard of the sources in `src/browser/`: one file, for pages at a server and on a disk. */
const bundle = () =>
  build({
    entryPoints: [join(packageRoot, "src/browser/dashboard.ts")],
    outfile: join(packageRoot, dashboardScript),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    plugins: [compiled],
    legalComments: "eof",
    logLevel: "warning",
  });

await bundle();
