import {
  Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type YAMLSeq,
} from "yaml";
import type { Condition, MissingKind, Rater } from "./study.ts";

/** A delivery as it is written into a study file; what is empty is left out. */
export interface DeliveryEntry {
  readonly file: string;
  readonly wave: string;
  readonly rater: Rater;
  readonly columns: Readonly<Record<string, string>>;
  readonly items: Readonly<Record<string, string>>;
  readonly notAsked: readonly string[];
  readonly codes: ReadonlyMap<string, number | MissingKind> | null;
  readonly where: Readonly<Record<string, Condition>>;
  readonly codebook: readonly string[];
}

const lineWidth = 110;
/** A longer list stands in lines of its own. */
const mostInLine = 8;
const wholeNumber = /^(0|-?[1-9]\d{0,14})$/;

/** A text that YAML would take for a whole number stands without quotation marks: it is read as it is written. */
const plain = (text: string): string | number => (wholeNumber.test(text) ? Number(text) : text);

const conditionValue = (condition: Condition): unknown => {
  if (typeof condition === "string") return plain(condition);
  if ("not" in condition) return { not: conditionValue(condition.not) };
  return condition.map(plain);
};

const isFilled = (value: unknown): boolean =>
  value !== null && (value instanceof Map ? value.size > 0 : Object.keys(value as object).length > 0);

const contentOf = (entry: DeliveryEntry): ReadonlyMap<string, unknown> => {
  const mapped = (record: Readonly<Record<string, string>>) =>
    new Map(Object.entries(record).map(([key, name]) => [plain(key), plain(name)]));
  const parts: readonly (readonly [string, unknown])[] = [
    ["columns", mapped(entry.columns)],
    ["items", mapped(entry.items)],
    ["notAsked", entry.notAsked.map(plain)],
    ["codes", entry.codes && new Map([...entry.codes].map(([code, meaning]) => [plain(code), meaning]))],
    ["where", new Map(Object.entries(entry.where).map(([name, value]) => [plain(name), conditionValue(value)]))],
    ["codebook", entry.codebook],
  ];
  return new Map<string, unknown>([
    ["file", entry.file],
    ["wave", plain(entry.wave)],
    ["rater", entry.rater],
    ...parts.filter(([, value]) => isFilled(value)),
  ]);
};

/** The lines of a delivery in a study file's list. */
export const deliveryLines = (entry: DeliveryEntry, indent: string): string => {
  const document = new Document([contentOf(entry)]);
  visit(document, {
    Collection: (_, node, path) => {
      if (path.length > 3) node.flow = node.items.length <= mostInLine;
    },
  });
  const lines = document
    .toString({ lineWidth: lineWidth - indent.length })
    .trimEnd()
    .split("\n");
  return lines.map((line) => `${indent}${line}\n`).join("");
};

/** Where a node's text ends: its last scalar or closing bracket, without the comments and blank lines after it. */
const endOf = (node: unknown): number => {
  if (isPair(node)) return endOf(node.value ?? node.key);
  if (isCollection(node) && !node.flow && node.items.length > 0) return endOf(node.items.at(-1));
  return isScalar(node) || isCollection(node) ? (node.range?.[1] ?? 0) : 0;
};

const afterLine = (text: string, offset: number): number => {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
};

const splice = (text: string, start: number, end: number, added: string): string => {
  const all = `${text.slice(0, start)}${added}${text.slice(end)}`;
  return text.includes("\r\n") ? all.replace(/\r?\n/g, "\r\n") : all;
};

/** What has to stand before lines that begin at an offset: nothing, or the line end that the text lacks there. */
const lineEnd = (text: string, offset: number): string => (offset === 0 || text[offset - 1] === "\n" ? "" : "\n");

const afterItems = (text: string, list: YAMLSeq, entries: readonly DeliveryEntry[]): string => {
  const dash = text.lastIndexOf("\n", (list.items[0] as { range: [number] }).range[0] - 1) + 1;
  const indent = /^[ ]*/.exec(text.slice(dash))?.[0] ?? "";
  const at = afterLine(text, endOf(list));
  return splice(text, at, at, lineEnd(text, at) + entries.map((entry) => deliveryLines(entry, indent)).join(""));
};

/** A study file in braces, as JSON is: written anew as a whole. */
const rewritten = (text: string, entries: readonly DeliveryEntry[]): string => {
  const document = parseDocument(text);
  for (const entry of entries) document.addIn(["deliveries"], document.createNode(contentOf(entry)));
  return document.toString({ lineWidth: 0 });
};

/** A study file's text with deliveries added to its list; every other character, comments too, stays as it is. */
export const addDeliveries = (text: string, entries: readonly DeliveryEntry[]): string => {
  const document = parseDocument(text);
  const root = document.contents;
  if (!isMap(root) || root.flow) return rewritten(text, entries);
  const lines = entries.map((entry) => deliveryLines(entry, "  ")).join("");
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "deliveries") as Pair | undefined;
  if (pair === undefined)
    return splice(text, text.length, text.length, `${lineEnd(text, text.length)}\ndeliveries:\n${lines}`);
  const list = pair.value;
  if (isSeq(list) && !list.flow && list.items.length > 0) return afterItems(text, list, entries);
  if (isSeq(list) && list.flow && list.items.length > 0) return rewritten(text, entries);
  const key = endOf(pair.key);
  const colon = text.indexOf(":", key) + 1;
  const end = isSeq(list) ? (list.range?.[1] ?? colon) : colon;
  const rest = afterLine(text, end);
  return splice(text, colon, rest, `${text.slice(end, rest).trimEnd()}\n${lines}`);
};
