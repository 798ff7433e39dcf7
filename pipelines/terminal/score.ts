import type { Language } from "../../src/errors.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import { interval, number, textTable } from "./text-table.ts";
import { heads, type Word } from "./words.ts";

const columns: readonly Word[] = [
  "scale",
  "rater",
  "wave",
  "respondents",
  "leaders",
  "mean",
  "sd",
  "alpha",
  "alphaInterval",
  "omega",
  "icc1",
  "icc2",
  "rwg",
];

/** One line per scale, rater and wave. */
export const scoreTable = (scales: readonly ScaleMeasurement[], language: Language): string =>
  textTable([
    heads(columns, language),
    ...scales.map((one) => [
      one.scale,
      one.rater ?? "–",
      one.wave,
      number(one.respondents, 0, language),
      number(one.leaders, 0, language),
      number(one.mean, 2, language),
      number(one.sd, 2, language),
      number(one.alpha, 3, language),
      interval(one.alphaLow, one.alphaHigh, 3, language),
      number(one.omega, 3, language),
      number(one.icc1, 3, language),
      number(one.icc2, 3, language),
      number(one.rwg, 3, language),
    ]),
  ]);
