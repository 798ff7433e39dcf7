import { invalid, type Report, refers } from "./report.ts";
import type { Path } from "./source.ts";
import type { Delivery, Outcome, Rater, Scale } from "./study.ts";

export const raters: readonly Rater[] = ["self", "employee", "superior", "indicator"];
type RaterOf = (scale: string) => Rater;

const isRater = (word: string): word is Rater => (raters as readonly string[]).includes(word);

/** Reads `transformational`, `self transformational` or `gap`. Null, and reported, where the words name nothing. */
export const readOutcome = (
  words: string,
  scales: ReadonlyMap<string, { readonly kind: Scale["kind"] }>,
  raterOf: RaterOf,
  report: Report,
  path: Path,
): Outcome | null => {
  const [first, second, ...more] = words.trim().split(/\s+/);
  const scale = second ?? first ?? "";
  if (more.length > 0) {
    invalid(report, path, "outcome");
    return null;
  }
  if (second !== undefined && !refers(report, path, "rater", first!, raters)) return null;
  if (!refers(report, path, "scale", scale, [...scales.keys()])) return null;
  if (scales.get(scale)!.kind === "difference") {
    if (second === undefined) return { scale, rater: null };
    invalid(report, path, scale);
    return null;
  }
  return { scale, rater: second !== undefined && isRater(first!) ? first : raterOf(scale) };
};

const leaves = (scale: Scale, scales: readonly Scale[]): readonly Scale[] => {
  if (scale.kind !== "scales") return [scale];
  return scale.of.flatMap((part) => scales.filter(({ id }) => id === part).flatMap((found) => leaves(found, scales)));
};

const items = (scale: Scale, scales: readonly Scale[]) =>
  leaves(scale, scales).flatMap((leaf) => (leaf.kind === "items" ? leaf.items : []));

/** Whether the deliveries of a rater name items of the scale. */
const names = (rater: Rater, itemIds: readonly string[], deliveries: readonly Delivery[]): boolean =>
  deliveries.some((delivery) => delivery.rater === rater && itemIds.some((id) => Object.hasOwn(delivery.items, id)));

/**
 * Who rates a scale that is named alone: the employees, unless it is an administrative figure — its items are named
 * under `items` by a delivery of indicators and by none of employees, or are worded for `indicator` and not for `employee`.
 */
export const raterOfScale = (scale: Scale, scales: readonly Scale[], deliveries: readonly Delivery[]): Rater => {
  const asked = items(scale, scales);
  const ids = asked.map(({ id }) => id);
  if (names("employee", ids, deliveries)) return "employee";
  if (names("indicator", ids, deliveries)) return "indicator";
  const worded = (rater: Rater) => asked.some(({ wording }) => Object.hasOwn(wording, rater));
  return worded("indicator") && !worded("employee") ? "indicator" : "employee";
};

/** Whether anyone can have rated the scale so: there is such a delivery, and the wording is not for others alone. */
export const canRate = (
  rater: Rater,
  scale: Scale,
  scales: readonly Scale[],
  deliveries: readonly Delivery[],
): boolean => {
  if (!deliveries.some((delivery) => delivery.rater === rater)) return false;
  const worded = items(scale, scales).flatMap(({ wording }) => Object.keys(wording).filter(isRater));
  return worded.length === 0 || worded.includes(rater);
};
