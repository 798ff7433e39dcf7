import type { Refusal } from "../../errors.ts";
import type { CodePage } from "./code-page.ts";
import type { Extension } from "./dictionary.ts";
import { damaged } from "./faults.ts";
import { int32 } from "./header.ts";
import type { RawLabel } from "./label-records.ts";

/** Labels or missing values of a string of more than 8 bytes, by the variable's name. */
export interface LongStringEntry {
  readonly name: string;
  readonly labels: readonly RawLabel[];
  readonly missing: readonly Buffer[];
}

const objectBytes = 128;
const mostMissing = 3;

/** Walks through a record whose parts have their lengths before them. */
export const longStringSteps = (
  file: string,
  { bytes, record }: Extension,
  little: boolean,
  page: CodePage,
  spend: (bytes: number) => void,
) => {
  let at = 0;
  const fault = (): Refusal => damaged(file, "spss-count", record);
  const part = (count: number): Buffer => {
    if (count < 0 || at + count > bytes.length) throw fault();
    at += count;
    return bytes.subarray(at - count, at);
  };
  const integer = (): number => int32(part(4), 0, little);
  const counted = (): Buffer => {
    spend(objectBytes);
    return part(integer());
  };
  return {
    fault,
    part,
    integer,
    counted,
    name: () => page.decode(counted()).trimEnd(),
    startsWith: (value: number) => at + 4 <= bytes.length && int32(bytes, at, little) === value,
    ended: () => at >= bytes.length,
  };
};
export type LongStringSteps = ReturnType<typeof longStringSteps>;

const untilEnd = (steps: LongStringSteps, read: () => LongStringEntry): readonly LongStringEntry[] => {
  const all: LongStringEntry[] = [];
  while (!steps.ended()) all.push(read());
  return all;
};

export const longStringLabels = (steps: LongStringSteps): readonly LongStringEntry[] =>
  untilEnd(steps, () => {
    const name = steps.name();
    steps.integer();
    const labels: RawLabel[] = [];
    for (let left = steps.integer(); left > 0; left -= 1)
      labels.push({ value: steps.counted(), label: steps.counted() });
    return { name, labels, missing: [] };
  });

/** Old versions of PSPP wrote the length of the values before each of them, and not only before the first. */
export const longStringMissing = (steps: LongStringSteps): readonly LongStringEntry[] =>
  untilEnd(steps, () => {
    const name = steps.name();
    const count = steps.part(1)[0]!;
    if (count > mostMissing) throw steps.fault();
    const length = steps.integer();
    const missing: Buffer[] = [];
    for (let k = 0; k < count; k += 1) {
      if (k > 0 && steps.startsWith(length)) steps.integer();
      missing.push(steps.part(length));
    }
    return { name, labels: [], missing };
  });
