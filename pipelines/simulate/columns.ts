import { constructs, selfConstructs } from "./answers.ts";
import { type Dialect, danish, foreign } from "./deliveries.ts";

/** How a supplier names the columns of the employees' file, in file order. */
export interface EmployeeColumns {
  readonly dialect: Dialect;
  readonly respondent: string;
  readonly leader: string;
  readonly department: string;
  readonly gender: string;
  readonly tenure: string;
  readonly items: ReadonlyMap<string, string>;
}

const firstQuestion = 4;

const danishItems = constructs.flatMap(({ items }, c) =>
  items.map(({ id }, i) => [id, `q${firstQuestion + c}_${i + 1}`] as const),
);
const foreignItems = constructs
  .flatMap(({ items }) => items)
  .map(({ id }, i) => [id, `Q${String(i + 1).padStart(2, "0")}`] as const);

const municipal: EmployeeColumns = {
  dialect: danish,
  respondent: "id",
  leader: "leder",
  department: "forvaltning",
  gender: "koen",
  tenure: "anciennitet",
  items: new Map(danishItems),
};

const consultancy: EmployeeColumns = {
  dialect: foreign,
  respondent: "RespondentID",
  leader: "ManagerID",
  department: "Department",
  gender: "Gender",
  tenure: "Seniority",
  items: new Map(foreignItems),
};

/** The second of three or more waves was bought from somebody else. */
export const employeeColumns = (wave: number, waves: number): EmployeeColumns =>
  wave === 1 && waves > 2 ? consultancy : municipal;

export const employeeHeader = (of: EmployeeColumns): readonly string[] => [
  of.respondent,
  of.leader,
  of.department,
  of.gender,
  of.tenure,
  ...of.items.values(),
];

export const selfHeader: readonly string[] = [
  "leder",
  ...selfConstructs.flatMap(({ items }) => items.map(({ id }) => id)),
];

export const indicatorHeader = ["enhed", "maaling", "sygefravaer"] as const;

/**
 * Column of the roster by what it means; without arms the programme is for everybody and nobody is drawn. Sessions are
 * counted there where no list says who came.
 */
export const rosterColumns = (arms: number, scheduled: boolean): Readonly<Record<string, string>> => ({
  leader: "leder_id",
  ...(arms > 0 ? { arm: "arm", block: "forvaltning" } : {}),
  department: "forvaltning",
  unit: "enhed",
  class: "hold",
  group: "sparringsgruppe",
  employees: "antal_ansatte",
  ...(scheduled ? {} : { attended: "moeder" }),
  from: "fra",
  to: "til",
});
