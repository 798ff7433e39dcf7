import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import { number, outcomeText, probability, textTable } from "./tables.ts";

const headings = {
  da: ["alle arme på én gang", "måling", "metode", "F", "df", "p", "status"],
  en: ["all arms at once", "wave", "estimator", "F", "df", "p", "status"],
} as const;

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
  const more =
    language === "da"
      ? "Arm mod arm, og om effekterne holder: --json"
      : "Arm against arm, and whether the effects last: --json";
  return `${textTable([headings[language], ...rows])}\n${more}`;
};
