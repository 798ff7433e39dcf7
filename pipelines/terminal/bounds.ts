import type { Language } from "../../src/errors.ts";
import type { AttritionBound } from "../../src/estimation/trial/attrition-bounds.ts";
import { interval, number, outcomeText, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const columns: readonly Word[] = [
  "outcome",
  "arm",
  "wave",
  "leaders",
  "measured",
  "trimmed",
  "bounds",
  "interval",
  "status",
];

const trimmedText = ({ trimmedArm, trimmed }: AttritionBound, language: Language): string =>
  trimmedArm === null || trimmed === null ? "–" : `${trimmedArm} ${number(100 * trimmed, 1, language)} %`;

/** Bounds under attrition; empty where no leader was lost. */
export const boundsTable = (bounds: readonly AttritionBound[], language: Language): string => {
  if (bounds.every(({ leaders, randomised }) => leaders === randomised)) return "";
  const rows = bounds.map((one) => [
    outcomeText(one),
    one.arm,
    one.wave,
    number(one.randomised, 0, language),
    number(one.leaders, 0, language),
    trimmedText(one, language),
    interval(one.low, one.high, 2, language),
    interval(one.interval?.low ?? null, one.interval?.high ?? null, 2, language),
    one.status,
  ]);
  return `${say("boundsOfEffect", language)}\n${textTable([heads(columns, language), ...rows])}`;
};
