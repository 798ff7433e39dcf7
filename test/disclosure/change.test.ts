import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { teamChanges } from "../../src/disclosure/change.ts";
import { shown, suppressed, valueIn } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { tTwoTail } from "../../src/stats/distribution/distributions.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });
const index = { low: 0, high: 100, margin: 25, decimals: 0 };
const spread = { sd: 15, df: 400, t: 2, leaders: 40, largest: 0.1 };
const measured = (mean: number, n = 14) => ({
  team: { n, mean },
  shown: shown({ mean, bound: null, low: null, high: null }),
  spread,
});
const by = (value: number) => ({ before: measured(50), after: measured(50 + value), unit: index });
const valuesOf = (moves: readonly number[]) =>
  teamChanges(moves.map(by), 0.95, rules).map((cell) => {
    const { value, noise } = valueIn(cell)!;
    return { value, noise, clear: Math.abs(value) >= noise };
  });

/** Welch's p of a move, both waves with fourteen answers of a pooled deviation of 15 on 400 degrees of freedom. */
const pOf = (value: number) => tTwoTail(value / Math.sqrt((2 * 15 ** 2) / 14), 800);

describe("the changes of a page", () => {
  it("take a lone change at its own five per cent", () => {
    expect(valuesOf([12])).toEqual([{ value: 12, noise: 12, clear: true }]);
    expect(valuesOf([11])).toEqual([{ value: 11, noise: 12, clear: false }]);
  });
  it("do not find one among eight that alone would have been found", () => {
    expect(pOf(12)).toBeLessThan(0.05);
    expect(valuesOf([12, 0, 1, -2, 3, 0, -1, 2]).map(({ clear }) => clear)).not.toContain(true);
    expect(valuesOf([18, 0, 1, -2, 3, 0, -1, 2])[0]).toMatchObject({ clear: true });
  });
  it("step down: a change beside larger ones needs less than it would as the largest", () => {
    const alone = valuesOf([14, 0, 0, 0]);
    const beside = valuesOf([14, 30, 40, 50]);
    expect(alone[0]?.clear).toBe(false);
    expect(beside[0]).toEqual({ value: 14, noise: 12, clear: true });
  });
  it("are told from chance exactly where Holm's adjusted p is at most five per cent", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 9 }), (moves) => {
        const order = moves.map((_, at) => at).sort((a, b) => pOf(moves[a]!) - pOf(moves[b]!));
        let adjusted = 0;
        const found = new Set<number>();
        for (const [rank, at] of order.entries()) {
          adjusted = Math.max(adjusted, (moves.length - rank) * pOf(moves[at]!));
          if (adjusted <= 0.05) found.add(at);
        }
        expect(valuesOf(moves).map(({ clear }) => clear)).toEqual(moves.map((_, at) => found.has(at)));
      }),
    );
  });
  it("count in the family only what can be shown", () => {
    const hidden = { before: { ...measured(50), shown: suppressed }, after: measured(70), unit: index };
    const alone = { ...by(12), after: { ...measured(62), spread: { ...spread, largest: 0.9 } } };
    const [first, second, third] = teamChanges([hidden, alone, by(12)], 0.95, rules);
    expect([first?.state, second?.state]).toEqual(["suppressed", "suppressed"]);
    expect(valueIn(third!)).toEqual({ value: 12, noise: 12 });
  });
  it("weigh the waves by their answers and degrees of freedom", () => {
    const few = { ...measured(50, 5), spread: { ...spread, df: 8 } };
    expect(valueIn(teamChanges([{ before: few, after: measured(80), unit: index }], 0.95, rules)[0]!)).toEqual({
      value: 30,
      noise: 17,
    });
  });
  it.each([
    ["before", { shown: suppressed }],
    ["after", { shown: suppressed }],
    ["before", { spread: null }],
    ["after", { spread: null }],
    ["before", { spread: { ...spread, leaders: 2 } }],
    ["after", { spread: { ...spread, leaders: 2 } }],
    ["before", { spread: { ...spread, sd: 0 } }],
  ])("are none where %s is %o", (side, over) => {
    const whole = by(12);
    const told =
      side === "before"
        ? { ...whole, before: { ...whole.before, ...over } }
        : { ...whole, after: { ...whole.after, ...over } };
    expect(teamChanges([told], 0.95, rules)).toEqual([suppressed]);
  });
  it("are differences of what is shown, to the decimals of the scale, their noise rounded up", () => {
    const unit = { low: 1, high: 5, margin: 1, decimals: 1 };
    const of = (mean: number) => ({ ...measured(mean, 16), spread: { ...spread, sd: 1 } });
    const [cell] = teamChanges([{ before: of(3.1), after: of(3.4), unit }], 0.95, rules);
    // 1.963 · √(2 / 16) is 0.694.
    expect(valueIn(cell!)).toEqual({ value: 0.3, noise: 0.7 });
    const [falling] = teamChanges([{ before: of(3.4), after: of(3.1), unit }], 0.95, rules);
    expect(valueIn(falling!)).toEqual({ value: -0.3, noise: 0.7 });
  });
});
