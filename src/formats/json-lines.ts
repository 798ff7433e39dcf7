import { Refusal } from "../errors.ts";
import { type FileColumn, malformedRecord, oneLine, plainColumn, recordSeparators } from "./delivered.ts";
import { recordLimit } from "./records.ts";

/** What a first reading of JSON lines says. */
export interface JsonLines {
  /** The keys of all objects, in the order in which they first appear. */
  readonly columns: readonly FileColumn[];
  /** Columns that hold a list or an object somewhere: they cannot be mapped. */
  readonly nested: readonly string[];
  readonly records: number;
  /** Lines that are no object, or hold a key twice; they become records that cannot be read. */
  readonly rejected: readonly { readonly line: number }[];
}

const mostColumns = 2000;
const LF = 10;
const pieceSize = 1 << 16;

/** Whether a text is JSON lines: its first line that is not blank opens an object and names a key, or closes it. */
export const isJsonLines = (start: Uint8Array): boolean =>
  /^[\s\uFEFF]*\{[ \t]*["}]/.test(new TextDecoder().decode(start.subarray(0, 4096)));

/** Lines with their numbers, as bytes: a line is decoded whole, so that no character is cut. */
async function* linesOf(file: string, chunks: AsyncIterable<Uint8Array>) {
  let line = 1;
  let pending: Uint8Array[] = [];
  let size = 0;
  const add = (bytes: Uint8Array): void => {
    if (bytes.length > 0) pending.push(bytes);
    size += bytes.length;
    if (size > recordLimit) throw new Refusal({ code: "line-too-long", place: { file, line }, bytes: size });
  };
  const take = (): Uint8Array => {
    const whole = pending.length === 1 ? pending[0]! : Buffer.concat(pending);
    pending = [];
    size = 0;
    return whole;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      add(chunk.subarray(from, end));
      yield { line, bytes: take(), ended: true };
      line += 1;
      from = end + 1;
    }
    add(chunk.subarray(from));
  }
  if (size > 0) yield { line, bytes: take(), ended: false };
}

type Fields = ReadonlyMap<string, { readonly text: string; readonly nested: boolean }>;

const token = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/gs;

const scalarText = (written: string): string => {
  if (written.startsWith('"')) return oneLine(JSON.parse(written) as string);
  return written === "null" ? "" : written;
};

/**
 * The keys of an object and what is written for each, read from the text because a number such as 1001234567890123456
 * does not survive being parsed. The text is known to be valid JSON, so only its outer level is walked.
 */
const fieldsOf = (text: string): Fields | null => {
  const fields = new Map<string, { text: string; nested: boolean }>();
  let depth = 0;
  let key: string | null = null;
  for (const [written] of text.matchAll(token)) {
    const opens = written === "{" || written === "[";
    if (opens && depth === 1) {
      if (key === null || fields.has(key)) return null;
      fields.set(key, { text: "", nested: true });
    }
    if (opens) depth += 1;
    else if (written === "}" || written === "]") depth -= 1;
    else if (depth !== 1 || written === ":") continue;
    else if (written === ",") key = null;
    else if (key === null) key = oneLine(JSON.parse(written) as string).trim();
    else if (fields.has(key)) return null;
    else fields.set(key, { text: scalarText(written), nested: false });
  }
  return fields;
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields of one line; `"blank"` for an empty one, and null where it is no object. */
const readLine = (bytes: Uint8Array): Fields | "blank" | null => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.trim() === "") return "blank";
    return isObject(JSON.parse(text)) ? fieldsOf(text) : null;
  } catch {
    return null;
  }
};

/**
 * Reads JSON lines once, for the columns: later lines may have keys that the first has not.
 *
 * @param file as the user named it, for what is said of it
 * @param chunks the file in UTF-8
 */
export const examineJsonLines = async (file: string, chunks: AsyncIterable<Uint8Array>): Promise<JsonLines> => {
  const names = new Set<string>();
  const nested = new Set<string>();
  const rejected: { readonly line: number }[] = [];
  let records = 0;
  for await (const { line, bytes } of linesOf(file, chunks)) {
    const fields = readLine(bytes);
    if (fields === "blank") continue;
    records += 1;
    if (fields === null) rejected.push({ line });
    else
      for (const [name, field] of fields) {
        names.add(name);
        if (field.nested) nested.add(name);
      }
    if (names.size > mostColumns)
      throw new Refusal({ code: "limit-exceeded", place: { file, line }, what: "columns", limit: mostColumns });
  }
  return { columns: [...names].map(plainColumn), nested: [...nested], records, rejected };
};

/** Writes JSON lines as text records: line n is line n of the file, blank where that was blank, `malformedRecord` where it was rejected, without an end where the file ends in it. */
export async function* jsonLineRecords(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  columns: readonly FileColumn[],
): AsyncGenerator<Uint8Array> {
  let lines: string[] = [];
  let size = 0;
  for await (const { bytes, ended } of linesOf(file, chunks)) {
    const fields = readLine(bytes);
    const cells = fields instanceof Map ? columns.map(({ name }) => fields.get(name)?.text ?? "") : [];
    const record = fields === null ? malformedRecord : cells.join(recordSeparators.cell);
    const text = ended || fields !== null ? record + recordSeparators.record : record;
    lines.push(text);
    size += text.length;
    if (size < pieceSize) continue;
    yield Buffer.from(lines.join(""));
    lines = [];
    size = 0;
  }
  if (size > 0) yield Buffer.from(lines.join(""));
}
