import { type Row, table } from "./table.ts";

/** Employees' scores as they are added up: one row per leader, wave and scale. */
export const teamScores = table({
  name: "team_scores",
  key: ["leader", "wave", "scale"],
  columns: { leader: "text", wave: "text", scale: "text", n: "integer", sum: "number" },
});

/** What a leader's team is a part of: one row per leader and grouping (`organisation`: who is in the roster; `arm`; `department`: the outermost level; `unit`: the next). */
export const teamGroups = table({
  name: "team_groups",
  key: ["leader", "grouping"],
  columns: { leader: "text", grouping: "text", cell: "text" },
});

/** Who answered about a leader: one row per accepted response of an employee. Only tokens are made of it. */
export const teamMembers = table({
  name: "team_members",
  key: [],
  columns: {
    leader: "text",
    wave: "text",
    respondent: "text?",
    /** The answers as one text; nobody reads it but to tell whether they are others than before. */
    answers: "text",
  },
});

/** Who was asked and who answered, before disclosure control: one row per grouping, cell of it and wave. */
export const cellResponses = table({
  name: "cell_responses",
  key: ["grouping", "cell", "wave"],
  columns: {
    grouping: "text",
    cell: "text",
    wave: "text",
    /** Leaders there when the wave opened. */
    leaders: "integer",
    /** Leaders with at least as many answers as a mean needs. */
    measured: "integer",
    answered: "integer",
    /** Answers of the leader with the most of them. */
    largest: "integer",
    /** Employees of the leaders whose number of employees is known, and the answers of these. */
    invited: "integer",
    answered_of_invited: "integer",
  },
});
export type CellResponse = Row<typeof cellResponses>;
