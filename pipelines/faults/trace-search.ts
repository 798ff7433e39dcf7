import { Buffer } from "node:buffer";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import iconv from "iconv-lite";
import { readSpss } from "../../src/formats/spss/spss.ts";

/** What is looked for: texts anywhere, and others only as a whole cell, for they are too short. */
export interface Wanted {
  readonly texts: readonly string[];
  readonly cells: readonly string[];
}

/** Everything that lies in a study's folder and that Spejl made for itself. */
const storedFiles = async (folder: string): Promise<readonly string[]> => {
  const all = await readdir(folder, { withFileTypes: true, recursive: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => relative(folder, path).startsWith(".spejl"));
};

const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];
const cellBorders = /[;,"<>\p{Cc}]+/u;

/** The same text with what the markup of a workbook and of JSON makes of its characters. */
const spellings = (text: string): readonly string[] => [
  text,
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
  JSON.stringify(text).slice(1, -1),
  text.replaceAll('"', '""'),
];

/** Each different spelling as bytes; without a zero in front, which empty blocks are full of. */
const needlesOf = (texts: readonly string[]): readonly Buffer[] => {
  const needles = texts
    .flatMap(spellings)
    .flatMap((text) => encodings.map((encoding) => iconv.encode(text, encoding)))
    .map((bytes) => (bytes[0] === 0 ? bytes.subarray(1) : bytes));
  return [...new Map(needles.map((bytes) => [bytes.toString("latin1"), bytes])).values()];
};

const holdsCell = (bytes: Buffer, cells: readonly string[]): boolean =>
  cells.length > 0 &&
  encodings.some((encoding) => {
    const found = new Set(
      iconv
        .decode(bytes, encoding)
        .split(cellBorders)
        .map((cell) => cell.trim()),
    );
    return cells.some((cell) => found.has(cell));
  });

/** The parts of a zip archive, unpacked; found by what stands before each, for that is there in a damaged one too. */
const zipParts = (bytes: Buffer): readonly Buffer[] => {
  const parts: Buffer[] = [];
  for (let at = bytes.indexOf("PK\x03\x04"); at >= 0; at = bytes.indexOf("PK\x03\x04", at + 4)) {
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 18));
    parts.push(bytes.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed) : packed);
  }
  return parts;
};

type Connection = Awaited<ReturnType<DuckDBInstance["connect"]>>;

const onDatabase = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "256MB" });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const queried = async (connection: Connection, sql: string): Promise<Buffer> => {
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  return Buffer.from(rows.map((row) => row.map(String).join("\x1f")).join("\x1e"));
};

const parquetRows = (file: string): Promise<Buffer> =>
  onDatabase((connection) => queried(connection, `SELECT * FROM read_parquet(${quoted(file)})`));

/** A database as text, table by table, and as a file of its own without compression. */
const databaseTexts = async (file: string): Promise<readonly Buffer[]> => {
  const home = await mkdtemp(join(tmpdir(), "spejl-traces-"));
  const plain = join(home, "plain.duckdb");
  try {
    return await onDatabase(async (connection) => {
      await connection.run(`ATTACH ${quoted(file)} AS searched (READ_ONLY)`);
      const names = await connection.runAndReadAll(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'searched'",
      );
      const texts: Buffer[] = [];
      for (const [schema, name] of names.getRowsJS())
        texts.push(await queried(connection, `SELECT * FROM searched."${String(schema)}"."${String(name)}"`));
      await connection.run("SET force_compression = 'uncompressed'");
      await connection.run(`ATTACH ${quoted(plain)} AS plain; COPY FROM DATABASE searched TO plain; CHECKPOINT plain`);
      await connection.run("DETACH plain; DETACH searched");
      return [...texts, await readFile(plain)];
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

const systemFileCells = async (file: string, bytes: Buffer): Promise<Buffer> => {
  const { records } = await readSpss(file, async function* () {
    yield bytes;
  });
  const parts: Uint8Array[] = [];
  for await (const part of records()) parts.push(part);
  return Buffer.concat(parts);
};

/** The content of a file in every form in which it can be read; a table where its cells are to be told apart. */
const contents = async (
  file: string,
): Promise<{ readonly bytes: readonly Buffer[]; readonly tables: readonly Buffer[] }> => {
  const bytes = await readFile(file);
  const start = bytes.subarray(0, 12).toString("latin1");
  const packed = (tables: readonly Buffer[]) => ({ bytes: [bytes, ...tables], tables });
  if (start.startsWith("PK\x03\x04")) return packed(zipParts(bytes));
  if (start.startsWith("\x1f\x8b")) return packed([gunzipSync(bytes)]);
  if (start.startsWith("PAR1")) return packed([await parquetRows(file)]);
  if (start.startsWith("$FL")) return packed([await systemFileCells(file, bytes)]);
  if (start.slice(8) === "DUCK" && basename(file) !== "log.lock") return packed(await databaseTexts(file));
  return { bytes: [bytes], tables: [bytes] };
};

/** Counts and codes of the store's own files may be the same as a short id: only what was delivered has ids in cells. */
const isDelivered = (file: string): boolean => /[\\/]deliveries[\\/]/.test(file);

/** Files of a study's store that hold any of what is wanted, unpacked or as they lie. */
export const tracesIn = async (folder: string, { texts, cells }: Wanted): Promise<readonly string[]> => {
  const found: string[] = [];
  const needles = needlesOf(texts);
  for (const file of await storedFiles(folder)) {
    const { bytes, tables } = await contents(file);
    const isThere =
      bytes.some((content) => needles.some((needle) => content.includes(needle))) ||
      (isDelivered(file) && tables.some((content) => holdsCell(content, cells)));
    if (isThere) found.push(relative(folder, file));
  }
  return found;
};
