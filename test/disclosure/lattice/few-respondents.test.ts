import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Column, isLarge } from "../../../src/disclosure/lattice/column.ts";
import { givesAway } from "../../../src/disclosure/lattice/combinations.ts";
import { type Echelon, grow, reduced } from "../../../src/disclosure/lattice/echelon.ts";
import { fewRespondents } from "../../../src/disclosure/lattice/few-respondents.ts";
import { leading } from "../../../src/disclosure/lattice/field.ts";
import { carries, rules } from "./organisation.ts";

const names = fc.subarray(["p", "q", "r", "s"]);

/** Columns of one or two leaders, some of whose respondents are in other columns too. */
const columns = fc.array(
  fc
    .record({
      leader: fc.constantFrom("a", "b", "c", "d", "e"),
      second: fc.constantFrom("f", null),
      others: fc.nat(4),
      persons: names,
    })
    .filter(({ others, persons }) => others + persons.length > 0)
    .map(({ leader, second, others, persons }): Column => {
      const all = { n: others + persons.length, persons: new Set(persons) };
      const half = { n: Math.min(all.n, 1), persons: new Set(persons.slice(0, 1)) };
      const known =
        second === null
          ? [[leader, all] as const]
          : ([
              [leader, half],
              [second, half],
            ] as const);
      return { ...all, leaders: new Set(known.map(([name]) => name)), known: new Map(known) };
    }),
  { minLength: 1, maxLength: 8 },
);

const matrix = columns.chain((all) =>
  fc.record({
    all: fc.constant(all),
    rows: fc.array(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: all.length, maxLength: all.length }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
);

const basisOf = (rows: readonly (readonly number[])[]): Echelon => {
  const echelon: Echelon = { rows: [] };
  for (const row of rows) {
    const rest = reduced(echelon, Float64Array.from(row));
    if (leading(rest) >= 0) grow(echelon, rest);
  }
  return echelon;
};

/** Persons counted once, respondents of no other column one by one; without those whom a viewer knows. */
const countOf = (own: readonly Column[], viewer: string | null): number => {
  const beside = own.map(({ n, persons, known }) => {
    const out = viewer === null ? undefined : known.get(viewer);
    const left = new Set([...persons].filter((person) => !out?.persons.has(person)));
    return { n: n - (out?.n ?? 0), left };
  });
  const persons = new Set(beside.flatMap(({ left }) => [...left]));
  return beside.reduce((sum, { n, left }) => sum + n - left.size, 0) + persons.size;
};

const subsets = (count: number) =>
  Array.from({ length: 2 ** count - 1 }, (_, index) =>
    Array.from({ length: count }, (_, k) => k).filter((k) => ((index + 1) >> k) & 1),
  );

/** Viewers beside whom some columns that carry a combination hold fewer than five, by trying all columns. */
const leakingTo = (rows: readonly (readonly number[])[], all: readonly Column[]): readonly (string | null)[] => {
  const viewers = [null, ...new Set(all.flatMap(({ known }) => [...known.keys()]))];
  const carrying = subsets(all.length).filter((own) => carries(rows, new Set(own)));
  return viewers.filter((viewer) =>
    carrying.some(
      (own) =>
        countOf(
          own.map((k) => all[k]!),
          viewer,
        ) < 5,
    ),
  );
};

describe("what a few columns carry", () => {
  it("is found by bases without a common column, or said to be unclear", () => {
    fc.assert(
      fc.property(matrix, ({ all, rows }) => {
        const told = fewRespondents(
          basisOf(rows).rows.map(({ values }) => values),
          all,
          rules,
        );
        const leaking = leakingTo(rows, all);
        if (told.givesAway) expect(leaking).not.toEqual([]);
        else expect(told.unclear).toEqual(expect.arrayContaining([...leaking]));
      }),
      { numRuns: 300 },
    );
  });

  it("is found whatever bases leave unclear", () => {
    fc.assert(
      fc.property(matrix, ({ all, rows }) => {
        const { rows: basis } = basisOf(rows);
        const found = givesAway(basis, basis, all, { ...rules, leaders: 1 });
        expect(found).toBe(basis.length > 0 && leakingTo(rows, all).length > 0);
      }),
      { numRuns: 300 },
    );
  });

  it("is clear at once where many single respondents changed between releases", () => {
    // Ten releases: each row is what one added to the one before, from thirty leaders, some of them of several releases.
    const all = Array.from({ length: 300 }, (_, k): Column => {
      const leader = `l${(k * 7) % 90}`;
      const own = { n: 1, persons: new Set<string>() };
      return { ...own, leaders: new Set([leader]), known: new Map([[leader, own]]) };
    });
    const rows = Array.from({ length: 10 }, (_, row) => all.map((_, k) => Number(k % 10 === row || k % 9 === row)));
    const { rows: basis } = basisOf(rows);
    const told = fewRespondents(
      basis.map(({ values }) => values),
      all,
      rules,
    );
    expect(told).toEqual({ givesAway: false, unclear: [] });
    expect(all.some((column) => isLarge(column, rules))).toBe(false);
  });
});
