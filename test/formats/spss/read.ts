import { readSpss } from "../../../src/formats/spss/spss.ts";

const chunked = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

/** A file that comes in chunks of a size, and its cases as cells. */
export const readAll = async (bytes: Uint8Array, size = 1 << 16) => {
  const file = await readSpss("svar.sav", () => chunked(bytes, size));
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.records()) chunks.push(chunk);
  const lines = Buffer.concat(chunks).toString("utf8").split("\n");
  const rest = lines.pop();
  return { ...file, rest, rows: lines.map((line) => line.split("\x1f")), notes: file.notes() };
};
