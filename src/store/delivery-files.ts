import { createHash } from "node:crypto";
import { constants, createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { type Place, Refusal } from "../errors.ts";
import { sniffDialect } from "../formats/dialect.ts";
import { detectEncoding, type Encoding, toUtf8 } from "../formats/encoding.ts";
import { type Dialect, type RejectedRecord, scanRecords } from "../formats/records.ts";

/** A delivered file after a first reading: what it is, by its content. */
export interface DeliveredFile {
  /** As the study file names it. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: Encoding;
  readonly dialect: Dialect;
}

const readSize = 1 << 20;
const headerSize = 1 << 16;
const chunksOf = (path: string): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: readSize });

const sizeOf = async (path: string, place: Place): Promise<number> => {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      error.code === "ENOENT" || error.code === "ENOTDIR"
        ? { code: "file-missing", place }
        : { code: "file-unreadable", place, cause: error.code ?? error.message },
    );
  });
  if (!found.isFile()) throw new Refusal({ code: "file-unreadable", place, cause: "not a file" });
  if (found.size === 0) throw new Refusal({ code: "file-empty", place });
  return found.size;
};

const startOf = async (path: string, encoding: Encoding): Promise<string> => {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerSize), 0, headerSize, 0);
    const parts: Buffer[] = [];
    for await (const part of toUtf8(
      (async function* () {
        yield buffer.subarray(0, bytesRead);
      })(),
      encoding,
    ))
      parts.push(part);
    return Buffer.concat(parts).toString("utf8");
  } finally {
    await handle.close();
  }
};

const refuseHeader = (dialect: Dialect, place: Place): void => {
  const named = dialect.header.filter((name) => name !== "");
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined)
    throw new Refusal({ code: "header-duplicate", place: { ...place, line: dialect.preamble + 1, column: twice } });
};

/** Reads a delivered file once: its hash, encoding and dialect. Refuses what is missing, empty, binary or without a header. */
export const examineFile = async (name: string, path: string): Promise<DeliveredFile> => {
  const place = { file: name };
  const bytes = await sizeOf(path, place);
  const hash = createHash("sha256");
  const detector = detectEncoding();
  try {
    for await (const chunk of chunksOf(path)) {
      hash.update(chunk);
      detector.add(chunk);
    }
  } catch (error) {
    throw new Refusal({
      code: "file-unreadable",
      place,
      cause: (error as NodeJS.ErrnoException).code ?? String(error),
    });
  }
  const encoding = detector.finish();
  if (encoding === null) throw new Refusal({ code: "file-binary", place });
  const dialect = sniffDialect(await startOf(path, encoding));
  if (dialect === null) throw new Refusal({ code: "file-empty", place });
  refuseHeader(dialect, place);
  return { name, path, sha256: hash.digest("hex"), bytes, encoding, dialect };
};

/** Keeps the bytes of a delivered file under their hash, once. */
export const keepFile = async (file: DeliveredFile, studyFolder: string): Promise<void> => {
  const folder = join(studyFolder, ".spejl", "deliveries");
  const target = join(folder, file.sha256);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = await stat(target).catch(() => null);
  if (kept?.size === file.bytes) return;
  await copyFile(file.path, `${target}.partial`, constants.COPYFILE_FICLONE);
  await rename(`${target}.partial`, target);
};

/** Writes the wanted columns of a file's well-formed records in the plain dialect of `scanRecords`. */
export const writeRecords = async (
  file: DeliveredFile,
  wanted: readonly boolean[],
  target: string,
): Promise<{ readonly records: number; readonly rejected: readonly RejectedRecord[] }> => {
  const scanner = scanRecords(file.dialect, wanted);
  const output = createWriteStream(target, { mode: 0o600 });
  const put = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve, reject) => output.write(bytes, (error) => (error ? reject(error) : resolve())));
  try {
    for await (const chunk of toUtf8(chunksOf(file.path), file.encoding)) await put(scanner.push(chunk));
    const end = scanner.finish();
    const place = { file: file.name };
    if (end.tooLong !== null)
      throw new Refusal({ code: "line-too-long", place: { ...place, line: end.tooLong }, bytes: file.bytes });
    if (end.unclosedQuote !== null)
      throw new Refusal({ code: "quote-unclosed", place: { ...place, line: end.unclosedQuote } });
    await put(end.rest);
    output.end();
    await finished(output);
    return { records: end.records, rejected: end.rejected };
  } catch (error) {
    output.destroy();
    await rm(target, { force: true });
    throw (error as NodeJS.ErrnoException).code === "ENOSPC"
      ? new Refusal({ code: "disk-full", cause: target })
      : error;
  }
};

/** A record of a small file: where it stands, and its cells in the order of the header. */
export interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** All records of a small file, trimmed; refuses the first that does not fit the header. */
export const readRecords = async (file: DeliveredFile): Promise<readonly FileRecord[]> => {
  const { header } = file.dialect;
  const scanner = scanRecords(
    file.dialect,
    header.map(() => true),
  );
  const parts: Uint8Array[] = [];
  for await (const chunk of toUtf8(chunksOf(file.path), file.encoding)) parts.push(scanner.push(chunk).slice());
  const end = scanner.finish();
  const place = { file: file.name };
  if (end.unclosedQuote !== null)
    throw new Refusal({ code: "quote-unclosed", place: { ...place, line: end.unclosedQuote } });
  if (end.tooLong !== null)
    throw new Refusal({ code: "line-too-long", place: { ...place, line: end.tooLong }, bytes: file.bytes });
  if (end.rejected.length > 0)
    throw new Refusal(
      ...end.rejected
        .slice(0, 20)
        .map(({ line, code }) => ({ code: "row-unusable" as const, place: { ...place, line }, fault: code })),
    );
  return Buffer.concat([...parts, end.rest])
    .toString("utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\x1f").map((cell) => cell.trim().normalize("NFC")))
    .map(([line, ...cells]) => ({ line: Number(line), cells }));
};
