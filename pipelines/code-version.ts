import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../src/store/assets.ts";
import { contentHash } from "../src/study/plan-hash.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const ending = extname(fileURLToPath(import.meta.url));

/** Files that a source file imports, and files of the package that it names. */
const namedIn = (file: string, text: string): readonly string[] => {
  const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((found) =>
    join(dirname(file), found[1] ?? ""),
  );
  const assets = [...text.matchAll(/"((?:pipelines|reports|data)\/[\w./-]+\.\w+)"/g)].map((found) =>
    join(packageRoot, found[1] ?? ""),
  );
  return [...imports, ...assets];
};

const isSource = (file: string): boolean => extname(file) === ending;

/** Every file that can run, or be read by name, from these on; by path, what it holds. */
export const reachedFrom = (first: readonly string[]): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  const open = [...first];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (found.has(file) || !existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    found.set(file, text);
    if (isSource(file)) open.push(...namedIn(file, text));
  }
  return found;
};

/** The files that a stage uses; the queries beside it are named by parts in the code. */
export const stageFiles = (stage: string): ReadonlyMap<string, string> => {
  const queries = join(packageRoot, "pipelines", stage);
  const beside = existsSync(queries)
    ? readdirSync(queries)
        .filter((name) => name.endsWith(".sql"))
        .map((name) => join(queries, name))
    : [];
  return reachedFrom([join(here, stage, `${stage}${ending}`), ...beside]);
};

/** One hash of files, wherever the package lies. */
export const versionOf = (files: ReadonlyMap<string, string>): string =>
  contentHash(
    [...files].map(([file, text]) => [relative(file.startsWith(root) ? root : packageRoot, file), text]).sort(),
  );

const versions = new Map<string, string>();

/** Hash of the code and queries that a stage uses: it is redone when they change, and only then. */
export const codeVersion = (stage: string): string => {
  const known = versions.get(stage) ?? versionOf(stageFiles(stage));
  versions.set(stage, known);
  return known;
};
