import type { Place, Problem } from "../errors.ts";
import { withNearest } from "./nearest.ts";
import type { Path, Source } from "./source.ts";

/** Collects what is wrong with one file; paths are those of the values in it. */
export interface Report {
  readonly source: Source;
  /** Path of the file's root inside the source: an instrument may stand inside the study file. */
  readonly root: Path;
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

export const placeOf = (report: Report, path: Path): Place => report.source.place([...report.root, ...path]);
export const keyPlaceOf = (report: Report, path: Path): Place => report.source.keyPlace([...report.root, ...path]);
const keysOf = (report: Report, path: Path): readonly string[] => report.source.keys([...report.root, ...path]);

/** The key that a value stands under; of a list's entry that of the list. */
export const keyOf = (path: Path): string => String(path.findLast((key) => typeof key === "string") ?? "");

export const invalid = (report: Report, path: Path, expected: string): void => {
  report.problems.push({ code: "value-invalid", place: placeOf(report, path), key: keyOf(path), expected });
};

export const missing = (report: Report, path: Path): void => {
  report.problems.push({ code: "value-missing", place: placeOf(report, path), key: keyOf(path) });
};

const unknownAt = (report: Report, place: Place, kind: string, id: string, allowed: readonly string[]): void => {
  report.problems.push({ code: "reference-unknown", place, kind, id, ...withNearest(id, allowed), allowed });
};

/** True where the id is known; reports it otherwise. */
export const refers = (report: Report, path: Path, kind: string, id: string, allowed: readonly string[]): boolean => {
  if (allowed.includes(id)) return true;
  unknownAt(report, placeOf(report, path), kind, id, allowed);
  return false;
};

/** As `refers`, for an id that is the key of a mapping. */
export const keyRefers = (report: Report, path: Path, kind: string, allowed: readonly string[]): void => {
  const id = String(path.at(-1));
  if (!allowed.includes(id)) unknownAt(report, keyPlaceOf(report, path), kind, id, allowed);
};

export const keyKnown = (report: Report, path: Path, allowed: readonly string[]): void => {
  const key = String(path.at(-1));
  if (allowed.includes(key)) return;
  const place = keyPlaceOf(report, path);
  report.problems.push({ code: "unknown-key", place, key, ...withNearest(key, allowed), allowed });
};

/** Reports the second of two equal ids. */
export const distinct = (
  report: Report,
  kind: string,
  entries: readonly { readonly id: string; readonly path: Path }[],
): void => {
  const seen = new Set<string>();
  for (const { id, path } of entries) {
    if (seen.has(id)) report.problems.push({ code: "id-duplicate", place: placeOf(report, path), kind, id });
    seen.add(id);
  }
};

/** Keys of a mapping in the order of the file; one without a value is reported and left out. */
export const filledKeys = (report: Report, path: Path): readonly string[] =>
  keysOf(report, path).filter((key) => {
    const filled = report.source.has([...report.root, ...path, key]);
    if (!filled) missing(report, [...path, key]);
    return filled;
  });
