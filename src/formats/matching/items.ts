import { foldText } from "../../study/fold.ts";
import { wordingParts, wordingSimilarity } from "./similarity.ts";
import type { SurveyedColumn } from "./surveyed.ts";

/** An item that a file may have a column of. */
export interface WantedItem {
  readonly id: string;
  readonly wordings: readonly string[];
  /** Columns that other deliveries of the study have it in. */
  readonly earlier: readonly string[];
}

export type FoundBy = "given" | "id" | "name" | "wording" | "near-wording" | "earlier";

export interface ItemMatch {
  readonly item: string;
  /** Place of the column in the file. */
  readonly column: number;
  readonly by: FoundBy;
}

export interface ItemMatches {
  readonly found: readonly ItemMatch[];
  /** Items that may be in one of several columns; near-equal wordings do not decide. */
  readonly open: readonly { readonly item: string; readonly columns: readonly number[] }[];
  /** Items that no column resembles. */
  readonly absent: readonly string[];
}

/** Below this two wordings are not taken for one; a candidate must be this much nearer than the next. */
const nearEnough = 0.75;
const resembles = 0.6;
const margin = 0.08;

type Match = (item: WantedItem, column: SurveyedColumn) => boolean;

const bare = (text: string): string => foldText(text).replace(/[.:?!]+$/, "");

const sameWording: Match = ({ wordings }, { described: { wording } }) => {
  if (wording === null) return false;
  const parts = wordingParts(wording).map(bare);
  return wordings.some((one) => parts.includes(bare(one)));
};

const certain: readonly (readonly [FoundBy, Match])[] = [
  ["id", ({ id }, { described }) => described.id === id],
  ["name", ({ id }, { described }) => described.name === id],
  ["name", ({ id }, { described }) => foldText(described.name) === foldText(id)],
  ["wording", sameWording],
];

const similarity = ({ wordings }: WantedItem, { described: { wording } }: SurveyedColumn): number =>
  wording === null
    ? 0
    : Math.max(0, ...wordingParts(wording).flatMap((part) => wordings.map((one) => wordingSimilarity(part, one))));

interface Alike {
  readonly item: WantedItem;
  readonly column: number;
  readonly similarity: number;
}

const rivals = (one: Alike, all: readonly Alike[]): readonly Alike[] =>
  all.filter(
    (other) =>
      other !== one &&
      (other.item === one.item || other.column === one.column) &&
      other.similarity > one.similarity - margin,
  );

/**
 * The columns of a file that hold an instrument's items: by the vendor's id, by name, by wording, else by the nearest
 * wording where it is clearly nearer than any other. A column holds one item.
 *
 * @param columns those that may hold answers; null at the place of one that may not
 */
export const matchItems = (
  wanted: readonly WantedItem[],
  columns: readonly (SurveyedColumn | null)[],
  given: ReadonlyMap<string, number>,
): ItemMatches => {
  const found = new Map<string, ItemMatch>();
  const taken = new Set<number>(given.values());
  const open = new Map<string, readonly number[]>();
  for (const [item, column] of given) found.set(item, { item, column, by: "given" });
  const left = (): readonly WantedItem[] => wanted.filter(({ id }) => !found.has(id) && !open.has(id));
  const free = (): readonly (readonly [number, SurveyedColumn])[] =>
    [...columns.entries()].flatMap(([place, column]) => (column === null || taken.has(place) ? [] : [[place, column]]));
  const take = (item: string, column: number, by: FoundBy): void => {
    found.set(item, { item, column, by });
    taken.add(column);
  };
  for (const [by, matches] of certain) {
    const places = left().map((item) => ({
      item,
      here: free().flatMap(([place, column]) => (matches(item, column) ? [place] : [])),
    }));
    for (const { item, here } of places) {
      const shared = places.some((other) => other.item !== item && other.here.some((place) => here.includes(place)));
      if (here.length === 1 && !shared) take(item.id, here[0] as number, by);
      else if (here.length > 0) open.set(item.id, here);
    }
  }
  const alike = left().flatMap((item) =>
    free().flatMap(([column, one]): Alike[] => {
      const near = similarity(item, one);
      return near >= resembles ? [{ item, column, similarity: near }] : [];
    }),
  );
  for (const one of alike)
    if (one.similarity >= nearEnough && rivals(one, alike).length === 0) take(one.item.id, one.column, "near-wording");
  for (const { item, column } of alike)
    if (!found.has(item.id) && !taken.has(column)) open.set(item.id, [...(open.get(item.id) ?? []), column]);
  for (const item of left()) {
    const places = free().flatMap(([place, { described }]) =>
      item.earlier.includes(described.name) || (described.id !== null && item.earlier.includes(described.id))
        ? [place]
        : [],
    );
    if (places.length === 1) take(item.id, places[0] as number, "earlier");
  }
  return {
    found: wanted.flatMap(({ id }) => found.get(id) ?? []),
    open: wanted.flatMap(({ id }) => (open.has(id) ? [{ item: id, columns: open.get(id) as readonly number[] }] : [])),
    absent: left().map(({ id }) => id),
  };
};
