import { type Problem, Refusal } from "../../src/errors.ts";
import { withNearest } from "../../src/study/nearest.ts";
import { type Programme, type Session, type SessionKind, sessionKinds } from "../../src/study/programme.ts";
import type { Phase, Study } from "../../src/study/study.ts";
import { type TableRow, tableRows } from "./table.ts";

const needed = ["session", "phase", "kind", "from", "to"] as const;
const optional = ["group", "coach", "place"] as const;
type Column = (typeof needed)[number] | (typeof optional)[number];
type Row = TableRow<Column>;

const written = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::00)?)?$/;

/** A day, or a day and a time: `2019-03-07`, `2019-03-07T09:00`; null for a text that is neither. */
const momentOf = (text: string): string | null => {
  const [, day, time] = written.exec(text) ?? [];
  if (day === undefined) return null;
  const moment = new Date(`${day}T${time ?? "00:00"}:00Z`);
  const isThere = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(time ? `${day}T${time}` : day);
  return isThere ? (time === undefined ? day : `${day}T${time}`) : null;
};

/** The last moment that a session's end names: of a day alone the whole of it. */
const endOf = ({ to }: Session): string => (to.includes("T") ? to : `${to}T24:00`);
const beginOf = ({ from }: Session): string => (from.includes("T") ? from : `${from}T00:00`);
const meet = (a: Session, b: Session): boolean => beginOf(a) < endOf(b) && beginOf(b) < endOf(a);

interface Placed {
  readonly row: Row;
  readonly session: Session;
}

const isKind = (word: string): word is SessionKind => (sessionKinds as readonly string[]).includes(word);

const cellFaults = (row: Row, phases: readonly Phase[]): readonly Problem[] => {
  const wrong = (column: Column, expected: string): Problem => ({
    code: "value-invalid",
    place: row.at(column),
    key: column,
    expected,
  });
  const ids = phases.map(({ id }) => id);
  const [kind, phase, group, coach] = [row.text("kind"), row.text("phase"), row.text("group"), row.text("coach")];
  return [
    ...needed.flatMap((column): Problem[] =>
      row.text(column) === "" ? [{ code: "value-missing", place: row.at(column), key: column }] : [],
    ),
    ...(phase !== "" && !ids.includes(phase)
      ? [
          {
            code: "reference-unknown" as const,
            place: row.at("phase"),
            kind: "phase",
            id: phase,
            ...withNearest(phase, ids),
            allowed: ids,
          },
        ]
      : []),
    ...(kind !== "" && !isKind(kind) ? [wrong("kind", sessionKinds.join(" | "))] : []),
    ...(["from", "to"] as const).flatMap((column) =>
      row.text(column) !== "" && momentOf(row.text(column)) === null ? [wrong(column, "moment")] : [],
    ),
    ...(kind === "coaching" && group === ""
      ? [{ code: "value-missing" as const, place: row.at("group"), key: "group" }]
      : []),
    ...(kind === "coaching" && coach === ""
      ? [{ code: "value-missing" as const, place: row.at("coach"), key: "coach" }]
      : []),
  ];
};

const sessionOf = (row: Row): Session => ({
  id: row.text("session"),
  phase: row.text("phase"),
  kind: row.text("kind") as SessionKind,
  group: row.text("group") || null,
  from: momentOf(row.text("from"))!,
  to: momentOf(row.text("to"))!,
  coach: row.text("coach") || null,
  place: row.text("place"),
});

const periodFaults = ({ row, session }: Placed, phases: readonly Phase[]): readonly Problem[] => {
  const phase = phases.find(({ id }) => id === session.phase)!;
  const wrong = (column: "from" | "to", expected: string): Problem => ({
    code: "value-invalid",
    place: row.at(column),
    key: column,
    expected,
  });
  if (endOf(session) < beginOf(session)) return [wrong("to", `≥ ${session.from}`)];
  return (["from", "to"] as const).flatMap((column) => {
    const day = session[column].slice(0, 10);
    return day < phase.from || day > phase.to ? [wrong(column, `${phase.from} – ${phase.to}`)] : [];
  });
};

const inTime = (a: Session, b: Session): number => (beginOf(a) < beginOf(b) ? -1 : 1);

/** Pairs at one time among sessions that the same people are in, each session beside the one that ends last before it. */
const meetingTwice = (own: readonly Placed[]): readonly (readonly [Placed, Placed])[] => {
  const sorted = own.toSorted((a, b) => inTime(a.session, b.session));
  let [before] = sorted;
  return sorted.slice(1).flatMap((one): (readonly [Placed, Placed])[] => {
    const last = before!;
    if (endOf(one.session) > endOf(last.session)) before = one;
    return meet(last.session, one.session) ? [[last, one]] : [];
  });
};

/** Two sessions at once for a coach, or for a group beside what everybody goes to. */
const overlaps = (all: readonly Placed[]): readonly Problem[] => {
  const of = (session: Session, key: "coach" | "group"): string | null => session[key];
  const sharing = (key: "coach" | "group"): readonly (readonly Placed[])[] => {
    const everybody = key === "group" ? all.filter(({ session }) => session.group === null) : [];
    const named = new Map<string, Placed[]>();
    for (const one of all) {
      const name = of(one.session, key);
      if (name !== null) named.set(name, [...(named.get(name) ?? everybody), one]);
    }
    return [...(everybody.length > 0 ? [everybody] : []), ...named.values()];
  };
  const problems = (["group", "coach"] as const).flatMap((key) =>
    sharing(key)
      .flatMap(meetingTwice)
      .map(([one, other]): readonly [string, Problem] => {
        const sessions = [one.session.id, other.session.id] as const;
        return [sessions.join("\0"), { code: "sessions-overlap", place: other.row.at("from"), sessions, of: key }];
      }),
  );
  return [...new Map(problems).values()];
};

/** A group has one coach: who the first of its sessions names. */
const coachFaults = (all: readonly Placed[]): readonly Problem[] => {
  const coaches = new Map<string, string>();
  return all.flatMap(({ row, session: { group, coach } }): Problem[] => {
    if (group === null || coach === null) return [];
    const first = coaches.get(group) ?? coach;
    coaches.set(group, first);
    return first === coach ? [] : [{ code: "coaches-several", place: row.at("coach"), group, coaches: [first, coach] }];
  });
};

/** The sessions of a study's programme in time order. Throws a Refusal with everything that is wrong with the file. */
export const readSessions = async (study: Study, { sessions: file }: Programme): Promise<readonly Session[]> => {
  const rows = await tableRows<Column>(study, file, { needed, optional });
  const faults = rows.flatMap((row) => cellFaults(row, study.phases));
  if (faults.length > 0) throw new Refusal(...faults.slice(0, 20));
  const all = rows.map((row): Placed => ({ row, session: sessionOf(row) }));
  const seen = new Set<string>();
  const repeated = all.flatMap(({ row, session: { id } }): Problem[] => {
    if (seen.has(id)) return [{ code: "id-duplicate", place: row.at("session"), kind: "session", id }];
    seen.add(id);
    return [];
  });
  const wrong = [
    ...repeated,
    ...all.flatMap((one) => periodFaults(one, study.phases)),
    ...coachFaults(all),
    ...overlaps(all),
  ];
  if (wrong.length > 0) throw new Refusal(...wrong.slice(0, 20));
  return all.map(({ session }) => session).sort(inTime);
};
