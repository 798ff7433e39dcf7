import { crc32, inflateRawSync } from "node:zlib";
import type { Place } from "../../errors.ts";
import { damaged, exceeded, limits } from "./damage.ts";

/** A zip archive in memory; its parts are unpacked when they are read, and never to disk. */
export interface Archive {
  /** Names of the parts: lower case, `/` between folders, none in front, as the package format compares them. */
  readonly names: ReadonlySet<string>;
  readonly read: (name: string) => Uint8Array;
}

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly start: number;
}

const signatures = { entry: 0x02014b50, local: 0x04034b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const endSize = 22;
const longestComment = 0xffff;
const extra64 = 1;

export const partName = (name: string): string => name.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();

/** Reads past the end throw a RangeError, which `guarded` makes a refusal. */
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const guarded = <T>(place: Place, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? damaged(place, "zip-directory") : error;
  }
};

const findEnd = (view: DataView): number => {
  const first = Math.max(0, view.byteLength - endSize - longestComment);
  for (let at = view.byteLength - endSize; at >= first; at -= 1)
    if (view.getUint32(at, true) === signatures.end && view.getUint16(at + 20, true) === view.byteLength - at - endSize)
      return at;
  throw new RangeError("no end of the directory");
};

const long = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

const directoryOf = (view: DataView): { readonly entries: number; readonly start: number } => {
  const end = findEnd(view);
  if (end >= 20 && view.getUint32(end - 20, true) === signatures.locator64) {
    const at = long(view, end - 12);
    if (view.getUint32(at, true) !== signatures.end64) throw new RangeError("no long end of the directory");
    return { entries: long(view, at + 32), start: long(view, at + 48) };
  }
  return { entries: view.getUint16(end + 10, true), start: view.getUint32(end + 16, true) };
};

/** Sizes and places that do not fit in 32 bits stand in an extra field, in the order in which they are missing. */
const longFields = (view: DataView, from: number, to: number): number => {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true))
    if (view.getUint16(at, true) === extra64) return at + 4;
  return to;
};

const readEntry = (view: DataView, at: number): Entry & { readonly name: string; readonly next: number } => {
  if (view.getUint32(at, true) !== signatures.entry) throw new RangeError("no entry");
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  let longField = longFields(view, nameEnd, extraEnd);
  const size = (offset: number): number => {
    const short = view.getUint32(at + offset, true);
    if (short !== 0xffffffff) return short;
    longField += 8;
    return long(view, longField - 8);
  };
  const unpacked = size(24);
  const packed = size(20);
  const start = size(42);
  const nameBytes = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameEnd - at - 46);
  return {
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packed,
    unpacked,
    start,
    name: partName(new TextDecoder().decode(nameBytes)),
    next: extraEnd + view.getUint16(at + 32, true),
  };
};

const readDirectory = (place: Place, view: DataView): ReadonlyMap<string, Entry> => {
  const { entries, start } = directoryOf(view);
  if (entries > limits.entries) throw exceeded(place, "entries");
  const found = new Map<string, Entry>();
  let at = start;
  for (let k = 0; k < entries; k += 1) {
    const entry = readEntry(view, at);
    if (found.has(entry.name)) throw damaged(place, "zip-part-twice");
    found.set(entry.name, entry);
    at = entry.next;
  }
  return found;
};

const packedBytes = (bytes: Uint8Array, { start, packed }: Entry): Uint8Array => {
  const view = viewOf(bytes);
  if (view.getUint32(start, true) !== signatures.local) throw new RangeError("no part");
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packed > bytes.length) throw new RangeError("part cut off");
  return bytes.subarray(from, from + packed);
};

const encrypted = 1;
const stored = 0;
const deflated = 8;

/** Unpacks while it counts: what the archive says of sizes is compared afterwards, never relied on. */
const unpack = (place: Place, entry: Entry, packed: Uint8Array, left: number): Uint8Array => {
  if (entry.flags & encrypted || (entry.method !== stored && entry.method !== deflated))
    throw damaged(place, "zip-method");
  const mostForSize = Math.max(limits.alwaysUnpacked, packed.length * limits.compression);
  const most = Math.min(left, mostForSize);
  const tooMuch = () => exceeded(place, left < mostForSize ? "bytes" : "compression");
  if (entry.method === stored) {
    if (packed.length > most) throw tooMuch();
    return packed;
  }
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most), chunkSize: 1 << 18 });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE" ? tooMuch() : damaged(place, "zip-part");
  }
};

/** Opens a zip archive. The parts that are read may together unpack to no more than the limit, one read twice counted twice. */
export const openArchive = (place: Place, bytes: Uint8Array): Archive => {
  const entries = guarded(place, () => readDirectory(place, viewOf(bytes)));
  let left: number = limits.bytes;
  const read = (name: string): Uint8Array => {
    const entry = entries.get(name);
    if (!entry) throw damaged(place, "part-missing");
    const packed = guarded(place, () => packedBytes(bytes, entry));
    const part = unpack(place, entry, packed, left);
    if (part.length !== entry.unpacked || crc32(part) !== entry.checksum) throw damaged(place, "zip-part");
    left -= part.length;
    return part;
  };
  return { names: new Set(entries.keys()), read };
};
