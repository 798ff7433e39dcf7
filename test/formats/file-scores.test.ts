import { describe, expect, it } from "vitest";
import { labelMap } from "../../src/formats/answers.ts";
import { type ScoredItem, scoresFor } from "../../src/formats/file-scores.ts";
import type { MissingKind } from "../../src/study/study.ts";

type Choice = readonly [code: string, label: string, score?: number];

/** The values that the codes of an item from 1 to 3 are read by, as a list; null where only the delivery can say. */
const valuesOf = (choices: readonly Choice[], more: Partial<ScoredItem> = {}) => {
  const scores = scoresFor({
    ...{
      low: 1,
      high: 3,
      labels: new Map(),
      missingLabels: new Map<string, MissingKind>([["andet", "not-applicable"]]),
      codes: null,
    },
    fileLabels: choices.map(([code, label]) => ({ code, label })),
    fileScores: new Map(choices.flatMap(([code, , score]) => (score === undefined ? [] : [[code, score] as const]))),
    ...more,
  });
  return scores && [...scores.values()];
};
const words = labelMap([
  { code: "1", label: { da: "Nej", en: "No" } },
  { code: "3", label: { da: "Ja", en: "Yes" } },
]);

describe("the values of a survey's codes", () => {
  it("are the codes themselves where they are the same, or the delivery says what its codes are", () => {
    expect(
      valuesOf([
        ["1", "a", 1],
        ["2", "b", 2],
        ["3", "c", 3],
      ]),
    ).toEqual([]);
    expect(
      valuesOf(
        [
          ["1", "a", 3],
          ["2", "b", 2],
          ["3", "c", 1],
        ],
        { codes: new Map([["1", 1]]) },
      ),
    ).toEqual([]);
  });

  it("are not taken against the instrument's own words, also where a label repeats its code", () => {
    const turned = (no: string, yes: string) =>
      valuesOf(
        [
          ["11", no, 3],
          ["12", "Måske", 2],
          ["13", yes, 1],
        ],
        { labels: words },
      );
    expect(turned("a", "b")).toEqual([3, 2, 1]);
    expect(turned("Nej", "Ja")).toBeNull();
    expect(turned("11 - Nej", "Ja (13)")).toBeNull();
  });

  it("are the survey's where they reach from one end of the range to the other, each once", () => {
    const turned: readonly Choice[] = [
      ["1", "a", 3],
      ["2", "b", 2],
      ["3", "c", 1],
    ];
    expect(valuesOf(turned)).toEqual([3, 2, 1]);
    expect(valuesOf([...turned, ["4", "Andet", 2], ["5", "Ved ikke", 1], ["6", "d"]])).toEqual([3, 2, 1, 2, 1]);
    expect(
      valuesOf([
        ["1", "a", 3],
        ["2", "b", 3],
        ["3", "c", 1],
      ]),
    ).toBeNull();
    expect(
      valuesOf([
        ["1", "a", 3],
        ["2", "b", 2],
      ]),
    ).toBeNull();
  });

  it("are the codes where the values are of another scale in the same order, whatever codes beyond the range have", () => {
    const percents: readonly Choice[] = [
      ["1", "a", 0],
      ["2", "b", 50],
      ["3", "c", 100],
    ];
    expect(valuesOf(percents)).toEqual([]);
    expect(valuesOf([["0", "under", 90], ...percents, ["4", "over", 20], ["x", "d", 70]])).toEqual([]);
    expect(
      valuesOf([
        ["1", "a", 100],
        ["2", "b", 50],
        ["3", "c", 0],
      ]),
    ).toBeNull();
    expect(
      valuesOf([
        ["1", "a", 0],
        ["2", "b", 50],
        ["3", "c", 50],
      ]),
    ).toBeNull();
    expect(valuesOf([["2", "b", 50]])).toBeNull();
  });

  it("yield to the instrument's own words, and contradict none of them", () => {
    expect(
      valuesOf(
        [
          ["1", "Ja", 1],
          ["3", "Nej", 3],
        ],
        { labels: words },
      ),
    ).toEqual([]);
    expect(
      valuesOf(
        [
          ["1", "Ja", 3],
          ["2", "b", 2],
          ["3", "Nej", 1],
        ],
        { labels: words },
      ),
    ).toEqual([]);
    expect(
      valuesOf(
        [
          ["1", "Ja", 3],
          ["2", "b", 4],
          ["3", "Nej", 1],
        ],
        { labels: words },
      ),
    ).toEqual([3, 4, 1]);
    expect(
      valuesOf(
        [
          ["1", "Ja", 1],
          ["2", "b", 4],
          ["3", "Nej", 0],
        ],
        { labels: words },
      ),
    ).toBeNull();
  });
});
