import { type Row, table } from "./table.ts";

/**
 * Means as management reads them, before disclosure control: one row per grouping (`organisation`, `arm`, `department`:
 * the outermost level of the organisation), cell of it, wave and scale.
 */
export const cellMeans = table({
  name: "cell_means",
  key: ["grouping", "cell", "wave", "scale"],
  columns: {
    grouping: "text",
    /** The arm or department; '' for the whole organisation. */
    cell: "text",
    wave: "text",
    scale: "text",
    n: "integer",
    leaders: "integer",
    /** Respondents of the leader with the most of them. */
    largest: "integer",
    mean: "number",
    /** Clustered by leader (CR1); null with one leader. */
    se: "number?",
  },
});
export type CellMean = Row<typeof cellMeans>;

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
