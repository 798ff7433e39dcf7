import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import { number, outcomeText, probability, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const columns: readonly Word[] = ["allArms", "wave", "estimator", "f", "df", "p", "status"];

/** Joint tests of the arms by the primary estimator, and that `--json` has more; empty without arms. */
export const jointTestTable = ({ jointTests }: Analysis, language: Language): string => {
  if (jointTests.length === 0) return "";
  const rows = jointTests
    .filter(({ estimator }) => estimator === jointTests[0]?.estimator)
    .map((one) => [
      outcomeText(one),
      one.wave,
      one.estimator,
      number(one.f, 2, language),
      one.df1 === null ? "–" : `${one.df1}; ${number(one.df2, 1, language)}`,
      probability(one.p, language),
      one.status,
    ]);
  return `${textTable([heads(columns, language), ...rows])}\n${say("moreEstimates", language)}`;
};
