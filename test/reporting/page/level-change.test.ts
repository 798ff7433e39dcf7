import { describe, expect, it } from "vitest";
import { decide } from "../../../src/disclosure/lattice/decide.ts";
import { valueIn } from "../../../src/disclosure/published.ts";
import { withChanges } from "../../../src/reporting/page/level-change.ts";
import { errorAt, type LevelSource, seriesOf, shownLevel } from "../../../src/reporting/page/levels.ts";
import { requestOf, rules, team } from "../../disclosure/lattice/organisation.ts";

interface Part {
  readonly before: number;
  readonly after: number;
  readonly leaders?: number;
}

const groupings = ["organisation", "department"];

/** Teams of ten whose means lie one sd on either side of their department's. */
const sourceOf = (parts: readonly Part[], waves: readonly string[], sd: number): LevelSource => {
  const atoms = parts.flatMap(({ before, after, leaders = 20 }, part) =>
    Array.from({ length: leaders }, (_, k) =>
      [before, after].map((mean, wave) =>
        team(
          `L${part}-${k}`,
          10,
          { department: `D${part}` },
          {
            wave: ["first", "last"][wave]!,
            mean: mean + (k % 2 ? sd : -sd),
          },
        ),
      ),
    ).flat(),
  );
  const pattern = decide(requestOf(atoms, { groupings }));
  const outcome = { scale: "s", low: 0, high: 100, decimals: 1 };
  return { atoms, rater: "employee", pattern, past: [], waves, outcome, confidence: 0.95, rules };
};

const changes = (parts: readonly Part[], waves = ["first", "last"], sd = 4) => {
  const source = sourceOf(parts, waves, sd);
  const series = parts.map((_, part) => seriesOf("department", `D${part}`, source));
  return withChanges("department", series, source).map(({ change }) => valueIn(change) ?? change.state);
};

/** One department of 20 leaders: sd 4 √(20/19), se 0.918 at each wave, Welch's t on 38 df: critical 2.024. */
const clear: Part = { before: 60, after: 62.8 };
const still: Part = { before: 60, after: 60.2 };

describe("a change from the first wave to the last", () => {
  it("is a rise or a fall where Welch's test says so", () => {
    expect(changes([clear])).toEqual(["rise"]);
    expect(changes([{ before: 62.8, after: 60 }])).toEqual(["fall"]);
    expect(changes([{ before: 60, after: 62.5 }])).toEqual(["none"]);
  });
  it("is adjusted by Holm for all that are tested", () => {
    expect(changes([clear, still, still, still])).toEqual(["none", "none", "none", "none"]);
    expect(changes([still, { ...clear, after: 70 }])).toEqual(["none", "rise"]);
  });
  it("is not tested where the waves have too few leaders for an interval", () => {
    expect(changes([{ ...clear, leaders: 9 }])).toEqual(["suppressed"]);
  });
  it("takes two waves", () => {
    expect(changes([clear], ["last"])).toEqual(["suppressed"]);
  });
});

describe("the interval of a level", () => {
  it("depends on nothing but how many leaders a group has, whatever its own teams are like", () => {
    const source = sourceOf(
      [{ before: 60, after: 60, leaders: 8 }, { before: 60, after: 60, leaders: 8 }, clear],
      ["first"],
      4,
    );
    const calm = source.atoms.map((atom) =>
      atom.groups["department"] === "D0" ? { ...atom, sums: { s: 600 } } : atom,
    );
    const own = { ...source, atoms: calm, pattern: decide(requestOf(calm, { groupings })) };
    const at = (cell: string) => errorAt(own, { grouping: "department", cell, wave: "first" })!.se;
    expect(at("D0")).toBe(at("D1"));
    expect(at("D0") / at("D2")).toBeCloseTo(Math.sqrt(20 / 8), 10);
  });
  it("is that of leaders as clusters (CR1) for the whole organisation", () => {
    const source = sourceOf([clear], ["first"], 4);
    const { se } = errorAt(source, { grouping: "organisation", cell: "", wave: "first" })!;
    expect(se).toBeCloseTo(Math.sqrt(((20 / 19) * 20 * (10 * 4) ** 2) / 200 ** 2), 10);
    const level = shownLevel(seriesOf("organisation", "", source).levels[0])!;
    expect([level.low, level.mean, level.high]).toEqual([58.1, 60, 61.9]);
  });
});
