import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { expectClose, expected, input } from "../oracle/read.ts";

const example = readFileSync("docs/statistics.md", "utf8").match(/```js\n([^`]*spejl\/stats[^`]*)```/)![1]!;

/** The repository is the package, so that its own name resolves to what `exports` gives. */
const run = (code: string, ...flags: readonly string[]) =>
  spawnSync(process.execPath, [...flags, "--input-type=module", "-e", code], { encoding: "utf8" });

describe("the example of the statistics alone", () => {
  test("is ten lines at most, and of the data that R had", () => {
    expect(example.trim().split("\n").filter(Boolean).length).toBeLessThanOrEqual(10);
    const listed = (name: string) =>
      new RegExp(`${name} = \\w+\\.of\\(([^)]*)\\)`).exec(example)![1]!.split(", ").map(Number);
    const rows = input("example");
    for (const name of ["score", "leader"]) expect(listed(name)).toEqual(rows.map((row) => Number(row[name])));
  });

  test("prints what clubSandwich's coef_test and conf_int say", () => {
    const { stdout, stderr } = run(example);
    expect(stderr).toBe("");
    const printed = Object.fromEntries(
      [...stdout.matchAll(/(\w+): ([-\d.e]+)/g)].map(([, name, x]) => [name, Number(x)]),
    );
    const { robust } = expected("example") as { readonly robust: Readonly<Record<string, number>> };
    expect(Object.keys(printed).sort()).toEqual(Object.keys(robust).sort());
    for (const [name, value] of Object.entries(robust)) expectClose(printed[name], value, 1e-12, name);
  });
});

describe("spejl/stats", () => {
  test("loads itself and a generator of random numbers, and nothing else", () => {
    const hooks = `import { writeSync } from "node:fs";
      export async function resolve(specifier, context, next) {
        const found = await next(specifier, context);
        writeSync(2, found.url + "\\n");
        return found;
      }`;
    const urlOf = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
    const register = `import { register } from "node:module"; register(${JSON.stringify(urlOf(hooks))});`;
    const { stderr } = run('await import("spejl/stats");', "--import", urlOf(register));
    const loaded = stderr.split("\n").filter((line) => line.startsWith("file:"));
    expect(loaded.filter((url) => url.includes("/dist/src/stats/")).length).toBeGreaterThan(30);
    expect(loaded.filter((url) => !/\/dist\/src\/stats\/|\/node_modules\/pure-rand\//.test(url))).toEqual([]);
  });

  test("comes with its types, and the program beside it can be run", () => {
    expect(readFileSync("dist/src/stats/public.d.ts", "utf8")).toContain("clusterRobust");
    expect(statSync("dist/pipelines/cli.js").mode & 0o111).toBe(0o111);
    expect(execFileSync("dist/pipelines/cli.js", ["--help"], { encoding: "utf8" })).toContain("spejl");
  });
});
