import type { z } from "zod";
import type { Problem } from "../errors.ts";
import { withNearest } from "./nearest.ts";
import { keyOf } from "./report.ts";
import type { Path, Source } from "./source.ts";

type Issue = z.core.$ZodIssue;

const isWrongKind = (issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.path.length === 0 && issue.code === "invalid_type");

/** Of a choice between kinds of value, only the faults of the kind that was meant. */
const flatten = (issue: Issue, above: Path): readonly { issue: Issue; path: Path }[] => {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code !== "invalid_union") return [{ issue, path }];
  const meant = issue.errors.find((errors) => errors.length > 0 && !isWrongKind(errors));
  const chosen = meant ?? issue.errors.at(-1) ?? [];
  const inner = chosen.flatMap((error) => flatten(error, path));
  return inner.length > 0 ? inner : [{ issue, path }];
};

const problemsOf = (issue: Issue, path: Path, source: Source): readonly Problem[] => {
  const key = keyOf(path);
  if (issue.code === "unrecognized_keys") {
    const allowed = issue.message.split(" | ");
    return issue.keys.map((unknown) => ({
      code: "unknown-key",
      place: source.keyPlace([...path, unknown]),
      key: unknown,
      ...withNearest(unknown, allowed),
      allowed,
    }));
  }
  const place = source.place(path);
  if (issue.code === "invalid_type" && !source.has(path)) return [{ code: "value-missing", place, key }];
  return [{ code: "value-invalid", place, key, expected: issue.message }];
};

export interface Checked<T> {
  /** Null where the file is too wrong to say anything further about it. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

const withoutKeys = (value: unknown, paths: readonly Path[]): unknown => {
  const copy = structuredClone(value);
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[String(key)], copy);
    delete (parent as Record<string, unknown>)[String(path.at(-1))];
  }
  return copy;
};

/** Checks a file against its schema. A file whose only fault is unknown keys is read on without them, so that all its faults can be told at once. */
export const checkAgainst = <S extends z.ZodType>(schema: S, source: Source): Checked<z.output<S>> => {
  const result = schema.safeParse(source.value);
  if (result.success) return { value: result.data, problems: [] };
  const issues = result.error.issues.flatMap((issue) => flatten(issue, []));
  const problems = issues.flatMap(({ issue, path }) => problemsOf(issue, path, source));
  const unknown = issues.flatMap(({ issue, path }) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [],
  );
  const rest = schema.safeParse(withoutKeys(source.value, unknown));
  return { value: rest.success ? rest.data : null, problems };
};
