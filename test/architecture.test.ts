import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { cruise, type ICruiseResult, type IModule } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, it } from "vitest";

/** From left to right: a folder imports only from itself and from the left. */
const order = [
  "errors",
  "explain",
  "stats",
  "study",
  "formats",
  "tables",
  "estimation",
  "disclosure",
  "reporting",
  "store",
  "server",
  "pipelines",
] as const;

const room = (file: string): string => {
  if (file.startsWith("pipelines/")) return "pipelines";
  const inside = file.replace(/^src\//, "");
  return inside.includes("/") ? (inside.split("/")[0] as string) : "errors";
};
const place = (file: string): number => order.indexOf(room(file) as (typeof order)[number]);

const touchesTheWorld = /^(node:)?(fs|fs\/promises|net|http|https|child_process|worker_threads|os)$|^@duckdb/;

let modules: readonly IModule[] = [];

beforeAll(async () => {
  const { output } = await cruise(
    ["src", "pipelines"],
    { doNotFollow: { path: "node_modules" }, exclude: { path: "\\.d\\.ts$" }, tsPreCompilationDeps: true },
    undefined,
    { tsConfig: extractTSConfig("tsconfig.json") },
  );
  modules = (output as ICruiseResult).modules.filter(({ source }) => /^(src|pipelines)\//.test(source));
}, 60_000);

const ownImports = () =>
  modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ resolved }) => /^(src|pipelines)\//.test(resolved))
      .map(({ resolved, circular }) => ({ from: source, to: resolved, circular })),
  );

describe("the house", () => {
  it("has every module in a known room", () => {
    expect(modules.length).toBeGreaterThan(50);
    expect(modules.map(({ source }) => source).filter((source) => place(source) < 0)).toEqual([]);
  });

  it("imports only from the same room or from the left", () => {
    expect(ownImports().filter(({ from, to }) => place(to) > place(from))).toEqual([]);
  });

  it("has no import cycles", () => {
    expect(ownImports().filter(({ circular }) => circular)).toEqual([]);
  });

  it("touches disk, database, processes and network only in store, server and pipelines", () => {
    const outside = modules.filter(({ source }) => place(source) < order.indexOf("store"));
    const found = outside.flatMap(({ source, dependencies }) =>
      dependencies.filter(({ module }) => touchesTheWorld.test(module)).map(({ module }) => `${source} → ${module}`),
    );
    expect(found).toEqual([]);
  });

  it("keeps code out of reports, and drawers of odds and ends out of the house", () => {
    const files = ["src", "pipelines", "reports"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    );
    expect(files.filter((file) => file.startsWith("reports/") && /\.[cm]?[jt]s$/.test(file))).toEqual([]);
    const drawers = /^(utils?|helpers?|common|types|index|misc)(\.ts)?$/;
    expect(files.filter((file) => drawers.test(basename(file)) || drawers.test(basename(dirname(file))))).toEqual([]);
  });

  it("says in the first line of every query what one row is", () => {
    const queries = readdirSync("pipelines", { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".sql"),
    );
    expect(queries.length).toBeGreaterThan(10);
    const silent = queries.filter((file) => !/^-- one row\b/.test(readFileSync(`pipelines/${file}`, "utf8")));
    expect(silent).toEqual([]);
  });
});
