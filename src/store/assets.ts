import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const findRoot = (folder: string): string =>
  existsSync(join(folder, "package.json")) && existsSync(join(folder, "reports")) ? folder : findRoot(dirname(folder));

/** The package's own folder, the same whether the TypeScript source or the built JavaScript runs. */
export const packageRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** A file that the package ships (a query, a template, words), by its path in the package. */
export const asset = (path: string): string => readFileSync(join(packageRoot, path), "utf8");

export const packageVersion = (): string => (JSON.parse(asset("package.json")) as { version: string }).version;
