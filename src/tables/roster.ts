import { type Row, table } from "./table.ts";

/** One row per leader of the study, whether ever measured or not. */
export const roster = table({
  name: "roster",
  key: ["leader"],
  columns: {
    leader: "text",
    arm: "text?",
    block: "text?",
    class: "text?",
    sparring_group: "text?",
    /** Employees under the leader, as the organisation counts them. */
    employees: "integer?",
    attended: "number?",
    from_date: "date?",
    to_date: "date?",
  },
});
export type RosterRow = Row<typeof roster>;

/** One row per leader and level of the organisation. */
export const placements = table({
  name: "placements",
  key: ["leader", "level"],
  columns: { leader: "text", level: "text", unit: "text" },
});
