import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
} from "yaml";
import { type Place, Refusal } from "../errors.ts";

export type Path = readonly (string | number)[];

/** What a YAML file says, every scalar as the text it was written as, with the place of each node. */
export interface Source {
  readonly value: unknown;
  /** Where the value at a path stands; for an absent key, its empty key or the mapping that lacks it. */
  readonly place: (path: Path) => Place;
  /** Where the key itself stands that ends the path. */
  readonly keyPlace: (path: Path) => Place;
  readonly has: (path: Path) => boolean;
  /** Keys of the mapping at a path in the order of the file (an object would put `1` before `a`). */
  readonly keys: (path: Path) => readonly string[];
}

const deepest = 64;
const mostNodes = 200_000;

type Fail = (cause: string, node: Node | null) => never;
interface Limits {
  nodes: number;
  readonly fail: Fail;
  readonly resolve: (node: Node) => Node | undefined;
}

const scalarText = (node: Scalar): string | undefined => {
  const text = node.source ?? (node.value === null ? "" : String(node.value));
  return (node.type === undefined || node.type === Scalar.PLAIN) && ["", "~", "null"].includes(text) ? undefined : text;
};

const keyText = (pair: Pair): string => {
  const key = pair.key;
  return isScalar(key) ? (key.source ?? String(key.value ?? "")) : String(key);
};

const plain = (node: Node | null, depth: number, limits: Limits): unknown => {
  if (node === null || node === undefined) return undefined;
  limits.nodes += 1;
  if (depth > deepest || limits.nodes > mostNodes) limits.fail("RESOURCE_EXHAUSTION", node);
  if (isAlias(node)) {
    const target = limits.resolve(node);
    if (target === undefined) return limits.fail("BAD_ALIAS", node);
    return plain(target, depth + 1, limits);
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node, depth + 1, limits));
  if (!isMap(node)) return isScalar(node) ? scalarText(node) : undefined;
  const record: Record<string, unknown> = {};
  for (const pair of node.items) {
    const key = keyText(pair);
    if (key === "__proto__") limits.fail("NON_STRING_KEY", pair.key as Node);
    const value = plain(pair.value as Node | null, depth + 1, limits);
    if (value !== undefined) record[key] = value;
  }
  return record;
};

/** Where keys stand that their mapping has already; the parser itself compares each with all others. */
const repeatedKeys = (document: Document.Parsed): readonly number[] => {
  const found: number[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        const value = isScalar(key) ? key.value : key;
        if (seen.has(value)) found.push((key as Node).range?.[0] ?? 0);
        seen.add(value);
      }
    },
  });
  return found;
};

/** Reads one YAML (or JSON) document whose root is a mapping. Throws a Refusal with every fault of its syntax. */
export const parseSource = (file: string, content: string): Source => {
  const text = content.replace(/^\uFEFF/, "");
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const problem = (cause: string, offset: number) => ({ code: "study-syntax" as const, place: at(offset), cause });
  const fail: Fail = (cause, node) => {
    throw new Refusal(problem(cause, node?.range?.[0] ?? 0));
  };
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    schema: "failsafe",
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
    logLevel: "error",
  });
  const faults = documents.flatMap((document) => [
    ...document.errors.map((error) => problem(error.code, error.pos[0])),
    ...repeatedKeys(document).map((offset) => problem("DUPLICATE_KEY", offset)),
  ]);
  // After a fault of syntax the rest is read in the wrong way; only repeated keys leave it as it is.
  const broken = faults.findIndex((fault) => fault.cause !== "DUPLICATE_KEY");
  if (faults.length > 0) throw new Refusal(...(broken < 0 ? faults : faults.slice(0, broken + 1)));
  const [document, second] = documents;
  if (second !== undefined) fail("MULTIPLE_DOCS", second.contents);
  const root = document?.contents ?? null;
  if (document === undefined || root === null || (isScalar(root) && scalarText(root) === undefined))
    throw new Refusal({ code: "file-empty", place: { file } });
  if (!isMap(root)) return fail("NOT_A_MAPPING", root);
  const resolve = (node: Node): Node | undefined => (isAlias(node) ? node.resolve(document) : node);
  const value = plain(root, 0, { nodes: 0, fail, resolve });

  const pairAt = (parent: Node | undefined, key: string | number): Pair | undefined =>
    isMap(parent) ? parent.items.find((pair) => keyText(pair) === String(key)) : undefined;
  const child = (parent: Node | undefined, key: string | number): Node | undefined => {
    const inner = isSeq(parent) ? parent.items[Number(key)] : pairAt(parent, key)?.value;
    return inner === null || inner === undefined ? undefined : resolve(inner as Node);
  };
  const find = (path: Path): Node | undefined => path.reduce<Node | undefined>(child, root);
  const start = (node: Node): Place => at(node.range?.[0] ?? 0);
  const keyPlace = (path: Path): Place => {
    if (path.length === 0) return start(root);
    const parent = find(path.slice(0, -1));
    const pair = pairAt(parent, path.at(-1)!);
    if (pair !== undefined) return start(pair.key as Node);
    return parent === undefined ? keyPlace(path.slice(0, -1)) : start(parent);
  };
  const has = (path: Path): boolean => {
    const node = find(path);
    return node !== undefined && !(isScalar(node) && scalarText(node) === undefined);
  };
  return {
    value,
    has,
    keyPlace,
    place: (path) => {
      const node = find(path);
      return node !== undefined && has(path) ? start(node) : keyPlace(path);
    },
    keys: (path) => {
      const node = find(path);
      return isMap(node) ? node.items.map(keyText) : [];
    },
  };
};
