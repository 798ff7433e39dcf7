import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Mutant } from "./mutants.ts";
import { linesOf } from "./tree.ts";

/** A file of tests that passes when no mutant is switched on. */
export interface TestFile {
  readonly path: string;
  readonly seconds: number;
  /** Ids of the mutants that it reaches. */
  readonly reaches: ReadonlySet<string>;
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

/** By process what runs, and the folder of its files. */
const running = new Map<number, string>();

/** Ends tests that run, with all that they started and wrote. */
export const endTests = (): void => {
  for (const [pid, home] of running) {
    process.kill(-pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Runs tests in a copy; null where nothing ended within the time. */
const runTests = async (
  tree: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  mostSeconds: number,
): Promise<Report | null> => {
  const home = await mkdtemp(join(tmpdir(), "spejl-mutant-"));
  const out = join(home, "report.json");
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        [
          join(tree, "node_modules/vitest/vitest.mjs"),
          ...["run", "--config", "vitest.mutation.config.mjs", "--reporter=json", `--outputFile=${out}`],
          ...words,
        ],
        // Files that an ended test leaves behind go with the folder.
        { cwd: tree, env: { ...process.env, ...environment, TMPDIR: home }, stdio: "ignore", detached: true },
      );
      const { pid } = child;
      if (pid !== undefined) running.set(pid, home);
      const timer = setTimeout(() => pid !== undefined && process.kill(-pid, "SIGKILL"), mostSeconds * 1000);
      child.on("error", reject);
      child.on("exit", () => pid !== undefined && running.delete(pid));
      child.on("close", () => {
        clearTimeout(timer);
        resolve();
      });
    });
    const text = await readFile(out, "utf8").catch(() => null);
    return text === null ? null : (JSON.parse(text) as Report);
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Runs all tests once without a mutant: what each file reaches and how long it takes. Files that fail are only named. */
export const readTests = async (
  tree: string,
  filters: readonly string[],
): Promise<{ readonly tests: readonly TestFile[]; readonly failing: readonly string[] }> => {
  const folder = join(tree, "reached");
  await mkdir(folder);
  const report = await runTests(tree, ["--isolate", ...filters], { MUTANTS_FOLDER: folder }, 7200);
  if (report === null) throw new Error("the tests did not end");
  const noted = new Set(await readdir(folder));
  const [passed, failed] = [true, false].map((is) =>
    report.testResults.filter(({ status }) => (status === "passed") === is),
  );
  const tests = await Promise.all(
    passed!.map(async ({ name, startTime, endTime }) => {
      const path = relative(tree, name);
      const note = encodeURIComponent(path);
      const reaches = new Set(noted.has(note) ? await linesOf(join(folder, note)) : []);
      return { path, seconds: (endTime - startTime) / 1000, reaches };
    }),
  );
  return { tests, failing: failed!.map(({ name }) => relative(tree, name)) };
};

export interface Tried {
  readonly mutant: Mutant;
  readonly end: "found" | "found by time" | "survived" | "not reached";
  /** Files of tests that were run, of those that reach the mutant. */
  readonly run: number;
  readonly reaching: number;
  /** The test file that found it. */
  readonly by: string | null;
}

/** How many folders a test and a source have in common: tests mirror the sources. */
const nearness = (test: TestFile, { file }: Mutant): number => {
  const [, ...folders] = test.path.split("/");
  const own = file.replace(/^src\//, "").split("/");
  const apart = folders.findIndex((folder, k) => folder !== own[k]);
  return apart < 0 ? folders.length : apart;
};

/** Runs the nearest and quickest test files that reach a mutant, for about `mostSeconds` of what they take without it, until one fails. */
export const tryMutant = async (
  tree: string,
  mutant: Mutant,
  tests: readonly TestFile[],
  mostSeconds: number,
): Promise<Tried> => {
  const reaching = tests
    .filter(({ reaches }) => reaches.has(mutant.id))
    .sort((a, b) => nearness(b, mutant) - nearness(a, mutant) || a.seconds - b.seconds);
  if (reaching.length === 0) return { mutant, end: "not reached", run: 0, reaching: 0, by: null };
  let seconds = 0;
  const chosen = reaching.filter((test, k) => {
    seconds += test.seconds;
    return k === 0 || seconds <= mostSeconds;
  });
  const paths = chosen.map(({ path }) => path);
  const report = await runTests(
    tree,
    ["--bail=1", "--maxWorkers=1", ...paths],
    { __STRYKER_ACTIVE_MUTANT__: mutant.id, MUTANTS_TESTS: paths.join(" ") },
    300 + 10 * Math.min(seconds, mostSeconds),
  );
  const tried = { mutant, run: chosen.length, reaching: reaching.length };
  if (report === null) return { ...tried, end: "found by time", by: null };
  const failed = report.testResults.find(({ status }) => status === "failed");
  if (failed === undefined) return { ...tried, end: "survived", by: null };
  const messages = [failed.message, ...failed.assertionResults.flatMap(({ failureMessages }) => failureMessages)];
  const isTime = messages.filter((text) => text !== "").every((text) => text.includes("timed out"));
  return { ...tried, end: isTime ? "found by time" : "found", by: relative(tree, failed.name) };
};
