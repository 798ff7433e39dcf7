import { describe, expect, it } from "vitest";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import type { PastFact, PastRelease } from "../../../src/disclosure/lattice/past.ts";
import { standingSince } from "../../../src/disclosure/lattice/together.ts";
import { rules, team } from "./organisation.ts";

const names = (leader: string, count: number) => Array.from({ length: count }, (_, k) => `${leader}-${k}.a`);
const of = (leader: string, members: readonly string[]): Atom => team(leader, members.length, {}, { members });
const eight = ["a", "b", "c"].map((leader) => of(leader, names(leader, 8)));
/** The same teams, one of them with other respondents. */
const but = (leader: string, members: readonly string[]) =>
  eight.map((atom) => (atom.leader === leader ? of(leader, members) : atom));

const number = (over: Partial<PastFact> = {}): PastFact => ({
  ...{ fact: "", audience: "leaders", statistic: "within", scale: "s", rater: "employee", wave: "w1" },
  ...{ grouping: "leaders", cell: "", value: 20, step: 0, ...over },
});
const release = (name: string, atoms: readonly Atom[], ...facts: readonly PastFact[]): PastRelease => ({
  ...{ release: name, atoms, facts: facts.length > 0 ? facts : [number()] },
});
const asked = { wave: "w1", scale: "s", audience: "leaders", statistics: ["within", "overall"], fewest: [1] } as const;
const since = (atoms: readonly Atom[], past: readonly PastRelease[], fewest: readonly number[] = [1]) =>
  standingSince({ ...asked, fewest }, atoms, past, rules);
const first = release("r1", eight);

describe("a number that all teams go into", () => {
  it("is said anew where no release said it, or the same respondents are behind it", () => {
    expect(since(eight, [])).toBeNull();
    expect(since(eight, [first])).toBeNull();
    const late = but("a", names("a", 9));
    expect(since(late, [release("r1", eight, number({ scale: "t" }), number({ audience: "management" }))])).toBeNull();
    expect(since(late, [release("r1", eight, number({ wave: "w0" }), number({ statistic: "mean" }))])).toBeNull();
  });

  it.each([
    ["came", but("a", names("a", 12))],
    ["went", but("a", names("a", 4))],
    [
      "were corrected",
      but("a", [
        ...names("a", 4),
        ...names("a", 8)
          .slice(4)
          .map((each) => each.replace(".a", ".b")),
      ]),
    ],
    [
      "were moved to another leader",
      but("a", names("a", 4)).map((atom) =>
        atom.leader === "b" ? of("b", [...names("b", 8), ...names("a", 8).slice(4)]) : atom,
      ),
    ],
  ])("stands where four %s", (_, atoms) => {
    expect(since(atoms, [first])).toBe("r1");
  });

  it("is said anew where five came, in one team or in several", () => {
    expect(since(but("a", names("a", 13)), [first])).toBeNull();
    const several = eight.map(({ leader }, k) => of(leader, names(leader, k === 0 ? 9 : 10)));
    expect(since(several, [first])).toBeNull();
  });

  it("is held against every release that said it anew, and stands as the last one has it", () => {
    const second = release("r2", but("a", names("a", 13)));
    expect(since(but("a", names("a", 9)), [first, second])).toBe("r2");
    expect(since(but("a", names("a", 14)), [first, second])).toBe("r2");
    const kept = release("r2", but("a", names("a", 9)), number({ since: "r1" }));
    expect(since(but("a", names("a", 10)), [first, kept])).toBe("r1");
    expect(since(but("a", names("a", 13)), [first, kept])).toBeNull();
    // What an earlier release said is known also where the last one does not say it.
    expect(since(but("a", names("a", 9)), [first, release("r2", eight, number({ scale: "t" }))])).toBe("r2");
  });

  it("is of the teams that have as many respondents as it takes, however many that is", () => {
    const small = [...eight, of("d", names("d", 3))];
    const past = [release("r1", small)];
    const more = (count: number) => [...eight, of("d", names("d", count))];
    expect(since(more(4), past, [5])).toBeNull();
    expect(since(more(4), past, [1, 5])).toBe("r1");
    // With the fifth the whole team comes in, which is five.
    expect(since(more(5), past, [5])).toBeNull();
    expect(since(more(5), past, [1])).toBe("r1");
  });

  it("does not move with answers to another scale", () => {
    const version = (count: number): readonly Atom[] =>
      eight.map((atom) => ({
        ...atom,
        members: atom.members.map((token) => token.replace(".a", `.${count}`)),
        versions: { s: atom.members.map((_, k) => (atom.leader === "a" && k < count ? "b" : "a")) },
      }));
    expect(since(version(0), [release("r1", version(0))])).toBeNull();
    expect(since(version(1), [release("r1", version(0))])).toBe("r1");
    expect(since(version(5), [release("r1", version(0))])).toBeNull();
  });
});
