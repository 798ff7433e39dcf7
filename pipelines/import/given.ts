import { Refusal } from "../../src/errors.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { placedItems } from "../../src/study/items.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Study } from "../../src/study/study.ts";
import { requireColumns } from "../ingest/columns.ts";
import type { Given } from "./proposal.ts";

const known = (file: string, kind: string, id: string, allowed: readonly string[]): void => {
  if (!allowed.includes(id))
    throw new Refusal({ code: "reference-unknown", place: { file }, kind, id, allowed, ...withNearest(id, allowed) });
};

/** Place of a column that a person named; null where none was. Refuses a name that the file does not have. */
export const placeOfGiven = (file: DeliveredFile, name: string | null): number | null =>
  name === null ? null : (requireColumns(file, [name])[0]?.column ?? null);

/** Places of the columns that a person gave to items. */
export const placesOfGiven = (file: DeliveredFile, { items }: Given): ReadonlyMap<string, number> =>
  new Map(Object.entries(items).map(([item, name]) => [item, requireColumns(file, [name])[0]!.column]));

/** Refuses waves and items that the study does not have. */
export const checkGiven = (study: Study, given: Given): void => {
  const waves = study.waves.map(({ id }) => id);
  if (given.wave !== null) known("study.yaml", "wave", given.wave, waves);
  const items = placedItems(study.instrument).map(({ item }) => item.id);
  for (const item of [...Object.keys(given.items), ...given.notAsked]) known("study.yaml", "item", item, items);
};
