import type { Language } from "../../src/errors.ts";
import { formatNumber, formatPercent } from "../../src/reporting/page/locale.ts";
import type { Assumption, Assumptions, GivenWhole, PlannedDesign, Source } from "../design/assumptions.ts";
import type { PowerComparison } from "../design/power.ts";
import { textTable } from "./tables.ts";

type Words = Readonly<Record<Language, string>>;

const names: Readonly<Record<keyof Assumptions, Words>> = {
  employees: { da: "medarbejdere pr. leder", en: "employees per leader" },
  response: { da: "heraf svarer", en: "of whom answer" },
  sizeVariation: { da: "variation i antal svar", en: "variation of their number" },
  icc: { da: "ICC(1)", en: "ICC(1)" },
  r2: { da: "forklaret mellem ledere (R²)", en: "explained between leaders (R²)" },
  r2Employees: { da: "forklaret mellem medarbejdere (R²)", en: "explained between employees (R²)" },
  attrition: { da: "ledere, der går tabt", en: "leaders lost" },
  power: { da: "ønsket styrke", en: "wanted power" },
  confidence: { da: "konfidens", en: "confidence" },
  sd: { da: "sd i udfaldets enhed", en: "sd in the unit of the outcome" },
  effect: { da: "effekt (sd)", en: "effect (sd)" },
};

const sources: Readonly<Record<Source, Words>> = {
  option: { da: "angivet", en: "given" },
  study: { da: "studiefilen", en: "study file" },
  data: { da: "studiets data", en: "the study's data" },
  assumed: { da: "antaget", en: "assumed" },
};

const shares: readonly (keyof Assumptions)[] = ["response", "r2", "r2Employees", "attrition", "power", "confidence"];

const valueText = (name: keyof Assumptions, value: number, language: Language): string => {
  if (shares.includes(name)) return formatPercent(100 * value, language);
  return formatNumber(value, Number.isInteger(value) && name === "employees" ? 0 : 2, language);
};

const headings: Readonly<Record<Language, readonly string[]>> = {
  da: [
    "arm",
    "mod",
    "ledere",
    "mindste påviselige (sd)",
    "i point",
    "med Holm (sd)",
    "effekt (sd)",
    "styrke",
    "simuleret",
  ],
  en: [
    "arm",
    "against",
    "leaders",
    "min. detectable (sd)",
    "in points",
    "under Holm (sd)",
    "effect (sd)",
    "power",
    "simulated",
  ],
};

const notes: Words = {
  da: "Ledere er dem, der bliver målt, efter frafald. Simuleret: andelen af forsøg, hvor ANCOVA med CR2 finder effekten, ± 1,96 standardfejl.",
  en: "Leaders are those measured, after attrition. Simulated: the share of trials in which ANCOVA with CR2 finds the effect, ± 1.96 standard errors.",
};

const orDash = (value: number | null, text: (value: number) => string): string => (value === null ? "–" : text(value));

const rowOf = (one: PowerComparison, language: Language): readonly string[] => {
  const number = (value: number): string => formatNumber(value, 2, language);
  const percent = (value: number): string => formatPercent(100 * value, language);
  return [
    one.arm,
    one.reference,
    `${one.leaders} + ${one.referenceLeaders}`,
    orDash(one.minimumDetectable, number),
    orDash(one.minimumDetectablePoints, number),
    orDash(one.minimumDetectableAdjusted, number),
    orDash(one.effect, number),
    orDash(one.power, percent),
    one.simulated === null
      ? "–"
      : `${percent(one.simulated.power)} ± ${formatNumber(196 * one.simulated.se, 1, language)}`,
  ];
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
      names[name][language],
      valueText(name, value, language),
      sources[source][language],
    ]);
  const title = [design.study, design.outcome].filter((word) => word !== null).join(": ");
  return [
    ...(title === "" ? [] : [title]),
    textTable(given),
    "",
    textTable([headings[language], ...comparisons.map((one) => rowOf(one, language))]),
    "",
    notes[language],
    ...(design.units === null ? [] : [unitsText(design.units, language)]),
  ].join("\n");
};
