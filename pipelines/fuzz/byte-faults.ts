import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import type { Chance } from "./chance.ts";
import { anything, type Bound, type Faulty, harmless, losing, straying } from "./faults.ts";

type Encoded = readonly [name: string, bytes: Buffer, bound: Bound];

const inWindows1252 = (text: string): boolean =>
  iconv.decode(iconv.encode(text, "windows-1252"), "windows-1252") === text;

const mixedLines = (text: string, chance: Chance): Buffer =>
  Buffer.concat(
    text.split(/(?<=\r\n|\r(?!\n)|\n)/).map((line) => iconv.encode(line, chance.once(2) ? "windows-1252" : "utf-8")),
  );

/** The bytes of a text in one encoding or several: all but the last two can be read again. */
export const encoded = (text: string, chance: Chance): Encoded => {
  const utf8 = (marks: number): Encoded => ["utf-8", Buffer.from("\uFEFF".repeat(marks) + text, "utf8"), harmless];
  const western = inWindows1252(text);
  const choice = chance.below(16);
  if (choice === 0) return ["utf-16le", iconv.encode(text, "utf-16le", { addBOM: true }), harmless];
  if (choice === 1) return ["utf-16be", iconv.encode(text, "utf-16be", { addBOM: true }), harmless];
  if (choice === 2 && western)
    return ["unmarked-utf-16", iconv.encode(text, chance.pick(["utf-16le", "utf-16be"]), { addBOM: false }), harmless];
  if (choice <= 4 && western) return ["windows-1252", iconv.encode(text, "windows-1252"), harmless];
  if (choice === 5 && western) return ["mixed", mixedLines(text, chance), harmless];
  if (choice === 6) return ["two-marks", utf8(2)[1], harmless];
  if (choice <= 8) return utf8(1);
  if (choice === 9 && western && chance.once(2))
    return ["doubled", Buffer.from(iconv.decode(Buffer.from(text), "windows-1252"), "utf8"), anything];
  if (choice === 10 && chance.once(2))
    return ["lost", Buffer.from(text.replace(/[^\0-~]/g, "\uFFFD"), "utf8"), anything];
  return utf8(0);
};

type ByteFault = (bytes: Buffer, chance: Chance) => readonly [Buffer, Bound];

const truncated: ByteFault = (bytes, { below }) => [bytes.subarray(0, below(bytes.length + 1)), straying(2)];
const flipped: ByteFault = (bytes, { below }) => {
  const made = Buffer.from(bytes);
  const count = 1 + below(4);
  for (let k = 0; k < count && made.length > 0; k += 1) {
    const at = below(made.length);
    made[at] = made[at]! ^ (1 << below(8));
  }
  return [made, anything];
};
const overwritten: ByteFault = (bytes, { below, pick }) => {
  const made = Buffer.from(bytes);
  if (made.length > 0)
    made[below(made.length)] = pick([0, 0x81, 0x9d, 0xff, 0xfe, 0xc3, 0x1e, 0x1f, 0x1a, 0x22, 0x0a, 0x0d, 0x80]);
  return [made, anything];
};
const zeroed: ByteFault = (bytes, { below }) => {
  const at = below(bytes.length + 1);
  return [Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + below(600))]), losing];
};
const appended: ByteFault = (bytes, { below }) => [
  Buffer.concat([bytes, Buffer.from(Array.from({ length: 1 + below(40) }, () => below(256)))]),
  anything,
];
const twice: ByteFault = (bytes) => [Buffer.concat([bytes, bytes]), straying(3)];

const faults: Readonly<Record<string, ByteFault>> = {
  truncated,
  truncatedAgain: truncated,
  flipped,
  overwritten,
  zeroed,
  appended,
  twice,
};

/** Bytes with something changed in them, by lot. */
export const byteFault = (bytes: Buffer, chance: Chance): Faulty<Buffer> => {
  const [name, fault] = chance.pick(Object.entries(faults));
  const [made, bound] = fault(bytes, chance);
  return { name, made, ...bound };
};
