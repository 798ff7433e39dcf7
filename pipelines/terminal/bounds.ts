import type { Language } from "../../src/errors.ts";
import type { AttritionBound } from "../../src/estimation/trial/attrition-bounds.ts";
import { interval, number, textTable } from "./tables.ts";

const words = {
  da: {
    title:
      "Grænser for effekten, hvis frafaldet af ledere ikke er tilfældigt, for dem der ville være målt i begge arme (Lee 2009)",
    columns: ["udfald", "arm", "måling", "ledere", "målt", "beskåret", "grænser", "interval", "status"],
  },
  en: {
    title: "Bounds of the effect if leaders were not lost at random, for those measured in either arm (Lee 2009)",
    columns: ["outcome", "arm", "wave", "leaders", "measured", "trimmed", "bounds", "interval", "status"],
  },
} as const;

const trimmedText = ({ trimmedArm, trimmed }: AttritionBound, language: Language): string =>
  trimmedArm === null || trimmed === null ? "–" : `${trimmedArm} ${number(100 * trimmed, 1, language)} %`;

/** Bounds under attrition; empty where no leader was lost. */
export const boundsTable = (bounds: readonly AttritionBound[], language: Language): string => {
  if (bounds.every(({ leaders, randomised }) => leaders === randomised)) return "";
  const rows = bounds.map((one) => [
    [one.rater === "employee" ? null : one.rater, one.outcome].filter((part) => part !== null).join(" "),
    one.arm,
    one.wave,
    number(one.randomised, 0, language),
    number(one.leaders, 0, language),
    trimmedText(one, language),
    interval(one.low, one.high, 2, language),
    interval(one.interval?.low ?? null, one.interval?.high ?? null, 2, language),
    one.status,
  ]);
  return `${words[language].title}\n${textTable([words[language].columns, ...rows])}`;
};
