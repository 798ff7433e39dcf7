import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { PreTrend } from "../../src/estimation/inference/pre-trends.ts";
import type { ClusterItem } from "../../src/estimation/trial/cluster-items.ts";
import { interval, number, outcomeText, probability, textTable } from "./text-table.ts";

const words = {
  da: {
    balance: "Ligner armene hinanden før træningen? Alle kendetegn på én gang, armene trukket igen",
    draws: "trækninger",
    clusters: "Klynger",
    columns: ["klynger", "måling", "niveau", "ledere", "enheder", "svar", "pr. klynge", "CV", "ICC(1)", "interval"],
    levels: { leader: "leder", unit: "enhed" },
    trends: "Udviklede armene sig ens før baseline? Forskel i forskelle, som skulle være nul",
    trend: ["udfald", "arm", "fra", "til", "forskel", "interval", "df", "p", "status"],
    more: "Arm for arm: --json",
  },
  en: {
    balance: "Are the arms alike before the training? All characteristics at once, arms drawn again",
    draws: "draws",
    clusters: "Clusters",
    columns: ["clusters", "wave", "level", "leaders", "units", "answers", "per cluster", "CV", "ICC(1)", "interval"],
    levels: { leader: "leader", unit: "unit" },
    trends: "Did the arms move alike before the baseline? Differences in differences, which should be zero",
    trend: ["outcome", "arm", "from", "to", "difference", "interval", "df", "p", "status"],
    more: "Arm by arm: --json",
  },
} as const;

const balanceLine = ({ balanceTest }: Analysis, language: Language): string => {
  if (balanceTest === null || balanceTest.p === null) return "";
  const { balance, draws } = words[language];
  const { statistic, df, p, covariates } = balanceTest;
  const numbers = `d² ${number(statistic, 2, language)}; ${df} df; p ${probability(p, language)}`;
  return `${balance}: ${numbers} (${number(balanceTest.draws, 0, language)} ${draws}; ${covariates.join(", ")})`;
};

const clusterRow = (one: ClusterItem, language: Language): readonly string[] => [
  outcomeText(one),
  one.wave,
  words[language].levels[one.level],
  number(one.leaders, 0, language),
  number(one.units, 0, language),
  number(one.respondents, 0, language),
  number(one.clusterSize.mean, 1, language),
  number(one.clusterSize.cv, 2, language),
  number(one.icc, 3, language),
  interval(one.iccLow, one.iccHigh, 3, language),
];

const clusterTable = ({ clusters }: Analysis, language: Language): string => {
  const all = clusters.filter(({ arm }) => arm === null);
  if (all.length === 0) return "";
  const { clusters: title, columns, more } = words[language];
  const table = textTable([columns, ...all.map((one) => clusterRow(one, language))]);
  return [title, table, ...(all.length < clusters.length ? [more] : [])].join("\n");
};

const trendRow = (one: PreTrend, language: Language): readonly string[] => [
  outcomeText(one),
  one.arm,
  one.from,
  one.to,
  number(one.estimate, 2, language),
  interval(one.low, one.high, 2, language),
  number(one.df, 1, language),
  probability(one.p, language),
  one.status,
];

const trendTable = ({ preTrends }: Analysis, language: Language): string =>
  preTrends.length === 0
    ? ""
    : `${words[language].trends}\n${textTable([words[language].trend, ...preTrends.map((one) => trendRow(one, language))])}`;

/** Balance in one line, clusters, and how arms that were not drawn moved before the baseline; what there is of them. */
export const trialText = (analysis: Analysis, language: Language): string =>
  [balanceLine(analysis, language), clusterTable(analysis, language), trendTable(analysis, language)]
    .filter((part) => part !== "")
    .join("\n\n");
