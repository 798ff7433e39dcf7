import type { Refusals } from "../refusals.ts";
import type { Site } from "../site.ts";
import type { Attendance } from "../state/attendance.ts";
import type { People } from "../state/people.ts";
import type { Group, Schedule } from "../state/schedule.ts";
import { ownerOf, type Saved, type Texts } from "../state/texts.ts";
import type { Visit } from "../visit.ts";

/** What the programme's pages are made of. */
export interface Programme {
  readonly site: Site;
  readonly refusals: Refusals;
  readonly people: People;
  readonly secret: string;
  readonly schedule: () => Promise<Schedule | null>;
  readonly texts: Texts;
  readonly attendance: Attendance;
  /** The part of an address that calendars tell meetings by. */
  readonly host: string;
  /** The moment that it is where the meetings are: `2019-03-07T09:00`. */
  readonly now: () => string;
}

export type Part = Schedule["parts"][number];
export type Session = Schedule["sessions"][number];

/** A leader in the programme, as themselves. */
export interface Member {
  readonly schedule: Schedule;
  readonly group: Group;
  readonly leader: string;
  readonly owner: string;
}

export const dayOf = (moment: string): string => moment.slice(0, 10);

const isPost = (to: string | null, day: string): boolean => to === null || to >= day;

/** Where a visitor belongs in the programme; null for who is in no group, has left the post, or comes after all is erased. */
export const memberOf = async (
  { schedule, secret, now }: Programme,
  { person }: Pick<Visit, "person">,
): Promise<Member | null> => {
  const current = await schedule();
  const leader = person?.leader ?? null;
  if (person === null || current === null || leader === null || dayOf(now()) >= current.until) return null;
  const isOwn = (one: Group["leaders"][number]): boolean => one.leader === leader && isPost(one.to, dayOf(now()));
  const group = current.groups.find(({ leaders }) => leaders.some(isOwn));
  return group === undefined ? null : { schedule: current, group, leader, owner: ownerOf(secret, leader, person.id) };
};

interface Coached {
  readonly schedule: Schedule;
  readonly groups: readonly Group[];
}

/** The groups of a coach; null where there is no programme, or no more. */
export const coachedBy = async ({ schedule, now }: Programme, { person }: Visit): Promise<Coached | null> => {
  const current = await schedule();
  if (person === null || current === null || dayOf(now()) >= current.until) return null;
  return { schedule: current, groups: current.groups.filter(({ coach }) => coach === person.id) };
};

/** What a leader of a group has written of a part, by who can read it there. */
export interface Shared {
  readonly leader: string;
  readonly part: Part;
  readonly saved: Saved;
}

const ownersOf = async ({ people, secret, now }: Programme, { leaders }: Group) => {
  const all = await people.all();
  return leaders
    .filter(({ to }) => isPost(to, dayOf(now())))
    .flatMap(({ leader }) =>
      all
        .filter((person) => person.leader === leader && person.viewers.includes("leader"))
        .map(({ id }) => ({ leader, owner: ownerOf(secret, leader, id) })),
    );
};

/** What the leaders of a group have shared with whoever asks: their coach, or one another. */
export const sharedIn = async (
  programme: Programme,
  { parts }: Schedule,
  group: Group,
  reader: "coach" | "group",
): Promise<readonly Shared[]> => {
  const owners = await ownersOf(programme, group);
  const found = await Promise.all(
    owners.flatMap(({ leader, owner }) =>
      parts.map(async (part) => ({ leader, part, saved: await programme.texts.read(owner, part) })),
    ),
  );
  return found.flatMap(({ leader, part, saved }) =>
    saved !== null && (saved.shared === "group" || saved.shared === reader) ? [{ leader, part, saved }] : [],
  );
};

/** Whether a leader of a group lets the coach see the own report, where the study gives that choice. */
export const showsReport = async (
  programme: Programme,
  { coachSeesReport }: Schedule,
  group: Group,
  leader: string,
): Promise<boolean> => {
  if (!coachSeesReport) return false;
  const owners = (await ownersOf(programme, group)).filter((one) => one.leader === leader);
  const shown = await Promise.all(owners.map(({ owner }) => programme.texts.showsReport(owner)));
  return shown.includes(true);
};

/** Takes away the dilemmas of a group that its coach could read. */
export const removeDilemmas = async (programme: Programme, group: Group): Promise<void> => {
  for (const { owner } of await ownersOf(programme, group))
    if ((await programme.texts.read(owner, "dilemma"))?.shared === "coach")
      await programme.texts.remove(owner, "dilemma");
};

export const sessionsOf = ({ sessions }: Schedule, { id }: Group): readonly Session[] =>
  sessions.filter(({ group }) => group === null || group === id);

/** A session's last moment: of a day alone the whole of it. */
const endOf = ({ to }: Session): string => (to.includes("T") ? to : `${to}T24:00`);
export const hasBegun = ({ from }: Session, now: string): boolean => from <= now;
export const nextOf = (sessions: readonly Session[], now: string): Session | null =>
  sessions.find((session) => endOf(session) > now) ?? null;

/** Whether a leader came; null where nobody said. */
export const cameTo = async ({ attendance }: Programme, { delivered }: Schedule) => {
  const marks = await attendance.marks();
  const before = new Map(delivered.map(([session, came]) => [session, new Map(came)]));
  return (session: string, leader: string): boolean | null =>
    marks.get(session)?.get(leader) ?? before.get(session)?.get(leader) ?? null;
};
