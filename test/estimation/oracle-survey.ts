import type { CellsOf } from "../../src/estimation/design/cells-of.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import type { Plan, Study } from "../../src/study/study.ts";
import { input } from "../oracle/read.ts";
import { type Answer, type Assigned, cellsOfAnswers, madeDesign, madeStudy } from "./made-study.ts";

/** A data set that R was given too. */
export interface OracleSurvey {
  readonly name: string;
  readonly arms: readonly string[];
  /** The follow-up wave that is compared with `before`. */
  readonly wave: string;
}

export const surveys: readonly OracleSurvey[] = [
  { name: "forty", arms: ["control", "a", "b", "c"], wave: "after" },
  { name: "eight", arms: ["control", "a"], wave: "after" },
  { name: "pairs", arms: ["control", "a"], wave: "later" },
];

export interface OracleRun {
  readonly baseline: boolean;
  readonly blocks: boolean;
  readonly plan: Partial<Plan>;
  /** The baseline and the wave where it is left out. */
  readonly waves?: readonly string[];
}

const number = (cell: string | undefined): number | null => (cell === undefined || cell === "" ? null : Number(cell));

/** Study, design and cells of a data set, set up as one of R's models. */
export function oracleStudy(
  { name, arms, wave }: OracleSurvey,
  { baseline, blocks, plan, waves: named }: OracleRun,
): { study: Study; design: Design; cellsOf: CellsOf } {
  const rows = input(name);
  const answers = rows.map(
    (row): Answer => ({
      leader: row.leader!,
      wave: row.wave!,
      y: Number(row.y),
      covariates: { x1: number(row.x1), x2: number(row.x2), x3: number(row.x3) },
      ...(row.respondent === undefined ? {} : { respondent: row.respondent }),
      ...(row.weight === undefined ? {} : { weight: Number(row.weight) }),
    }),
  );
  const assigned = new Map(
    rows.map((row): [string, Assigned] => [
      row.leader!,
      {
        leader: row.leader!,
        arm: row.arm!,
        block: blocks ? (row.block ?? "") : "",
        ...(row.class && { class: row.class }),
      },
    ]),
  );
  const waves = named ?? (baseline ? ["before", wave] : [wave]);
  const study = madeStudy({ arms, waves, baseline: baseline ? "before" : null, plan });
  const design = madeDesign(study, [...assigned.values()]);
  return { study, design, cellsOf: cellsOfAnswers(study, design, answers) };
}

export function oracleEffects(survey: OracleSurvey, run: OracleRun) {
  const { study, design, cellsOf } = oracleStudy(survey, run);
  return estimateEffects(study, design, cellsOf, drawHere);
}

export const oracleEstimates = async (survey: OracleSurvey, run: OracleRun) =>
  (await oracleEffects(survey, run)).estimates;
