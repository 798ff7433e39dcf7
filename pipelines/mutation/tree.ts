import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import ts from "typescript";

/** Sources of the package under these paths. */
export const sourcesIn = (root: string, paths: readonly string[]): readonly string[] =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...paths], { cwd: root, encoding: "utf8" })
    .split("\n")
    .filter((path) => path.endsWith(".ts"));

/** Notes each mutant that a process reaches, at once: a process may be killed. */
const reaching = `import { appendFileSync } from "node:fs";
const file = process.env.MUTANTS_REACHED;
if (file) {
  const seen = new Set();
  const reached = new Proxy({}, {
    set(_, id) {
      if (!seen.has(id)) appendFileSync(file, id + "\\n");
      seen.add(id);
      return true;
    },
  });
  (globalThis.__stryker__ ??= {}).mutantCoverage = { static: reached, perTest: {} };
}
`;

/** Before each file of tests: what it reaches, itself or by the commands that it runs, is noted under its name. */
const setup = `import { join, relative } from "node:path";
import { expect } from "vitest";
const folder = process.env.MUTANTS_FOLDER;
if (folder) {
  const { testPath } = expect.getState();
  const test = testPath ?? globalThis.__vitest_worker__.filepath;
  process.env.MUTANTS_REACHED = join(folder, encodeURIComponent(relative(process.cwd(), test)));
  process.env.NODE_OPTIONS = (process.env.NODE_OPTIONS ?? "") + " --import " + new URL("./reached.mjs", import.meta.url).href;
  await import("./reached.mjs");
}
`;

const config = `import { BaseSequencer } from "vitest/node";
import { mergeConfig } from "vitest/config";
import base from "./vitest.config.ts";
const order = (process.env.MUTANTS_TESTS ?? "").split(" ");
const place = ({ moduleId }) => order.findIndex((test) => moduleId.endsWith("/" + test));
class InGivenOrder extends BaseSequencer {
  sort(files) {
    return order.length > 1 ? [...files].sort((a, b) => place(a) - place(b)) : super.sort(files);
  }
}
export default mergeConfig(base, { test: { setupFiles: ["mutation-setup.mjs"], sequence: { sequencer: InGivenOrder } } });
`;

/** A copy of the package in which mutants can be switched on, in its sources and in what is built of them. */
export const makeTree = async (
  root: string,
  instrumented: readonly { readonly file: string; readonly text: string }[],
): Promise<string> => {
  const tree = await mkdtemp(join(tmpdir(), "spejl-mutation-"));
  const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });
  for (const path of tracked.split("\0").filter((each) => each !== "")) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await cp(join(root, path), join(tree, path), { verbatimSymlinks: true });
  }
  await cp(join(root, "dist"), join(tree, "dist"), { recursive: true });
  await symlink(join(root, "node_modules"), join(tree, "node_modules"));
  const { config: read } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile) as {
    readonly config: { readonly compilerOptions: ts.CompilerOptions };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...read.compilerOptions, sourceMap: false, declaration: false },
    root,
  );
  for (const { file, text } of instrumented) {
    await writeFile(join(tree, file), text);
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: { ...options, module: ts.ModuleKind.ESNext },
      fileName: file,
    });
    await writeFile(join(tree, "dist", file.replace(/\.ts$/, ".js")), outputText);
  }
  await writeFile(join(tree, "reached.mjs"), reaching);
  await writeFile(join(tree, "mutation-setup.mjs"), setup);
  await writeFile(join(tree, "vitest.mutation.config.mjs"), config);
  return tree;
};

/** Lines of a file that may not be there. */
export const linesOf = async (path: string): Promise<readonly string[]> =>
  (await readFile(path, "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
