import type { Plan } from "../../src/study/study.ts";
import type { RosterRow } from "../../src/tables/roster.ts";
import { input } from "../oracle/read.ts";
import { type Answer, cellsOfAnswers, madeDesign, madeStudy } from "./made-study.ts";

const rows = input("units");
const people = [...new Map(rows.map((row) => [row.leader!, row])).values()];

export const unitAnswers = rows.map(
  (row): Answer => ({ leader: row.leader!, wave: row.wave!, y: Number(row.y), covariates: { x1: Number(row.x1) } }),
);

export const unitRoster = people.map(
  (row, k): RosterRow => ({
    ...{ leader: row.leader!, arm: row.arm!, roster_arm: row.arm!, allocation_unit: row.unit!, block: row.block! },
    ...{ class: null, sparring_group: null, employees: 10 + (k % 3), attended: null, from_date: null, to_date: null },
  }),
);

/** The survey of whole units that R was given too; with a class for each leader where one is given. */
export function unitSurvey(plan: Partial<Plan>, classOf: (place: number) => string | undefined = () => undefined) {
  const study = madeStudy({ arms: ["control", "a", "b"], waves: ["before", "after"], baseline: "before", plan });
  const design = madeDesign(
    study,
    people.map((row, k) => {
      const own = classOf(k);
      const one = { leader: row.leader!, arm: row.arm!, block: row.block!, unit: row.unit! };
      return own === undefined ? one : { ...one, class: own };
    }),
  );
  return { study, design, cellsOf: cellsOfAnswers(study, design, unitAnswers) };
}
