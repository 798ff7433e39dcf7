import iconv from "iconv-lite";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** Byte-order mark at the start of a file, if it has one. */
export const markedEncoding = (start: Uint8Array): { readonly encoding: Encoding; readonly bytes: number } | null => {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: "utf-8", bytes: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: "utf-16le", bytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: "utf-16be", bytes: 2 };
  return null;
};

export interface EncodingDetector {
  readonly add: (chunk: Uint8Array) => void;
  /** The encoding of all that was added; null for a binary file. */
  readonly finish: () => Encoding | null;
}

/**
 * Decides on a file's encoding from all of its bytes: a byte-order mark, else strict UTF-8, else Windows-1252.
 * A NUL byte outside UTF-16 means that the file is not text.
 */
export const detectEncoding = (): EncodingDetector => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let marked: Encoding | null | undefined;
  let utf8 = true;
  let binary = false;
  const check = (chunk: Uint8Array | undefined): void => {
    if (!utf8) return;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      utf8 = false;
    }
  };
  return {
    add: (chunk) => {
      if (marked === undefined) marked = markedEncoding(chunk)?.encoding ?? null;
      if (marked === "utf-16le" || marked === "utf-16be") return;
      if (chunk.includes(0)) binary = true;
      check(chunk);
    },
    finish: () => {
      if (marked === "utf-16le" || marked === "utf-16be") return marked;
      if (binary) return null;
      check(undefined);
      return utf8 ? "utf-8" : "windows-1252";
    },
  };
};

/** Chunks of any encoding as chunks of UTF-8 without a byte-order mark. */
export async function* toUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = encoding === "utf-8" ? null : iconv.getDecoder(encoding);
  let first = true;
  for await (const chunk of chunks) {
    const body = first ? chunk.subarray(markedEncoding(chunk)?.bytes ?? 0) : chunk;
    first = false;
    if (body.length > 0) yield decoder ? Buffer.from(decoder.write(body), "utf8") : body;
  }
  const rest = decoder?.end();
  if (rest) yield Buffer.from(rest, "utf8");
}
