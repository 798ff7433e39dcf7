import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { ResponseBound } from "../../src/estimation/trial/response-bounds.ts";
import type { ResponseLeeBound } from "../../src/estimation/trial/response-lee-bounds.ts";
import { interval, number, outcomeText, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const columns: readonly Word[] = [
  "outcome",
  "arm",
  "wave",
  "employees",
  "answered",
  "worstCase",
  "trimmed",
  "bounds",
  "interval",
  "status",
];

const trimmedText = ({ trimmedArm, trimmed }: ResponseLeeBound, language: Language): string =>
  trimmedArm === null || trimmed === null ? "–" : `${trimmedArm} ${number(100 * trimmed, 1, language)} %`;

const sumOf = ({ employees }: ResponseLeeBound, count: "invited" | "answered"): number | null =>
  employees && employees.arm[count] + employees.reference[count];

/**
 * Bounds for employees who did not answer: for all of them, whatever they would have said, and for those who would answer
 * in either arm. Empty where no headcount tells of anyone who did not answer.
 */
export const responseBoundsTable = (
  { responseBounds, responseLeeBounds }: Pick<Analysis, "responseBounds" | "responseLeeBounds">,
  language: Language,
): string => {
  if (responseLeeBounds.every((one) => sumOf(one, "invited") === sumOf(one, "answered"))) return "";
  const worstOf = ({ outcome, rater, wave, arm }: ResponseLeeBound): ResponseBound | undefined =>
    responseBounds.find(
      (one) => one.outcome === outcome && one.rater === rater && one.wave === wave && one.arm === arm,
    );
  const rows = responseLeeBounds.map((one) => [
    outcomeText(one),
    one.arm,
    one.wave,
    number(sumOf(one, "invited"), 0, language),
    number(sumOf(one, "answered"), 0, language),
    interval(worstOf(one)?.low ?? null, worstOf(one)?.high ?? null, 2, language),
    trimmedText(one, language),
    interval(one.low, one.high, 2, language),
    interval(one.interval?.low ?? null, one.interval?.high ?? null, 2, language),
    one.status,
  ]);
  return `${say("boundsOfResponse", language)}\n${textTable([heads(columns, language), ...rows])}`;
};
