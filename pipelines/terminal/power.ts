import type { Language } from "../../src/errors.ts";
import { formatNumber, formatPercent } from "../../src/reporting/page/locale.ts";
import type { Assumption, Assumptions, GivenWhole, PlannedDesign } from "../design/assumptions.ts";
import type { PowerComparison } from "../design/power.ts";
import { number, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const names: Readonly<Record<keyof Assumptions, Word>> = {
  employees: "employeesPerLeader",
  response: "response",
  sizeVariation: "sizeVariation",
  icc: "icc1",
  r2: "r2",
  r2Employees: "r2Employees",
  attrition: "attrition",
  power: "wantedPower",
  confidence: "confidence",
  sd: "sdInUnit",
  effect: "effectInSd",
};

const shares: readonly (keyof Assumptions)[] = ["response", "r2", "r2Employees", "attrition", "power", "confidence"];

const valueText = (name: keyof Assumptions, value: number, language: Language): string => {
  if (shares.includes(name)) return formatPercent(100 * value, language);
  return formatNumber(value, Number.isInteger(value) && name === "employees" ? 0 : 2, language);
};

const columns: readonly Word[] = [
  "arm",
  "against",
  "leaders",
  "detectableInSd",
  "inPoints",
  "underHolm",
  "effectInSd",
  "power",
  "simulated",
];

const rowOf = (one: PowerComparison, language: Language): readonly string[] => {
  const percent = (share: number): string => formatPercent(100 * share, language);
  return [
    one.arm,
    one.reference,
    `${one.leaders} + ${one.referenceLeaders}`,
    number(one.minimumDetectable, 2, language),
    number(one.minimumDetectablePoints, 2, language),
    number(one.minimumDetectableAdjusted, 2, language),
    number(one.effect, 2, language),
    one.power === null ? "–" : percent(one.power),
    one.simulated === null
      ? "–"
      : `${percent(one.simulated.power)} ± ${formatNumber(196 * one.simulated.se, 1, language)}`,
  ];
};

/** What the data say of R², of which the lower end is taken: a study is not planned on the luck of a few leaders. */
const explainedText = ({ r2: { observed, source } }: Assumptions, language: Language): string => {
  if (observed === null) return "";
  const [estimate, low, high] = [observed.estimate, observed.low, observed.high].map((share) =>
    formatPercent(100 * share, language),
  );
  const data = { da: "R² i studiets data", en: "R² in the study's data" }[language];
  const interval = { da: "80 %-interval", en: "80% interval" }[language];
  const used = { da: "; den nedre ende er brugt", en: "; its lower end is used" }[language];
  return `${data}: ${estimate} (${interval} ${low}–${high})${source === "data" ? used : ""}.`;
};

const unitsText = ({ by, counted }: GivenWhole, language: Language): string => {
  if (counted)
    return language === "da"
      ? `Arme gives til hele enheder (${by}): ledere ovenfor er enheder, og medarbejdere, ICC, R² og frafald er enhedernes.`
      : `Arms are given to whole units (${by}): leaders above are units, and employees, ICC, R² and attrition are those of units.`;
  return language === "da"
    ? `Arme gives til hele enheder (${by}), men enhederne er ikke kendt her: styrken ovenfor forudsætter, at der trækkes lod mellem ledere, og er for høj.`
    : `Arms are given to whole units (${by}), but these are not known here: power above assumes that leaders are drawn, and is too high.`;
};

/** What power rests on and where it is from, then one row per arm. */
export const powerText = (
  design: PlannedDesign,
  comparisons: readonly PowerComparison[],
  language: Language,
): string => {
  const given = (Object.entries(design.assumptions) as [keyof Assumptions, Assumption | null][])
    .filter((entry): entry is [keyof Assumptions, Assumption] => entry[1] !== null)
    .map(([name, { value, source }]) => [
      say(names[name], language),
      valueText(name, value, language),
      say(source, language),
    ]);
  const title = [design.study, design.outcome].filter((word) => word !== null).join(": ");
  return [
    ...(title === "" ? [] : [title]),
    textTable(given),
    explainedText(design.assumptions, language),
    ...(design.assumptions.r2.observed === null ? [] : [""]),
    textTable([heads(columns, language), ...comparisons.map((one) => rowOf(one, language))]),
    "",
    say("powerLegend", language),
    ...(design.units === null ? [] : [unitsText(design.units, language)]),
  ].join("\n");
};
