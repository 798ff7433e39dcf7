import { describe, expect, it } from "vitest";
import {
  type Atom,
  byGroup,
  groupKey,
  groupsOf,
  isIn,
  meanOf,
  membersOn,
  supportOf,
} from "../../../src/disclosure/lattice/atoms.ts";
import { team } from "./organisation.ts";

const a = team("a", 8, { arm: "x", department: null }, { mean: 60 });
const b = team("b", 4, { arm: "y" }, { mean: 30 });
const later = team("a", 8, { arm: "x" }, { wave: "w2" });
const none: Atom = { ...team("c", 0, { arm: "x" }), n: {}, sums: {} };

describe("the tokens of a team on a scale", () => {
  const members = ["p.1", "q.1", "gone", "r.1"];
  it("are those of whole answers where nothing is known of the scale's", () => {
    expect(membersOn({ members }, "s")).toBe(members);
    expect(membersOn({ members, versions: { t: [] } }, "s")).toBe(members);
  });
  it("name the answers to it, with the person where one is named, and nobody who gave none", () => {
    expect(membersOn({ members, versions: { s: ["7", null, "8"] } }, "s")).toEqual(["p.7", "8"]);
  });
});

describe("groups of teams", () => {
  const group = (grouping: string, cell: string, wave = "w1") => ({ grouping, cell, wave });
  it("hold who is in them at their wave", () => {
    expect([a, b, later].map((each) => isIn(each, group("arm", "x")))).toEqual([true, false, false]);
  });

  it("are each asked for once, in the groupings that are asked for", () => {
    const all = { grouping: "organisation", cell: "", wave: "w1" };
    expect(groupsOf([a, b, none], ["organisation", "arm", "department"])).toEqual([
      ...[all, group("arm", "x"), group("arm", "y")],
    ]);
    expect(groupsOf([a, later], ["arm"])).toEqual([group("arm", "x"), group("arm", "x", "w2")]);
    expect(groupsOf([a], ["department"])).toEqual([]);
  });

  it("are found with all that is in them, and without what is in no team", () => {
    const found = byGroup(["a", "b", "nobody", "later"], (each) => ({ a, b, later })[each] ?? null);
    expect([...found.keys()]).toEqual(
      [group("organisation", ""), group("arm", "x"), group("arm", "y"), group("organisation", "", "w2")]
        .concat(group("arm", "x", "w2"))
        .map(groupKey),
    );
    expect(found.get(groupKey(group("organisation", "")))).toEqual(["a", "b"]);
    expect(found.get(groupKey(group("arm", "x")))).toEqual(["a"]);
  });
});

describe("who is behind a mean", () => {
  it("are respondents, leaders with any, and the largest team", () => {
    expect(supportOf([a, b, none], "s")).toEqual({ n: 12, leaders: 2, largest: 8 });
    expect(supportOf([a], "t")).toEqual({ n: 0, leaders: 0, largest: 0 });
  });
  it("have the mean of all their answers, or none", () => {
    expect(meanOf([a, b, none], "s")).toBe(50);
    expect(meanOf([none], "s")).toBeNull();
    expect(meanOf([{ ...a, sums: {} }], "s")).toBe(0);
  });
});
