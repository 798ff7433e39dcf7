import { describe, expect, it } from "vitest";
import type { Atom, Publication } from "../../src/audit/publication.ts";
import { refine } from "../../src/audit/refine.ts";
import { deriveRows } from "../../src/audit/rows.ts";

const team = (release: string, leader: string, members: readonly string[], scored = members.length): Atom => ({
  atom: `${release}:${leader}`,
  wave: "w1",
  leader,
  groups: { organisation: "" },
  n: { s: scored },
  members,
});

const released = (...releases: readonly (readonly Atom[])[]): Publication => ({
  releases: releases.map((atoms, k) => ({ release: `r${k + 1}`, atoms, facts: [], pages: null })),
  ranges: {},
  composites: {},
});

const told = (publication: Publication) => refine(publication).map(({ leaders, n }) => [leaders.join("+"), n["s"]]);

describe("refining atoms over releases", () => {
  it("leaves a team whole that every release used alike", () => {
    expect(told(released([team("r1", "a", ["1", "2", "3"])], [team("r2", "a", ["1", "2", "3"])]))).toEqual([["a", 3]]);
  });

  it("sets apart who came late, who was erased and whose answers were corrected", () => {
    const before = team("r1", "a", ["1", "2", "3", "4"]);
    const after = team("r2", "a", ["1", "2", "3 corrected", "late"]);
    expect(told(released([before], [after]))).toEqual([
      ["a", 2],
      ["a", 2],
      ["a", 2],
    ]);
  });

  it("takes an atom without tokens for respondents of its own in every release", () => {
    const counted = { ...team("r1", "a", []), n: { s: 4, t: 3 } };
    expect(told(released([counted], [{ ...counted, atom: "r2:a" }]))).toEqual([
      ["a", 4],
      ["a", 4],
    ]);
  });

  it("knows one person of two leaders where the token is the same", () => {
    const first = [team("r1", "a", ["1", "2"]), team("r1", "b", ["3"])];
    const second = [team("r2", "a", ["1"]), team("r2", "b", ["2", "3"])];
    expect(told(released(first, second))).toEqual([
      ["a", 1],
      ["a+b", 1],
      ["b", 1],
    ]);
  });

  it("assumes no more respondents on a scale than the release that counts the fewest", () => {
    const counted = (release: string, scored: number) => [team(release, "a", ["1", "2", "3"], scored)];
    expect(told(released(counted("r1", 1), counted("r2", 3)))).toEqual([["a", 1]]);
    expect(told(released(counted("r1", 3), counted("r2", 2)))).toEqual([["a", 2]]);
  });

  it("assumes the fewest respondents that a part can have on a scale", () => {
    const before = team("r1", "a", ["1", "2", "3", "4", "5", "6"], 5);
    const after = team("r2", "a", ["1", "2", "3"], 3);
    expect(told(released([before], [after]))).toEqual([
      ["a", 3],
      ["a", 2],
    ]);
  });
});

describe("answers that were corrected on one scale", () => {
  const answered = (release: string, s: readonly (string | null)[], t: readonly (string | null)[]): Atom => ({
    ...team(
      release,
      "a",
      ["1.x", "2.x", "3.x"].map((token) => `${token}${release}`),
    ),
    n: { s: s.filter((each) => each !== null).length, t: t.filter((each) => each !== null).length },
    versions: { s, t },
  });
  it("are a part of their own on that scale, and on the other still with the rest", () => {
    const parts = refine(
      released(
        [answered("r1", ["a", "a", null], ["a", "a", "a"])],
        [answered("r2", ["b", "a", null], ["a", "b", "a"])],
      ),
    );
    expect(parts.map(({ n, persons }) => [n["s"], n["t"], [...persons["s"]!], [...persons["t"]!]])).toEqual([
      [1, 1, ["1"], ["2"]],
      [1, 2, [], []],
      [1, 1, ["1"], ["2"]],
    ]);
  });
});

describe("a person whose answers were corrected", () => {
  const persons = (publication: Publication) => refine(publication).map((part) => [...part.persons["s"]!].sort());
  it("is known in the old part and in the new one, and in another wave", () => {
    const before = team("r1", "a", ["1.x", "2.x", "3.x"]);
    const later = { ...team("r1", "a", ["1.z", "4.z"]), atom: "r1:a:w2", wave: "w2" };
    const after = team("r2", "a", ["1.y", "2.y", "3.x"]);
    expect(persons(released([before, later], [after]))).toEqual([["1", "2"], [], ["1"], ["1", "2"]]);
  });
  it("may be one who is gone, where responses name nobody: of the same leader first", () => {
    const first = [team("r1", "a", ["1", "2"]), team("r1", "b", ["3", "4"])];
    const second = [team("r2", "a", ["1", "x", "y"]), team("r2", "b", ["z", "4"])];
    const third = [team("r3", "a", ["1", "u", "y"]), team("r3", "b", ["z", "4"])];
    // 2 became x and then u, 3 became z, and y is new.
    expect(persons(released(first, second, third))).toEqual([
      [],
      ["w1 2"],
      ["w1 3"],
      [],
      ["w1 2"],
      [],
      ["w1 3"],
      ["w1 2"],
    ]);
  });
});

describe("the row of a fact", () => {
  it("weighs each respondent of a difference by the size of the other cell", () => {
    const atoms = [team("r1", "a", ["1", "2", "3"]), { ...team("r1", "b", ["4", "5"]), groups: { arm: "control" } }];
    const cell = { grouping: "organisation", cell: "", wave: "w1" };
    const against = { grouping: "arm", cell: "control", wave: "w1" };
    const rest = { audience: "management", scale: "s", rater: "employee", value: 1, step: 1 } as const;
    const facts = [{ ...rest, ...cell, against, fact: "f", statistic: "difference" as const }];
    const publication = { ...released(), releases: [{ release: "r1", atoms, facts, pages: null }] };
    const { rows } = deriveRows(publication, refine(publication));
    expect([...rows[0]!.coefficients.values()]).toEqual([2, -3]);
    expect(rows[0]!.multiplier).toBe(6);
  });
});
