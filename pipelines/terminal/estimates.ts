import type { Language } from "../../src/errors.ts";
import type { Estimate } from "../../src/estimation/inference/estimate.ts";
import { interval, number, outcomeText, probability, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const columns: readonly Word[] = [
  "outcome",
  "arm",
  "wave",
  "estimator",
  "effect",
  "interval",
  "df",
  "p",
  "adjustedP",
  "detectable",
  "status",
];

/** One line per estimate; where a plan is locked, each with its place in it. */
export const estimateTable = (estimates: readonly Estimate[], language: Language): string => {
  const locked = estimates.some(({ planned }) => planned !== null);
  return textTable([
    heads(locked ? [...columns, "plan"] : columns, language),
    ...estimates.map((one) => [
      outcomeText(one),
      one.arm,
      one.wave,
      one.estimator,
      number(one.estimate, 2, language),
      interval(one.low, one.high, 2, language),
      number(one.df, 1, language),
      probability(one.p, language),
      probability(one.pAdjusted, language),
      number(one.minimumDetectable, 2, language),
      one.status,
      ...(one.planned === null ? [] : [say(one.planned, language)]),
    ]),
  ]);
};
