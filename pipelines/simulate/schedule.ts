import { type Sink, writeRow } from "./deliveries.ts";
import { leaderId } from "./organisation.ts";
import type { Leader } from "./people.ts";
import { phases } from "./programme.ts";

/** Schedule and attendance, being written. */
export interface ProgrammeSinks {
  readonly sessions: Sink;
  readonly attendance: Sink;
  /** Groups that have their sessions already. */
  readonly groups: Set<string>;
}

export const sessionsHeader = ["session", "phase", "kind", "group", "from", "to", "coach", "place"] as const;
export const attendanceHeader = ["session", "leader", "attended"] as const;

/** With more leaders than this, a schedule is too long for anybody to look at, and the roster counts the sessions. */
export const mostScheduled = 2000;

const dayMs = 86_400_000;

/** A working day so many days into a phase. */
const dayOf = (phase: number, days: number): string => {
  const day = new Date(Date.parse(phases[phase]!.from) + days * dayMs);
  const weekend = [1, 0, 0, 0, 0, 0, 2][day.getUTCDay()]!;
  return new Date(day.getTime() + weekend * dayMs).toISOString().slice(0, 10);
};

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const common = [0, 1, 2, 3].flatMap((phase) => [
  { id: `seminar-${phase + 1}`, phase, kind: "seminar", days: 14, place: "Rådhuset, salen" },
  { id: `workshop-${phase + 1}`, phase, kind: "workshop", days: 60, place: "Rådhuset, lokale 2" },
]);
const ofGroups = [
  { name: "coaching-1", phase: 1, kind: "coaching", days: 30, place: "Hos coachen" },
  { name: "coaching-2", phase: 3, kind: "coaching", days: 80, place: "Hos coachen" },
  { name: "job-visit-1", phase: 2, kind: "job-visit", days: 35, place: "Hos et medlem af gruppen" },
  { name: "job-visit-2", phase: 2, kind: "job-visit", days: 120, place: "Hos et medlem af gruppen" },
] as const;

/** Everybody's seminars and workshops. */
export const writeCommonSessions = ({ sessions }: ProgrammeSinks): void => {
  for (const { id, phase, kind, days, place } of common) {
    const day = dayOf(phase, days);
    writeRow(sessions, [id, phases[phase]!.id, kind, "", `${day} 09:00`, `${day} 15:30`, "", place]);
  }
};

export const groupName = (of: Training): string => `${of.class}-${of.group + 1}`;

interface Training {
  readonly class: string;
  /** From 0 within the class. */
  readonly group: number;
}

/** A class has one coach, who sees its groups one after the other on the same day. */
const writeGroupSessions = ({ sessions }: ProgrammeSinks, of: Training): void => {
  for (const { name, phase, kind, days, place } of ofGroups) {
    const [day, begins] = [dayOf(phase, days), 8 * 60 + 90 * of.group];
    const [from, to] = [clock(begins), clock(begins + 90)].map((time) => `${day} ${time}`) as [string, string];
    const group = groupName(of);
    writeRow(sessions, [`${name}-${group}`, phases[phase]!.id, kind, group, from, to, `coach-${of.class}`, place]);
  }
};

/** Where a leader came, and the sessions of the leader's group where it is the first of it. */
export const writeAttendance = (sinks: ProgrammeSinks, { index, came }: Leader, of: Training): void => {
  const group = groupName(of);
  if (!sinks.groups.has(group)) writeGroupSessions(sinks, of);
  sinks.groups.add(group);
  const own = [...common.map(({ id }) => id), ...ofGroups.map(({ name }) => `${name}-${group}`)];
  for (const [number, session] of own.entries())
    writeRow(sinks.attendance, [session, leaderId(index), came[number] ? "1" : "0"]);
};
