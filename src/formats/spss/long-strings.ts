import type { CodePage } from "./code-page.ts";
import { damaged } from "./faults.ts";
import { int32 } from "./header.ts";
import type { RawLabel } from "./label-records.ts";

/** Labels or missing values of a string of more than 8 bytes, by the variable's name. */
export interface LongStringEntry {
  readonly name: string;
  readonly labels: readonly RawLabel[];
  readonly missing: readonly Buffer[];
}

/** Walks through a record whose parts have their lengths before them. */
const walk = (file: string, bytes: Buffer, little: boolean) => {
  let at = 0;
  const part = (count: number): Buffer => {
    if (count < 0 || at + count > bytes.length) throw damaged(file, "spss-dictionary");
    at += count;
    return bytes.subarray(at - count, at);
  };
  const integer = (): number => int32(part(4), 0, little);
  const startsWith = (value: number): boolean => at + 4 <= bytes.length && int32(bytes, at, little) === value;
  return { part, integer, startsWith, ended: () => at >= bytes.length, counted: () => part(integer()) };
};
type Walk = ReturnType<typeof walk>;

const entries = (bytes: Buffer, steps: Walk, read: () => LongStringEntry): readonly LongStringEntry[] => {
  const all: LongStringEntry[] = [];
  while (bytes.length > 0 && !steps.ended()) all.push(read());
  return all;
};

export const longStringLabels = (
  file: string,
  bytes: Buffer,
  little: boolean,
  page: CodePage,
): readonly LongStringEntry[] => {
  const steps = walk(file, bytes, little);
  return entries(bytes, steps, () => {
    const name = page.decode(steps.counted()).trimEnd();
    steps.integer();
    const labels: RawLabel[] = [];
    for (let left = steps.integer(); left > 0; left -= 1)
      labels.push({ value: steps.counted(), label: steps.counted() });
    return { name, labels, missing: [] };
  });
};

/** Old versions of PSPP wrote the length of the values before each of them, and not only before the first. */
export const longStringMissing = (
  file: string,
  bytes: Buffer,
  little: boolean,
  page: CodePage,
): readonly LongStringEntry[] => {
  const steps = walk(file, bytes, little);
  return entries(bytes, steps, () => {
    const name = page.decode(steps.counted()).trimEnd();
    const count = steps.part(1)[0]!;
    const length = steps.integer();
    const missing: Buffer[] = [];
    for (let k = 0; k < count; k += 1) {
      if (k > 0 && steps.startsWith(length)) steps.integer();
      missing.push(steps.part(length));
    }
    return { name, labels: [], missing };
  });
};
