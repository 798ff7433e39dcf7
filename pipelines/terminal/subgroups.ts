import type { Language } from "../../src/errors.ts";
import type { Subgroup, SubgroupNumbers } from "../../src/estimation/inference/subgroup.ts";
import { interval, number, outcomeText, probability, textTable } from "./text-table.ts";

const words = {
  da: {
    title: "Effekter i undergrupper (ANCOVA med arm × kovariat, CR2; testen er af, at effekten er ens i alle)",
    columns: ["udfald", "arm", "undergruppe", "effekt", "interval", "df", "status"],
    tests: ["ens effekt", "arm", "kovariat", "F", "df", "p", "justeret p", "status"],
    number:
      "Tal vises ved gennemsnittet minus og plus en standardafvigelse over svarpersoner, dog inden for kovariatens interval.",
    low: "lav",
    high: "høj",
  },
  en: {
    title: "Effects in subgroups (ANCOVA with arm × covariate, CR2; the test is that the effect is the same in all)",
    columns: ["outcome", "arm", "subgroup", "effect", "interval", "df", "status"],
    tests: ["same effect", "arm", "covariate", "F", "df", "p", "adjusted p", "status"],
    number:
      "Numbers are shown at the mean less and plus one standard deviation over respondents, but inside the range of the covariate.",
    low: "low",
    high: "high",
  },
} as const;

const levelText = (level: string, value: number | null, language: Language): string =>
  value === null
    ? level
    : `${level === "low" ? words[language].low : words[language].high} (${number(value, 1, language)})`;

const numbersText = ({ estimate, low, high, df, status }: SubgroupNumbers, language: Language): readonly string[] => [
  number(estimate, 2, language),
  interval(low, high, 2, language),
  number(df, 1, language),
  status,
];

const testRow = (one: Subgroup, language: Language): readonly string[] => [
  outcomeText(one),
  one.arm,
  one.covariate,
  number(one.f, 2, language),
  one.df1 === null ? "–" : `${one.df1}; ${number(one.df2, 1, language)}`,
  probability(one.p, language),
  probability(one.pAdjusted, language),
  one.status,
];

/** Effects by subgroup and their tests; empty where the plan names none. */
export const subgroupTables = (subgroups: readonly Subgroup[], language: Language): string => {
  if (subgroups.length === 0) return "";
  const effects = subgroups.flatMap((one) =>
    one.effects.map((effect) => [
      outcomeText(one),
      one.arm,
      `${one.covariate} ${levelText(effect.level, effect.value, language)}`,
      ...numbersText(effect, language),
    ]),
  );
  const numeric = subgroups.some((one) => one.effects.some(({ value }) => value !== null));
  return [
    words[language].title,
    ...(effects.length > 0 ? [textTable([words[language].columns, ...effects]), ""] : []),
    textTable([words[language].tests, ...subgroups.map((one) => testRow(one, language))]),
    ...(numeric ? [words[language].number] : []),
  ].join("\n");
};
