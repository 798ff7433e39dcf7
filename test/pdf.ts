import { execFileSync, spawnSync } from "node:child_process";

/** Whether this machine can read the words of a PDF. */
export const readsPdf = spawnSync("pdftotext", ["-v"]).error === undefined;

/** The words that a PDF shows. */
export const wordsOfPdf = (pdf: Uint8Array): string =>
  execFileSync("pdftotext", ["-", "-"], { input: pdf, stdio: ["pipe", "pipe", "ignore"] }).toString("utf8");

const unescaped = (literal: string): string => literal.replace(/\\([()\\])/g, "$1");

const textOf = (value: string): string =>
  value.startsWith("<")
    ? Buffer.from(value.slice(5, -1).replace(/\s/g, ""), "hex").swap16().toString("utf16le")
    : unescaped(value.slice(1, -1));

/** The values of a key of the document's own records, as text. */
export const valuesInPdf = (pdf: Uint8Array, key: string): readonly string[] =>
  [
    ...Buffer.from(pdf)
      .toString("latin1")
      .matchAll(new RegExp(`/${key}\\s*(<FEFF[0-9A-F\\s]*>|\\((?:[^()\\\\]|\\\\.)*\\))`, "gs")),
  ].map(([, value]) => textOf(value!));
