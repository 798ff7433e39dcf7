import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { basisOf, factsOf, type Questionnaire, readOf, tablesOf } from "./attacked.ts";
import { provenBy } from "./possible-sums.ts";

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

/** Answers that are often alike, of one to six questions, some of them reversed. */
const teams = fc
  .record({ categories: fc.integer({ min: 2, max: 7 }), n: fc.integer({ min: 5, max: 14 }), turns: fc.nat(3) })
  .chain(({ categories, n, turns }) => {
    const any = fc.array(fc.nat(categories - 1), { minLength: n, maxLength: n });
    const near = fc
      .tuple(fc.nat(categories - 1), fc.nat(categories - 1), fc.nat(3))
      .map(([most, other, few]) => Array.from({ length: n }, (_, at) => (at < few ? other : most)));
    const item = fc
      .oneof(any, near, near)
      .map((chosen) => Array.from({ length: categories }, (_, at) => chosen.filter((each) => each === at).length));
    return fc
      .array(item, { minLength: 1, maxLength: 6 })
      .map((table) => ({ table, reversed: table.map((_, at) => turns > 0 && at % (turns + 1) === turns) }));
  });

const plain = [false, false];
const reversed = [false, true];

/** Every table of answers is tried; more questions and more answers are drawn by lot below. */
describe("whoever reads a leader's page and knows how it is made", () => {
  it.each([
    ["two questions of five answers", asked(5, plain), [5]],
    ["two questions of four answers", asked(4, plain), [5, 6]],
    ["two questions of three answers, one of them reversed", asked(3, reversed), [5, 6, 7, 8, 9, 10, 12]],
    ["three questions of three answers", asked(3, [false, false, false]), [5]],
    ["four questions of yes or no", asked(2, [false, false, true, false]), [5, 6, 8]],
    ["two questions of yes or no", asked(2, plain), [5, 9, 10, 12]],
    ["one question of five answers", asked(5, [false]), [5, 6, 7, 8, 9, 10, 14]],
    ["one reversed question of eleven answers", asked(11, [true]), [5]],
    ["two scales beside own answers", { categories: 2, scales: [plain, reversed], own: [50, 50] }, [5, 6]],
  ] as const)("cannot tell that all gave an answer, or among few that none did: %s", (_, questionnaire, sizes) => {
    for (const n of sizes) expect(leaksOf(questionnaire, n), `${n} answers`).toHaveLength(0);
  });

  it("cannot tell it of longer scales and larger teams either", () => {
    fc.assert(
      fc.property(teams, ({ reversed: turned, table }) => {
        const questionnaire = asked(table[0]!.length, turned);
        expect(provenBy(questionnaire, table)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
  it("sees all questions of a scale or none, whatever was answered", () => {
    fc.assert(
      fc.property(teams, ({ reversed: turned, table }) => {
        const questionnaire = asked(table[0]!.length, turned);
        const { answers } = factsOf(basisOf(questionnaire), questionnaire, [table]);
        expect(answers?.items ?? null).toMatchObject(table.length > 1 ? { state: "shown" } : null!);
      }),
    );
  });
});
