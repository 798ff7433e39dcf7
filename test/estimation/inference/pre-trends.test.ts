import { expect, test } from "vitest";
import { type PreTrend, preTrends } from "../../../src/estimation/inference/pre-trends.ts";
import type { Study } from "../../../src/study/study.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { oracleStudy } from "../oracle-survey.ts";
import { unitSurvey } from "../unit-survey.ts";

type RTrend = Readonly<Record<"estimate" | "se" | "df" | "p" | "low" | "high", readonly number[]>>;
const r = expected("pre-trends") as { readonly before: RTrend; readonly spring: RTrend; readonly units: RTrend };
/** Cluster-robust numbers agree with clubSandwich to here. */
const tolerance = 1e-9;

const basedAt = (study: Study, id: string): Study => ({
  ...study,
  waves: study.waves.map((wave) => ({ ...wave, baseline: wave.id === id })),
});
const notDrawn = (study: Study): Study => ({ ...study, allocation: { by: null, randomised: false, record: null } });

function expectAsR(rows: readonly PreTrend[], wanted: RTrend): void {
  expect(rows.map(({ arm, reference, status }) => [arm, reference, status])).toEqual([
    ["a", "control", "estimated"],
    ["b", "control", "estimated"],
  ]);
  rows.forEach((row, k) => {
    for (const key of ["estimate", "se", "df", "p", "low", "high"] as const) {
      expectClose(row[key], wanted[key][k]!, tolerance, key);
    }
  });
}

const survey = { name: "seasons", arms: ["control", "a", "b"], wave: "summer" };
const waves = ["before", "spring", "summer", "autumn"];
const seasons = oracleStudy(survey, { baseline: true, blocks: false, plan: {}, waves });
const { design, cellsOf } = seasons;
const study = notDrawn(basedAt(seasons.study, "summer"));

test("every wave before the baseline is compared with it, as clubSandwich does", async () => {
  const rows = await preTrends(study, design, cellsOf);
  expect(rows.map(({ from, to }) => `${from} ${to}`)).toEqual([
    ...["before summer", "before summer"],
    ...["spring summer", "spring summer"],
  ]);
  expectAsR(rows.slice(0, 2), r.before);
  expectAsR(rows.slice(2), r.spring);
});

test("units that were given to arms whole are the clusters", async () => {
  const units = unitSurvey({});
  const late = notDrawn(basedAt(units.study, "after"));
  expectAsR(await preTrends(late, units.design, units.cellsOf), r.units);
});

test("where arms were drawn, or no wave is before the baseline, there is none", async () => {
  const drawn: Study = { ...study, allocation: { by: "leader", randomised: true, record: null } };
  for (const one of [drawn, notDrawn(seasons.study), { ...study, allocation: null }]) {
    expect(await preTrends(one, design, cellsOf)).toEqual([]);
  }
  const bare = notDrawn({ ...seasons.study, waves: seasons.study.waves.map((wave) => ({ ...wave, baseline: false })) });
  expect(await preTrends(bare, design, cellsOf)).toEqual([]);
});

test("an outcome without answers says so", async () => {
  const rows = await preTrends(study, design, () => null);
  expect(rows.map(({ status, estimate }) => [status, estimate])).toEqual(rows.map(() => ["no-data", null]));
  expect(rows).toHaveLength(4);
});
