export const sessionKinds = ["seminar", "coaching", "job-visit", "workshop"] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** What a leader writes of the own leadership. */
export const programmeParts = ["foundation", "focus", "arena", "actions", "dilemma"] as const;
export type ProgrammePart = (typeof programmeParts)[number];

/** The leadership programme beside the surveys. No text that a leader writes is part of a study. */
export interface Programme {
  /** The schedule, from the study's folder. */
  readonly sessions: string;
  /** Who came, from the study's folder; null where only coaches at the server say, or the roster. */
  readonly attendance: string | null;
  readonly parts: readonly ProgrammePart[];
  /** Months after the last day of the last phase until the leaders' texts are erased. */
  readonly keep: number;
  /** Whether a leader may let the own coach see the own report. */
  readonly coachSeesReport: boolean;
}

/** A meeting of the programme. */
export interface Session {
  readonly id: string;
  readonly phase: string;
  readonly kind: SessionKind;
  /** The sparring group that meets; null for everybody in the programme. */
  readonly group: string | null;
  /** A day, or a day and a time as clocks on the spot show it: `2019-03-07`, `2019-03-07T09:00`. */
  readonly from: string;
  readonly to: string;
  /** Who the group's coach is, as people.csv names them. */
  readonly coach: string | null;
  readonly place: string;
}
