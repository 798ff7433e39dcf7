import type { Language } from "../../src/errors.ts";
import type { Invariance } from "../../src/estimation/measurement/invariance.ts";
import { number, textTable } from "./tables.ts";

const words = {
  scale: { da: "skala", en: "scale" },
  cfi: { da: "CFI, én faktor", en: "CFI, one factor" },
  wave: { da: "målinger", en: "waves" },
  arm: { da: "arme", en: "arms" },
  rater: { da: "ledere mod medarbejdere", en: "leaders against employees" },
  self: { da: "ledere", en: "leaders" },
  employee: { da: "medarbejdere", en: "employees" },
  superior: { da: "overordnede", en: "superiors" },
  indicator: { da: "indikator", en: "indicator" },
  configural: { da: "konfigural", en: "configural" },
  metric: { da: "metrisk", en: "metric" },
  scalar: { da: "skalar", en: "scalar" },
  title: { da: "Måler hver skala det samme?", en: "Does each scale measure the same?" },
  legend: {
    da: "Det højeste niveau, der holder i alle sammenligninger, og de største ændringer af CFI og RMSEA. Et niveau holder, når CFI falder højst 0,010 og RMSEA stiger højst 0,015.",
    en: "The highest level that holds in every comparison, and the largest changes of CFI and RMSEA. A level holds when CFI falls by at most 0.010 and RMSEA rises by at most 0.015.",
  },
} as const;

const keyOf = ({ over, rater }: Invariance): string => `${over} ${rater ?? ""}`;

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const heading = ({ over, rater }: Invariance, language: Language): string =>
  rater === null ? words[over][language] : `${words[over][language]} (${words[rater][language]})`;

/** What a scale shares over all comparisons of one kind: `2/3` where not all of them could be made. */
const cell = (steps: readonly Invariance[], language: Language): string => {
  const first = steps[0];
  if (first === undefined) return "–";
  const metric = steps.filter(({ level, holds }) => level === "metric" && holds !== null);
  if (metric.length === 0) return steps.find(({ status }) => status !== "estimated")?.status ?? "–";
  const holdsAt = (level: Invariance["level"]): boolean =>
    steps.filter((step) => step.level === level && step.holds === true).length === metric.length;
  const level = !holdsAt("metric") ? "configural" : !holdsAt("scalar") ? "metric" : "scalar";
  const fall = Math.min(0, ...steps.flatMap(({ changeCfi }) => changeCfi ?? []));
  const rise = Math.max(0, ...steps.flatMap(({ changeRmsea }) => changeRmsea ?? []));
  const all = steps.filter((step) => step.level === "metric").length;
  const some = metric.length < all ? ` ${metric.length}/${all}` : "";
  const changes = `${number(fall, 3, language)} / +${number(rise, 3, language)}`;
  return `${words[level][language]} ${changes}${some}`;
};

const lowestCfi = (steps: readonly Invariance[], language: Language): string => {
  const found = steps.flatMap(({ level, cfi }) => (level === "configural" && cfi !== null ? [cfi] : []));
  return number(found.length > 0 ? Math.min(...found) : null, 3, language);
};

/** One line per scale; nothing where nothing can be compared. */
export const invarianceTable = (steps: readonly Invariance[], language: Language): string => {
  if (steps.length === 0) return "";
  const columns = distinct(steps.map(keyOf)).map((key) => steps.find((step) => keyOf(step) === key) as Invariance);
  const table = textTable([
    [words.scale[language], words.cfi[language], ...columns.map((column) => heading(column, language))],
    ...distinct(steps.map(({ scale }) => scale)).map((scale) => {
      const own = steps.filter((step) => step.scale === scale);
      const cells = columns.map((column) => own.filter((step) => keyOf(step) === keyOf(column)));
      return [scale, lowestCfi(own, language), ...cells.map((some) => cell(some, language))];
    }),
  ]);
  return `${words.title[language]}\n${table}\n${words.legend[language]}`;
};
