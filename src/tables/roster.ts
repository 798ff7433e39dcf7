import { type Row, table } from "./table.ts";

/** One row per leader of the study, whether ever measured or not. */
export const roster = table({
  name: "roster",
  key: ["leader"],
  columns: {
    leader: "text",
    /** As it was assigned, where a record says so; else as the roster has it. */
    arm: "text?",
    /** As the roster has it. */
    roster_arm: "text?",
    /** What was given to an arm whole; null where leaders were. */
    allocation_unit: "text?",
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

/** One row per study with arms: how they were given out. */
export const allocations = table({
  name: "allocations",
  key: ["study"],
  columns: {
    study: "text",
    allocated_by: "text",
    randomised: "boolean",
    /** When the recorded draw was made, and its seed; null without a record. */
    assigned: "text?",
    seed: "integer?",
  },
});

export type AllocationRow = Row<typeof allocations>;

/** One row per leader who was drawn to an arm and whom the roster no longer has. */
export const departedLeaders = table({
  name: "departed_leaders",
  key: ["leader"],
  columns: { leader: "text", arm: "text" },
});
export type DepartedLeader = Row<typeof departedLeaders>;

/** One row per leader and level of the organisation. */
export const placements = table({
  name: "placements",
  key: ["leader", "level"],
  columns: { leader: "text", level: "text", unit: "text" },
});
