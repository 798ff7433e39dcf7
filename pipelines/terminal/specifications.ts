import type { Language } from "../../src/errors.ts";
import type { SpecificationCurve } from "../../src/estimation/inference/specification-curve.ts";
import { number, outcomeText, probability, textTable } from "./text-table.ts";

const words = {
  da: {
    title: "Specifikationskurve: de primære effekter under alle planens valg",
    columns: ["udfald", "arm", "valg", "estimeret", "median", "mindste", "største", "andel p under", "p for medianen"],
    more: "p for medianen: arme trukket om på ny, de samme træk i alle modeller. Hvert valg for sig: --json",
  },
  en: {
    title: "Specification curve: the primary effects under all choices of the plan",
    columns: [
      "outcome",
      "arm",
      "choices",
      "estimated",
      "median",
      "smallest",
      "largest",
      "share p below",
      "p of median",
    ],
    more: "p of median: arms drawn anew, the same draws in all models. Each choice by itself: --json",
  },
} as const;

const extreme = (values: readonly number[], pick: (...values: number[]) => number): number | null =>
  values.length > 0 ? pick(...values) : null;

/** One line per primary outcome and arm; empty where the plan asks for none. */
export const specificationTable = (curves: readonly SpecificationCurve[], language: Language): string => {
  const [first] = curves;
  if (first === undefined) return "";
  const [outcome, arm, count, estimated, median, low, high, share, p] = words[language].columns;
  const below = `${share} ${number(1 - first.confidence, 2, language)}`;
  const rows = curves.map((one) => {
    const estimates = one.specifications.flatMap(({ estimate }) => estimate ?? []);
    return [
      outcomeText(one),
      one.arm,
      number(one.specifications.length, 0, language),
      number(one.estimated, 0, language),
      number(one.median, 2, language),
      number(extreme(estimates, Math.min), 2, language),
      number(extreme(estimates, Math.max), 2, language),
      one.share === null ? one.status : `${number(100 * one.share, 0, language)} %`,
      probability(one.p, language),
    ];
  });
  const head = [outcome, arm, count, estimated, median, low, high, below, p];
  return [words[language].title, textTable([head, ...rows]), words[language].more].join("\n");
};
