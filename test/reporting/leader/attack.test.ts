import { describe, expect, it } from "vitest";
import { basisOf, factsOf, type Questionnaire, readOf, tablesOf } from "./attacked.ts";

/** Of each item and category, the fewest and the most answers in any table that gives the same page. */
interface Possible {
  readonly least: number[];
  readonly most: number[];
}

const possibleBy = (asked: Questionnaire, n: number): ReadonlyMap<string, Possible> => {
  const basis = basisOf(asked);
  const pages = new Map<string, Possible>();
  for (const table of tablesOf(asked, n)) {
    const page = readOf(factsOf(basis, asked, table), asked, table);
    const counts = table.flat(2);
    const known = pages.get(page);
    if (!known) pages.set(page, { least: [...counts], most: [...counts] });
    else
      for (const [at, count] of counts.entries()) {
        if (count < known.least[at]!) known.least[at] = count;
        if (count > known.most[at]!) known.most[at] = count;
      }
  }
  return pages;
};

/** The pages from which an attacker concludes that all chose one answer, or of fewer than ten that nobody did. */
const leaksOf = (asked: Questionnaire, n: number): readonly string[] =>
  [...possibleBy(asked, n)].flatMap(([page, { least, most }]) => {
    const all = least.some((count) => count === n);
    const none = n < 10 && most.some((count) => count === 0);
    return all || none ? [page] : [];
  });

const asked = (categories: number, ...scales: readonly (readonly boolean[])[]): Questionnaire => ({
  categories,
  scales,
  own: null,
});
const plain = [false, false];
const reversed = [false, true];

describe("whoever reads a leader's page and knows how it is made", () => {
  it.each([
    ["two questions of five answers", asked(5, plain), [5, 6, 7]],
    ["a question and a reversed one", asked(5, reversed), [5, 6]],
    ["a scale of one question", asked(5, [false]), [5, 6, 7, 8, 9, 10, 14]],
    ["a scale of one reversed question", asked(5, [true]), [5, 9]],
    ["three questions of three answers", asked(3, [false, false, false]), [5, 6, 7]],
    ["four questions of yes or no", asked(2, [false, false, true, false]), [5, 6, 8]],
    ["two questions of four answers", asked(4, plain), [5, 8, 9, 10, 11]],
    ["two questions of three answers", asked(3, reversed), [9, 10, 12, 14]],
    ["two questions of seven answers", asked(7, plain), [5]],
    ["two scales", asked(3, plain, [false]), [5, 7]],
  ] as const)("learns of no answer that all gave it, or of few that none did: %s", (_, questionnaire, sizes) => {
    for (const n of sizes) expect(leaksOf(questionnaire, n).slice(0, 3), `${n} answers`).toEqual([]);
  });
  it("learns nothing from which scale's answers are shown", () => {
    for (const own of [
      [50, 50],
      [100, 40],
    ])
      expect(leaksOf({ categories: 3, scales: [plain, plain], own }, 5).slice(0, 3)).toEqual([]);
  });
});
