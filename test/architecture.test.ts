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
  "audit",
  "disclosure",
  "reporting",
  "browser",
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

/** The rooms of the halls, from left to right; `.` are the files that stand on top of rooms. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  stats: ["matrix", "distribution", "moments", "regression", "mixed", "draws", "measurement", "trial", "."],
  estimation: ["design", "model", "inference", "trial", "ratings", "measurement", ".", "simulation"],
  reporting: ["page", "effect", "design", "leader", "management", "research"],
};
const inHall = (file: string, hall: string): readonly string[] | null =>
  file.startsWith(`src/${hall}/`) ? file.split("/").slice(2) : null;
const roomInHall = (file: string, hall: string): string | null => {
  const path = inHall(file, hall);
  return path && (path.length > 1 ? path[0]! : ".");
};

/** What sections of a reader's report may import beside page/, effect/ and themselves. */
const readers = ["leader", "management", "research"];
const readerOf = (file: string): string | null => {
  const room = roomInHall(file, "reporting");
  return room !== null && readers.includes(room) ? room : null;
};
const ground = /^(voice|drawing(-\w+)?|section|print)\.ts$/;

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

  it.each(Object.entries(rooms))(
    "has every file of %s in a room, and no import back up between rooms",
    (hall, order) => {
      const found = modules.flatMap(({ source }) => roomInHall(source, hall) ?? []);
      expect([...new Set(found)].filter((each) => !order.includes(each))).toEqual([]);
      const back = ownImports().filter(({ from, to }) => {
        const [a, b] = [roomInHall(from, hall), roomInHall(to, hall)];
        return a !== null && b !== null && order.indexOf(b) > order.indexOf(a);
      });
      expect(back).toEqual([]);
    },
  );

  it("keeps readers apart", () => {
    const strays = ownImports().filter(({ from, to }) => {
      const [own, other] = [readerOf(from), readerOf(to)];
      return own !== null && other !== null && own !== other;
    });
    expect(strays).toEqual([]);
  });

  it.each(readers)("keeps sections of a %s report from each other and from the whole report", (reader) => {
    const strays = ownImports().filter(({ from, to }) => {
      const [own, other] = [inHall(from, "reporting"), inHall(to, "reporting")];
      if (readerOf(from) !== reader || readerOf(to) !== reader || own!.length < 3) return false;
      return other!.length < 3 ? !ground.test(other![1]!) : own![1] !== other![1];
    });
    expect(strays.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("keeps the auditor and what it judges from sharing code", () => {
    const apart = ["audit", "disclosure"];
    const shared = ownImports().filter(
      ({ from, to }) => room(from) !== room(to) && apart.includes(room(from)) && apart.includes(room(to)),
    );
    expect(modules.some(({ source }) => room(source) === "audit")).toBe(true);
    expect(shared).toEqual([]);
  });

  it("lets the server reach what was released, and nothing that it was made from", () => {
    const isServer = ({ source }: IModule): boolean =>
      room(source) === "server" || /^pipelines\/serve\/(drawing-)?process\.ts$/.test(source);
    const direct = new Set(
      ownImports()
        .filter(({ from, to }) => room(from) === "server" && room(to) === "store")
        .map(({ to }) => to),
    );
    expect([...direct].sort()).toEqual([
      "src/store/log/chain.ts",
      "src/store/release-manifest.ts",
      "src/store/releases.ts",
      "src/store/report-assets.ts",
      "src/store/run-status.ts",
      "src/store/system-fault.ts",
    ]);
    const of = new Map(modules.map(({ source, dependencies }) => [source, dependencies]));
    const loaded = new Set(modules.filter(isServer).map(({ source }) => source));
    for (const file of loaded)
      for (const { resolved, dependencyTypes } of of.get(file) ?? [])
        if (!dependencyTypes.includes("type-only")) loaded.add(resolved);
    expect(loaded).toContain("src/server/serve.ts");
    const kept =
      /^src\/store\/(vault|persons|deliveries|backup|log\/(log|exclusive))|^src\/(formats|estimation)\/|duckdb|typst/;
    expect([...loaded].filter((file) => kept.test(file))).toEqual([]);
  });

  it("answers requests in a process that cannot draw", () => {
    const loaded = new Set(["pipelines/serve/process.ts"]);
    const of = new Map(modules.map(({ source, dependencies }) => [source, dependencies]));
    for (const file of loaded)
      for (const { resolved, dependencyTypes } of of.get(file) ?? [])
        if (!dependencyTypes.includes("type-only")) loaded.add(resolved);
    expect(loaded).toContain("src/server/pages/report-pages.ts");
    expect([...loaded].filter((file) => /vega|fontkit/.test(file))).toEqual([]);
  });

  it("loads no estimator and no chart for a stage that has nothing to do", () => {
    const loaded = new Set(["estimate", "publish"].map((stage) => `pipelines/${stage}/${stage}.ts`));
    const of = new Map(modules.map(({ source, dependencies }) => [source, dependencies]));
    for (const file of loaded)
      for (const { resolved, dynamic, dependencyTypes } of of.get(file) ?? [])
        if (!dynamic && !dependencyTypes.includes("type-only")) loaded.add(resolved);
    expect(loaded).toContain("pipelines/stage.ts");
    expect([...loaded].filter((file) => /^src\/(stats|estimation|reporting)\/|vega|fontkit/.test(file))).toEqual([]);
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

  it("says of every export of stats, estimation, disclosure and audit what it is", () => {
    const files = ["stats", "estimation", "audit", "disclosure"].flatMap((hall) =>
      readdirSync(`src/${hall}`, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `src/${hall}/${file}`),
    );
    const silent = files.flatMap((file) => {
      const lines = readFileSync(file, "utf8").split("\n");
      const declared = /^export (async |abstract )*(function|const|interface|type|class)\b/;
      return lines.flatMap((line, k) =>
        declared.test(line) && !/^( \*\/|\/\*\*.*\*\/)$/.test(lines[k - 1] ?? "") && !/^export type \{/.test(line)
          ? [`${file}: ${line}`]
          : [],
      );
    });
    expect(files.length).toBeGreaterThan(100);
    expect(silent).toEqual([]);
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
