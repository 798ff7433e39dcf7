import type { Repeats } from "../../src/store/repeat-columns.ts";
import type { Parameters } from "../../src/store/vault/query.ts";
import { type PlacedItem, placedItems } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import { scoredScales } from "../catalogue.ts";

const itemsOf = (items: readonly PlacedItem[], scale: string) =>
  items
    .filter((placed) => placed.scale.id === scale)
    .map(({ item, position }, index) => ({ item: position, place: index + 1, reversed: item.reversed }));

const columns = (items: readonly { readonly item: number; readonly place: number }[]) =>
  items.map(({ item, place }) => ({ item, place }));

/** Columns of the scores: by scale, its items or parts by their place; and covariates. */
export const scoreColumns = (study: Study): Repeats => {
  const placed = placedItems(study.instrument);
  const scales = scoredScales(study.instrument);
  const placeOf = (part: string): number => study.instrument.scales.findIndex(({ id }) => id === part) + 1;
  const repeats: Record<string, Repeats[string]> = {
    scales: scales.map(({ place }) => ({ scale: place })),
    itemscales: scales.filter(({ scale }) => scale.kind === "items").map(({ place }) => ({ scale: place })),
    composites: scales.filter(({ scale }) => scale.kind === "scales").map(({ place }) => ({ scale: place })),
    covariates: study.covariates.map((_, index) => ({ covariate: index + 1 })),
  };
  for (const { scale, place } of scales) {
    const items = itemsOf(placed, scale.id);
    repeats[`items${place}`] = columns(items);
    repeats[`plain${place}`] = columns(items.filter(({ reversed }) => !reversed));
    repeats[`reversed${place}`] = columns(items.filter(({ reversed }) => reversed));
    repeats[`parts${place}`] = scale.kind === "scales" ? scale.of.map((part) => ({ part: placeOf(part) })) : [];
  }
  return repeats;
};

/** Bound parameters of `scores.sql` by scale. */
export const scoreParameters = (study: Study): Parameters =>
  Object.fromEntries(
    scoredScales(study.instrument).flatMap(({ scale, place }): [string, number][] => [
      [`share_${place}`, scale.answered],
      ...(scale.kind === "items"
        ? ([
            [`low_${place}`, scale.low],
            [`high_${place}`, scale.high],
          ] as [string, number][])
        : ([[`parts_${place}`, scale.of.length]] as [string, number][])),
    ]),
  );

/** Names of the scales by their place, as `team-sums.sql` binds them. */
export const scaleNames = (study: Study): Parameters =>
  Object.fromEntries(scoredScales(study.instrument).map(({ scale, place }) => [`scale_${place}`, scale.id]));

/** Columns of one scale's items and of their products, each pair once. */
export const momentColumns = (columns: Repeats, place: number): Repeats => {
  const items = columns[`items${place}`] ?? [];
  const places = items.flatMap((item) => item["place"] ?? []);
  return {
    items,
    plain: columns[`plain${place}`] ?? [],
    reversed: columns[`reversed${place}`] ?? [],
    products: places.flatMap((i) => places.filter((j) => j >= i).map((j) => ({ i, j }))),
  };
};
