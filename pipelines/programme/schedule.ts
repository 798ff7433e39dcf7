import { join } from "node:path";
import type { Problem } from "../../src/errors.ts";
import type { Schedule } from "../../src/server/state/schedule.ts";
import { sourceFile } from "../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { pathOf } from "../../src/store/inside.ts";
import { monthsAfter } from "../../src/study/days.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Programme, Session } from "../../src/study/programme.ts";
import type { Roster, Study } from "../../src/study/study.ts";
import type { RosterRow } from "../../src/tables/roster.ts";
import { type RosterReading, readRoster } from "../ingest/roster/roster.ts";
import { type Attendance, readAttendance } from "./attendance.ts";
import { readSessions } from "./sessions.ts";

interface ReadProgramme extends Attendance {
  readonly sessions: readonly Session[];
}

type Members = Pick<RosterReading, "rows" | "placements">;

const groupsOf = (rows: readonly RosterRow[]): ReadonlyMap<string, readonly RosterRow[]> => {
  const groups = new Map<string, RosterRow[]>();
  for (const row of rows) {
    if (row.sparring_group === null) continue;
    const members = groups.get(row.sparring_group) ?? [];
    groups.set(row.sparring_group, members);
    members.push(row);
  }
  return groups;
};

const fewest = 2;
const most = 6;

/** What a sparring group is not meant to be: small or large, of one department, or without a coach. */
const groupWarnings = (
  study: Study,
  programme: Programme,
  sessions: readonly Session[],
  { rows, placements }: Members,
) => {
  const outermost = study.organisation[0];
  const placeOf = new Map(
    placements.filter(({ level }) => level === outermost).map(({ leader, unit }) => [leader, unit]),
  );
  return [...groupsOf(rows)].flatMap(([group, members]): Problem[] => {
    const unusual = (why: Extract<Problem, { code: "group-unusual" }>["why"]): Problem => ({
      code: "group-unusual",
      place: { file: programme.sessions },
      group,
      leaders: members.length,
      why,
    });
    const departments = new Set(members.map(({ leader }) => placeOf.get(leader)));
    return [
      ...(members.length < fewest || members.length > most ? [unusual("size")] : []),
      ...(outermost !== undefined && members.length >= fewest && departments.size < 2
        ? [unusual("one-department")]
        : []),
      ...(sessions.some((session) => session.group === group && session.coach !== null) ? [] : [unusual("no-coach")]),
    ];
  });
};

/** Groups of the schedule that the roster does not have. */
const strayGroups = (
  { sessions: file }: Programme,
  sessions: readonly Session[],
  { rows }: Members,
): readonly Problem[] => {
  const known = [...groupsOf(rows).keys()];
  const strays = new Set(sessions.flatMap(({ group }) => (group === null || known.includes(group) ? [] : [group])));
  return [...strays].map((id) => ({
    code: "reference-unknown",
    place: { file },
    kind: "group",
    id,
    ...withNearest(id, known),
    allowed: known.slice(0, 12),
  }));
};

/** Schedule and attendance of a study. Throws a Refusal with what is wrong with their files. */
export const readProgramme = async (study: Study, programme: Programme, members: Members): Promise<ReadProgramme> => {
  const sessions = await readSessions(study, programme);
  const leaders = new Set(members.rows.map(({ leader }) => leader));
  const { marks, warnings } = await readAttendance(study, programme, sessions, leaders);
  const unusual = [...strayGroups(programme, sessions, members), ...groupWarnings(study, programme, sessions, members)];
  return { sessions, marks, warnings: [...unusual, ...warnings] };
};

/** Whether the programme's attendance is the dose, and not a column of the roster. */
export const coachesMark = ({ roster }: Study): boolean => roster?.columns.attended === undefined;

const membersOf = async (study: Study, roster: Roster): Promise<Members> => {
  await pathOf(roster.file, study.folder, study.outside);
  const source = await sourceFile(roster.file, join(study.folder, roster.file));
  return readRoster(study, roster, await openDelivered(source, roster.reading, [], study.language), null);
};

/** What a server is to know of a study's programme; null where there is none. */
export const scheduleOf = async (study: Study): Promise<Schedule | null> => {
  const { programme, roster, phases, instrument } = study;
  if (programme === null || roster === null) return null;
  const members = await membersOf(study, roster);
  const { sessions, marks } = await readProgramme(study, programme, members);
  const last = phases
    .map(({ to }) => to)
    .toSorted()
    .at(-1)!;
  const goals = new Set(phases.flatMap((phase) => phase.goals ?? []));
  return {
    phases: phases.map(({ goals: own = [], ...phase }) => ({ ...phase, goals: [...own] })),
    goals: instrument.scales.filter(({ id }) => goals.has(id)).map(({ id, name }) => ({ id, name })),
    parts: [...programme.parts],
    until: monthsAfter(last, programme.keep),
    sessions: [...sessions],
    groups: [...groupsOf(members.rows)].map(([id, rows]) => ({
      id,
      coach: sessions.find((session) => session.group === id && session.coach !== null)?.coach ?? null,
      leaders: rows.map(({ leader, to_date }) => ({ leader, to: to_date })),
    })),
    coachesMark: coachesMark(study),
    coachSeesReport: programme.coachSeesReport,
    delivered: [...marks].map(([session, came]) => [session, [...came]]),
  };
};
