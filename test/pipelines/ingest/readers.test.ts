import { describe, expect, it } from "vitest";
import {
  conditionReader,
  covariateReader,
  markReader,
  placeOfMissing,
  type Reader,
  weightReader,
} from "../../../pipelines/ingest/readers.ts";
import { type Covariate, missingKinds } from "../../../src/study/study.ts";

const learn = <R extends Reader>(reader: R, cells: readonly string[]): R => {
  for (const cell of cells) reader.learn(cell);
  return reader;
};
const none = Number.NaN;
const open = { decimal: null, likely: "," } as const;
const common = { id: "x", name: { da: "X", en: "X" }, from: "employee" } as const;

describe("a column of background", () => {
  const years: Covariate = { ...common, kind: "numeric", low: 2, high: 50 };
  const sex: Covariate = {
    ...common,
    kind: "categorical",
    values: [
      { code: "1", label: { da: "Kvinde", en: "Woman" } },
      { code: "M", label: { da: "Mand", en: "Man" } },
    ],
  };

  it("of numbers has those of its range, and says what was left empty or changed", () => {
    const { values, coercions } = learn(covariateReader(years, new Set(["99"]), open), [
      ...["2", "50", "1.9", "50.1", " 3", "2,5", "", "NA", "99", "3-5", "x"],
    ]);
    expect(values).toEqual([2, 50, none, none, 3, 2.5, none, none, none, none, none]);
    expect(coercions).toEqual([
      ...[[], [], ["covariate-blanked"], ["covariate-blanked"], ["trimmed"], ["decimal-comma"]],
      ...[[], [], [], ["covariate-date"], ["covariate-blanked"]],
    ]);
  });

  it("of codes has their places, by code, number and words", () => {
    const { values, coercions, marks } = learn(covariateReader(sex, new Set(["9"]), open), [
      ...["1", "1.0", "m", "M", "KVINDE", "man", "2", "9", "", "1,0"],
    ]);
    expect(values).toEqual([0, 0, none, 1, 0, 1, none, none, none, none]);
    expect(coercions.map((why) => why.join())).toEqual([
      ...["", "", "covariate-blanked", "", "", "", "covariate-blanked", "", "", "covariate-blanked"],
    ]);
    expect(marks().taken).toEqual({ ".": false, ",": false });
  });
});

it("reads a weight that is a number above 0", () => {
  const { values, marks } = learn(weightReader(open), ["1", "0", "-1", "x", "", " 0,25 ", "1.200"]);
  expect(values).toEqual([1, none, none, none, none, 0.25, 1200]);
  expect(marks()).toEqual({ first: { ".": -1, ",": 5 }, either: 6, taken: { ".": false, ",": true } });
});

it("reads a condition text by text, with what may have been meant", () => {
  const { meant, near } = learn(conditionReader("spring"), ["spring", "Spring", "autumn"]);
  expect([meant, near]).toEqual([
    [true, false, false],
    [null, "spring", null],
  ]);
});

it("counts from nothing how often a mark stands, of its tidy text", () => {
  const { texts, counts } = learn(markReader(), [" 1", "True"]);
  expect([texts, counts]).toEqual([
    ["1", "True"],
    [0, 0],
  ]);
});

it("numbers the kinds of missing from 1", () => {
  expect(missingKinds.map(placeOfMissing)).toEqual(missingKinds.map((_, k) => k + 1));
});
