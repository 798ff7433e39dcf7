import { describe, expect, it } from "vitest";
import { impliedBeside } from "../../../src/disclosure/kept.ts";
import { decidePages } from "../../../src/disclosure/lattice/own-pages.ts";
import type { LedgerRelease, PastPage } from "../../../src/disclosure/lattice/past.ts";
import { shown, suppressed } from "../../../src/disclosure/published.ts";
import { rulesOf } from "../../../src/disclosure/rules.ts";
import { anywhere } from "../../../src/disclosure/team.ts";

const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });

/** Tokens `person.version`, or without a name. */
const people = (from: number, to: number, version = "a"): readonly string[] =>
  Array.from({ length: to - from }, (_, k) => `p${from + k}.${version}`);
const team = (members: readonly string[], n: Readonly<Record<string, number>> = { s: members.length }) => ({
  ...{ leader: "L", wave: "w", groups: {}, members: [...members].sort(), n },
});
const released = (
  release: string,
  members: readonly string[],
  page: Partial<PastPage> = {},
  n?: Readonly<Record<string, number>>,
): LedgerRelease => ({
  ...{ release, facts: [], atoms: members.length > 0 ? [team(members, n)] : [] },
  pages: [{ leader: "L", wave: "w", scales: ["s"], answers: "s", ...page }],
});
const decided = (past: readonly LedgerRelease[], members: readonly string[], n?: Readonly<Record<string, number>>) =>
  decidePages(members.length > 0 ? [team(members, n)] : [], past, rules)("L", "w");
const kept = (...asked: Parameters<typeof decided>) => decided(...asked).kept;

describe("a leader's own page", () => {
  it("says all anew where no earlier release showed it, or it showed the same respondents", () => {
    expect(decided([], people(0, 7))).toEqual({ kept: null, n: { s: 7 }, earlier: [] });
    expect(decided([released("r1", people(0, 7))], people(0, 7))).toEqual({ kept: null, n: { s: 7 }, earlier: [] });
    expect(kept([{ ...released("r1", people(0, 4)), pages: [] }], people(0, 5))).toBeNull();
  });

  it.each([
    ["came", people(0, 11)],
    ["went", people(0, 5)],
    ["were corrected", [...people(0, 4), ...people(4, 7, "b")]],
    ["came, with the others gone", [...people(3, 7), ...people(7, 8)]],
  ])("stands as it was where fewer than five %s", (_, members) => {
    expect(decided([released("r1", people(0, 7))], members)).toEqual({ kept: "r1", n: { s: 7 }, earlier: [] });
  });

  it.each([
    ["five came", people(0, 12), { gone: 0, added: 5 }],
    ["five were corrected", [...people(0, 2), ...people(2, 7, "b")], { gone: 5, added: 5 }],
    ["all are others", people(7, 14), { gone: 7, added: 7 }],
  ])("is said anew beside the old one where %s", (_, members, moved) => {
    expect(decided([released("r1", people(0, 7))], members)).toEqual({
      ...{ kept: null, n: { s: members.length } },
      earlier: [{ release: "r1", scales: ["s"], answers: "s", n: { s: 7 }, ...moved }],
    });
  });

  it("stands where five came of whom fewer answered a scale that was shown, and moves where it never was", () => {
    const past = (scales: readonly string[]) => [released("r1", people(0, 7), { scales }, { s: 7, t: 7 })];
    expect(kept(past(["s", "t"]), people(0, 12), { s: 12, t: 9 })).toBe("r1");
    expect(kept(past(["s"]), people(0, 12), { s: 12, t: 9 })).toBeNull();
    expect(kept(past(["s", "t"]), people(0, 12), { s: 12, t: 4 })).toBeNull();
  });

  it("is held scale by scale against who was corrected on it", () => {
    const scales = ["s", "t"];
    const answered = (onS: number, onT: number) => ({
      ...team(people(0, 12, `${onS}${onT}`), { s: 12, t: 12 }),
      versions: {
        s: Array.from({ length: 12 }, (_, k) => (k < onS ? "b" : "a")),
        t: Array.from({ length: 12 }, (_, k) => (k >= 12 - onT ? "b" : "a")),
      },
    });
    const first = (shownScales: readonly string[]): LedgerRelease => ({
      ...{ release: "r1", facts: [], atoms: [answered(0, 0)] },
      pages: [{ leader: "L", wave: "w", scales: shownScales, answers: null }],
    });
    const keptOn = (onS: number, onT: number, shownScales = scales) =>
      decidePages([answered(onS, onT)], [first(shownScales)], rules)("L", "w").kept;
    // Five were corrected, one of them on one scale and four on the other.
    expect(keptOn(1, 4)).toBe("r1");
    expect(keptOn(1, 6)).toBe("r1");
    expect(keptOn(1, 6, ["t"])).toBeNull();
    expect(keptOn(6, 6)).toBeNull();
    expect(keptOn(0, 5)).toBeNull();
    expect(keptOn(0, 4)).toBe("r1");
  });

  it("is held against every release that showed it, not the last alone", () => {
    const [first, second] = [released("r1", people(0, 7)), released("r2", people(0, 12))];
    expect(kept([first, second], people(0, 8))).toBe("r2");
    expect(kept([first, second], people(0, 13))).toBe("r2");
    const again = { ...released("r3", people(0, 8)), pages: [{ ...first.pages[0]!, since: "r1" }] };
    expect(decided([first, again], people(0, 9))).toMatchObject({ kept: "r1", n: { s: 7 } });
  });

  it("stands where nobody is left, and where respondents have no names", () => {
    expect(kept([released("r1", people(0, 7))], [])).toBe("r1");
    const unnamed = people(0, 8).map((token) => token.replace(".", ""));
    expect(kept([released("r1", unnamed.slice(0, 7))], unnamed)).toBe("r1");
    expect(kept([released("r1", unnamed.slice(0, 7))], unnamed.slice(0, 7))).toBeNull();
  });
});

describe("the release whose page stands", () => {
  it("is the one that made it, as that had it last of its name", () => {
    const kept = { ...released("r3", people(0, 9)), pages: [{ ...released("r3", []).pages[0]!, since: "r1" }] };
    const twice = [released("r1", people(0, 6)), released("r1", people(0, 12)), kept];
    expect(decided(twice, people(0, 13))).toEqual({ kept: "r1", n: { s: 12 }, earlier: [] });
  });

  it("tells of all that were made of others what was shown, who went and who came", () => {
    const past = [
      released("r1", people(0, 7), { answers: null }),
      released("r2", people(0, 13), { scales: ["s", "t"] }),
    ];
    expect(decided(past, people(0, 19)).earlier).toEqual([
      { release: "r1", scales: ["s"], answers: null, n: { s: 7 }, gone: 0, added: 12 },
      { release: "r2", scales: ["s", "t"], answers: "s", n: { s: 13 }, gone: 0, added: 6 },
    ]);
  });

  it("is none for another leader or wave", () => {
    const of = (leader: string, wave: string) =>
      decidePages([team(people(0, 8))], [released("r1", people(0, 7))], rules)(leader, wave);
    expect([of("M", "w"), of("L", "v")]).toEqual(new Array(2).fill({ kept: null, n: {}, earlier: [] }));
    expect(of("L", "w").kept).toBe("r1");
  });

  it("takes nothing of a team without tokens for the same", () => {
    expect(
      kept(
        [released("r1", [], {}, { s: 7 })].map((each) => ({ ...each, atoms: [team([], { s: 7 })] })),
        people(0, 7),
      ),
    ).toBeNull();
  });
});

describe("a mean beside the one that was shown of most of the same", () => {
  const unit = { low: 0, high: 100, margin: 25, decimals: 0 };
  const mean = (value: number, bound: "at-least" | "at-most" | null = null) =>
    shown({ mean: value, bound, low: null, high: null });
  const shownBefore = (gone: number, added: number, n = 7) => ({ shown: mean(60), n, gone, added });

  it("lies no further from it than those who came or went can have carried it", () => {
    const five = impliedBeside(anywhere, 12, shownBefore(0, 5), unit);
    expect([five.low, five.high].map((share) => Math.round(share * 1200))).toEqual([420, 920]);
    const gone = impliedBeside(anywhere, 7, { ...shownBefore(5, 0), n: 12 }, unit);
    expect([gone.low, gone.high].map((share) => Math.round(share * 700))).toEqual([220, 700]);
    const corrected = impliedBeside(anywhere, 7, shownBefore(5, 5), unit);
    expect(corrected).toEqual({ low: 0, high: 1 });
  });

  it("is as open as before where nothing was shown, or only that it was beyond a bound", () => {
    expect(impliedBeside(anywhere, 12, { ...shownBefore(0, 5), shown: suppressed }, unit)).toEqual(anywhere);
    const low = impliedBeside(anywhere, 12, { ...shownBefore(0, 5), shown: mean(95, "at-least") }, unit);
    expect(low).toEqual({ low: expect.closeTo((7 * 0.95) / 12, 12), high: 1 });
    const high = impliedBeside(anywhere, 12, { ...shownBefore(0, 5), shown: mean(5, "at-most") }, unit);
    expect(high).toEqual({ low: 0, high: expect.closeTo((7 * 0.05 + 5) / 12, 12) });
    expect(impliedBeside(anywhere, 0, shownBefore(7, 0), unit)).toEqual(anywhere);
  });

  it("is within what else is known, and in the scale's own unit", () => {
    const known = { low: 0.4, high: 0.7 };
    expect(impliedBeside(known, 12, shownBefore(0, 5), unit)).toEqual(known);
    const own = { low: 1, high: 5, margin: 1, decimals: 1 };
    const before = { shown: mean(3.4), n: 10, gone: 0, added: 0 };
    expect(impliedBeside(anywhere, 10, before, own)).toEqual({
      low: expect.closeTo(0.6, 12),
      high: expect.closeTo(0.6, 12),
    });
  });

  it("may be carried by no more than came or went, nor than there are", () => {
    const ends = (n: number, gone: number, added: number) => {
      const { low, high } = impliedBeside(anywhere, n, shownBefore(gone, added), unit);
      return [low, high].map((share) => Math.round(share * n * 10) / 10);
    };
    // 7 · 0.6 is 4.2 before.
    expect(ends(9, 0, 2)).toEqual([4.2, 6.2]);
    expect(ends(9, 0, 5)).toEqual([4.2, 6.2]);
    expect(ends(5, 2, 0)).toEqual([2.2, 4.2]);
    expect(ends(7, 1, 1)).toEqual([3.2, 5.2]);
    expect(ends(8, 1, 2)).toEqual([3.2, 6.2]);
    expect(ends(6, 0, 0)).toEqual([3.2, 4.2]);
  });
});
