import { expect, it } from "vitest";
import { scoresOf } from "../../../src/formats/limesurvey/scores.ts";

type Answer = readonly [code: string, label: string, assessment?: number];

it.each<readonly [what: string, answers: readonly Answer[], values: readonly (readonly [string, number])[]]>([
  [
    "their places",
    [
      ["A1", "Nej"],
      ["A2", "Ved ikke"],
      ["A3", "Ja"],
    ],
    [
      ["A1", 1],
      ["A3", 2],
    ],
  ],
  [
    "their codes",
    [
      ["1", "Nej"],
      ["-2.5", "Ja"],
      ["x", "Ved ikke"],
    ],
    [],
  ],
  [
    "what tells them apart",
    [
      ["1", "Nej", 3],
      ["2", "Ja", 1],
      ["3", "Ved ikke", 9],
    ],
    [
      ["1", 3],
      ["2", 1],
    ],
  ],
  [
    "no assessment that all share",
    [
      ["A1", "Nej", 2],
      ["A2", "Ja", 2],
      ["A3", "Ved ikke", 9],
    ],
    [
      ["A1", 1],
      ["A2", 2],
    ],
  ],
  [
    "the numbers that are shown",
    [
      ["A1", "5 - Nej"],
      ["A2", "-1: Ja"],
      ["A3", "0"],
    ],
    [
      ["A1", 5],
      ["A2", -1],
      ["A3", 0],
    ],
  ],
  [
    "no numbers that stand twice",
    [
      ["A1", "1 - Nej"],
      ["A2", "1 - Ja"],
    ],
    [
      ["A1", 1],
      ["A2", 2],
    ],
  ],
  [
    "no numbers that some lack",
    [
      ["A1", "7 - Nej"],
      ["A2", "Ja"],
    ],
    [
      ["A1", 1],
      ["A2", 2],
    ],
  ],
  [
    "no numbers of something",
    [
      ["A1", "7-8 gange"],
      ["A2", "3 år"],
    ],
    [
      ["A1", 1],
      ["A2", 2],
    ],
  ],
])("the values of answers are %s", (_, answers, values) => {
  const given = answers.map(([code, label, assessment = 0]) => ({ code, label, assessment }));
  expect([...scoresOf(given)]).toEqual(values);
});
