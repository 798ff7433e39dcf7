import type { CellsOf } from "../../src/estimation/design/cells-of.ts";
import type { Plan } from "../../src/study/study.ts";
import { input } from "../oracle/read.ts";
import { type Answer, type Assigned, madeCells, madeDesign, madeStudy } from "./made-study.ts";

/** A survey that loses leaders: three waves, the outcomes `outcome` and `mediator`, sessions attended. */
export interface LeftSurvey {
  readonly name: string;
  readonly arms: readonly string[];
}

export const leftSurveys: readonly LeftSurvey[] = [
  { name: "three", arms: ["control", "a", "b"] },
  { name: "two", arms: ["control", "a"] },
  { name: "binary", arms: ["control", "a"] },
];

const number = (cell: string | undefined): number | null => (cell === undefined || cell === "" ? null : Number(cell));
const sessions = (cell: string | undefined): number => number(cell) ?? Number.NaN;

/** Its leaders by id, in the order of the file. */
export function leftLeaders({ name }: LeftSurvey): readonly (Assigned & { readonly attended: number })[] {
  const leaders = new Map(
    input(`left-${name}`).map((row) => [
      row.leader!,
      { leader: row.leader!, arm: row.arm!, block: row.block!, attended: sessions(row.attended) },
    ]),
  );
  return [...leaders.values()].sort((a, b) => a.leader.localeCompare(b.leader));
}

/** All its waves. */
export const leftWaves = ["before", "after", "later"];

/** Study, design and cells as R had them. */
export function leftStudy(survey: LeftSurvey, plan: Partial<Plan>, waves: readonly string[]) {
  const rows = input(`left-${survey.name}`);
  const answersOf = (column: "y" | "m"): readonly Answer[] =>
    rows.map((row) => ({
      leader: row.leader!,
      wave: row.wave!,
      y: Number(row[column]),
      covariates: { x1: number(row.x1), x2: number(row.x2) },
    }));
  const answers = { outcome: answersOf("y"), mediator: answersOf("m") };
  const study = madeStudy({
    arms: survey.arms,
    waves,
    baseline: "before",
    plan: { covariates: ["x1", "x2"], ...plan },
  });
  const design = madeDesign(study, leftLeaders(survey));
  const cellsOf: CellsOf = ({ scale }, which) =>
    madeCells(
      study,
      design,
      scale === "mediator" ? answers.mediator : answers.outcome,
      which === "complete" ? study.plan.covariates : [],
    );
  return { study, design, cellsOf };
}
