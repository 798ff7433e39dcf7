import type { FirstReading } from "./start-study.ts";

/** A wave of a study that is being started; a placeholder where no file says when people answered. */
export interface StartedWave {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly isPlaceholder: boolean;
}

export interface StartedWaves {
  readonly waves: readonly StartedWave[];
  /** Wave of each file, in the order of the files. */
  readonly ofFile: readonly string[];
}

interface Span {
  from: string;
  to: string;
  readonly files: number[];
}

/** Files whose days overlap belong to one wave. */
const datedSpans = (readings: readonly FirstReading[]): readonly Span[] => {
  const dated = [...readings.entries()].filter(([, { days }]) => days.length > 0);
  const spans: Span[] = [];
  for (const [file, { days }] of dated.toSorted(([, a], [, b]) => (a.days[0]! < b.days[0]! ? -1 : 1))) {
    const last = spans.at(-1);
    const [from, to] = [days[0]!, days.at(-1)!];
    if (last !== undefined && from <= last.to) {
      last.to = to > last.to ? to : last.to;
      last.files.push(file);
    } else spans.push({ from, to, files: [file] });
  }
  return spans;
};

/** Of files without dates the first of each rater is one wave, the second the next. */
const undatedSpans = (readings: readonly FirstReading[]): readonly Span[] => {
  const spans: Span[] = [];
  const counted = new Map<string, number>();
  for (const [file, { days, rater }] of readings.entries()) {
    if (days.length > 0) continue;
    const k = counted.get(rater) ?? 0;
    counted.set(rater, k + 1);
    spans[k] ??= { from: `${2030 + k}-01-01`, to: `${2030 + k}-01-31`, files: [] };
    spans[k].files.push(file);
  }
  return spans;
};

/** The waves of a study, from the days on which its files were answered. */
export const startWaves = (readings: readonly FirstReading[]): StartedWaves => {
  const [dated, undated] = [datedSpans(readings), undatedSpans(readings)];
  const spans = [...dated, ...undated];
  const waves = spans.map(({ from, to }, k) => ({ id: `wave${k + 1}`, from, to, isPlaceholder: k >= dated.length }));
  const ofFile = readings.map((_, file) => waves[spans.findIndex(({ files }) => files.includes(file))]!.id);
  return { waves, ofFile };
};
