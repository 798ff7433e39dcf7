import { foldText } from "./fold.ts";

const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, replaced));
    }
    previous = current;
  }
  return previous[b.length]!;
};

/** The known word that a mistyped one most likely stands for; undefined where none is near. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > 100) return undefined;
  const typed = word.trim().toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of known) {
    if (candidate.length > 100) continue;
    const edits = distance(typed, candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
};

/** `{ nearest }` where there is one, `{}` otherwise: for a problem's optional field. */
export const withNearest = (word: string, known: readonly string[]): { readonly nearest?: string } => {
  const found = nearest(word, known);
  return found === undefined ? {} : { nearest: found };
};

/** An id as a spreadsheet or a person may have changed it: without case, leading zeros or a fraction of zeros. */
export const bareId = (id: string): string =>
  foldText(id)
    .replace(/[.,]0+$/, "")
    .replace(/^0+(?=.)/, "");

/** As `withNearest`, for ids: one that differs only by what a spreadsheet changes comes before one with another letter. */
export const withNearestId = (id: string, known: readonly string[]): { readonly nearest?: string } => {
  const bare = bareId(id);
  const alike = known.find((one) => bareId(one) === bare);
  return alike === undefined ? withNearest(id, known) : { nearest: alike };
};
