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

const font = remembered((path) => readFileSync(resolve(path)));

/** Templates, words, specs, styles and fonts, each read once; a page holds its fonts. */
export const reportAssets: Assets = {
  text: remembered(asset),
  font,
  fontUrl: (path) => `data:font/woff2;base64,${font(path).toString("base64")}`,
};
