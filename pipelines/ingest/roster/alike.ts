import { foldText } from "../../../src/study/fold.ts";

/** A name as it is heard: without case and spaces. */
const heard = (name: string): string => foldText(name).replaceAll(" ", "");

/** Places of names that an earlier one, written otherwise, differs from by case or spaces only. */
export const alikeNames = (names: readonly string[]): readonly number[] => {
  const first = new Map<string, string>();
  const told = new Set<string>();
  return [...names.entries()].flatMap(([place, name]) => {
    if (name === "" || told.has(name)) return [];
    told.add(name);
    const before = first.get(heard(name));
    if (before === undefined) first.set(heard(name), name);
    return before === undefined ? [] : [place];
  });
};
