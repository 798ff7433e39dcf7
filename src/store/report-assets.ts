import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Assets } from "../reporting/page/assets.ts";
import { asset } from "./assets.ts";

const resolve = createRequire(import.meta.url).resolve;

const remembered = <T>(read: (path: string) => T): ((path: string) => T) => {
  const known = new Map<string, T>();
  return (path) => {
    const value = known.get(path) ?? read(path);
    known.set(path, value);
    return value;
  };
};

/** Templates, words, specs, styles and fonts, each read once. */
export const reportAssets: Assets = {
  text: remembered(asset),
  font: remembered((path) => readFileSync(resolve(path))),
};
