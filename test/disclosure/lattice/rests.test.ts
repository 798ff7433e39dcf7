import { describe, expect, it } from "vitest";
import { countedScales, withRests } from "../../../src/disclosure/lattice/rests.ts";

const scale = (name: string, of?: readonly string[]) => ({ scale: name, low: 0, high: 100, ...(of ? { of } : {}) });
const rest = (part: string) => JSON.stringify([part, "without", "all"]);
const all = scale("all", ["s", "t"]);
const shown = [scale("s"), scale("t"), all];

describe("those who answered a part of a scale of scales alone", () => {
  it("are counted where it is shown beside all its parts", () => {
    expect(countedScales(shown)).toEqual(["s", "t", "all", rest("s"), rest("t")]);
    expect(countedScales([scale("s"), all])).toEqual(["s", "all"]);
    expect(countedScales([scale("s"), scale("t")])).toEqual(["s", "t"]);
    expect(countedScales([scale("s"), scale("none", [])])).toEqual(["s", "none"]);
  });

  it("are as many as answered it and not all of it", () => {
    const sizes = (n: Readonly<Record<string, number>>) => withRests([{ n }], shown)[0]!.n;
    expect(sizes({ s: 9, t: 8, all: 8 })).toEqual({ s: 9, t: 8, all: 8, [rest("s")]: 1 });
    expect(sizes({ s: 3, t: 2 })).toEqual({ s: 3, t: 2, [rest("s")]: 3, [rest("t")]: 2 });
    expect(sizes({ s: 7, t: 8, all: 8 })).toEqual({ s: 7, t: 8, all: 8 });
    expect(sizes({ all: 8 })).toEqual({ all: 8 });
  });

  it("are the same persons as on the part, by the same answers", () => {
    const team = { n: { s: 2, t: 1, all: 1 }, versions: { s: ["a", "b"] } };
    expect(withRests([team], shown)[0]!.versions).toEqual({ s: ["a", "b"], [rest("s")]: ["a", "b"] });
    expect(withRests([{ n: team.n }], shown)[0]).not.toHaveProperty("versions");
  });

  it("are nobody where nothing is made of scales: the teams stay as they are", () => {
    const teams = [{ n: { s: 2 } }];
    expect(withRests(teams, [scale("s"), scale("t")])).toBe(teams);
  });
});
