import { foldText } from "../../study/fold.ts";

const wordsOf = (text: string): readonly string[] => foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A wording with one of these more or less says something else, however alike the rest is. */
const negations: ReadonlySet<string> = new Set([
  ...["ikke", "ikkje", "ej", "aldrig", "aldri", "ingen", "intet", "uden", "sjældent"],
  ...["not", "never", "no", "none", "nobody", "without", "rarely", "nicht", "nie", "kein", "keine", "inte"],
]);

const negated = (words: readonly string[]): number => words.filter((word) => negations.has(word)).length % 2;

const trigrams = (words: readonly string[]): ReadonlyMap<string, number> => {
  const text = ` ${words.join(" ")} `;
  const found = new Map<string, number>();
  for (let k = 0; k + 3 <= text.length; k += 1) {
    const gram = text.slice(k, k + 3);
    found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
};

const sizeOf = (grams: ReadonlyMap<string, number>): number => [...grams.values()].reduce((sum, n) => sum + n, 0);

/** How alike two wordings are, from 0 to 1: Dice's coefficient of their trigrams; 0 where only one of them is negated. */
export const wordingSimilarity = (one: string, other: string): number => {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  if (first.length === 0 || second.length === 0 || negated(first) !== negated(second)) return 0;
  const [a, b] = [trigrams(first), trigrams(second)];
  const shared = [...a].reduce((sum, [gram, n]) => sum + Math.min(n, b.get(gram) ?? 0), 0);
  return (2 * shared) / (sizeOf(a) + sizeOf(b));
};

/** A matrix question as vendors write it: the stem, and the item after the first hyphen that stands alone. */
export const splitWording = (wording: string): { readonly stem: string | null; readonly item: string } => {
  const cut = /^(.*?\S)\s+[-–—]\s+(\S.*)$/s.exec(wording);
  return cut ? { stem: cut[1] as string, item: cut[2] as string } : { stem: null, item: wording };
};

/** What of a column's wording may be an item's: all of it, and what stands after the first and the last such hyphen. */
export const wordingParts = (wording: string): readonly string[] => {
  const after = splitWording(wording).item;
  const last = /^.*\s[-–—]\s+(\S.*)$/s.exec(wording)?.[1] ?? after;
  return [...new Set([wording, after, last])];
};
