import { type Problem, Refusal } from "../../src/errors.ts";
import { type Marks, readMarks } from "../../src/server/state/attendance.ts";
import { stateFolder } from "../../src/server/state/secret.ts";
import { withNearest } from "../../src/study/nearest.ts";
import type { Programme, Session } from "../../src/study/programme.ts";
import type { Study } from "../../src/study/study.ts";
import { type TableRow, tableRows } from "./table.ts";

const needed = ["session", "leader", "attended"] as const;
type Row = TableRow<(typeof needed)[number]>;

const faultsOf = (row: Row, sessions: readonly string[], seen: Set<string>): readonly Problem[] => {
  const [session, leader, attended] = needed.map(row.text) as [string, string, string];
  const empty = needed.filter((column) => row.text(column) === "");
  if (empty.length > 0) return empty.map((column) => ({ code: "value-missing", place: row.at(column), key: column }));
  const pair = JSON.stringify([session, leader]);
  const isAgain = seen.has(pair);
  seen.add(pair);
  return [
    ...(sessions.includes(session)
      ? []
      : [
          {
            code: "reference-unknown" as const,
            place: row.at("session"),
            kind: "session",
            id: session,
            ...withNearest(session, sessions),
            allowed: sessions.slice(0, 12),
          },
        ]),
    ...(["0", "1"].includes(attended)
      ? []
      : [{ code: "value-invalid" as const, place: row.at("attended"), key: "attended", expected: "0 | 1" }]),
    ...(isAgain ? [{ code: "id-duplicate" as const, place: row.at("leader"), kind: "mark", id: leader }] : []),
  ];
};

const delivered = async (study: Study, file: string, sessions: readonly Session[]): Promise<Marks> => {
  const ids = sessions.map(({ id }) => id);
  const rows = await tableRows(study, file, { needed, optional: [] });
  const seen = new Set<string>();
  const faults = rows.flatMap((row) => faultsOf(row, ids, seen));
  if (faults.length > 0) throw new Refusal(...faults.slice(0, 20));
  const marks = new Map<string, Map<string, boolean>>(ids.map((id) => [id, new Map()]));
  for (const row of rows) marks.get(row.text("session"))!.set(row.text("leader"), row.text("attended") === "1");
  return marks;
};

export interface Attendance {
  /** By session and leader, whether the leader came; one who is not here was not marked. */
  readonly marks: Marks;
  readonly warnings: readonly Problem[];
}

/**
 * Who came: as the study's file says, and over it what coaches marked at the server. Refuses a file with faults; marks
 * of who is not in the roster, or of sessions that are not in the schedule any more, are left out and said.
 */
export const readAttendance = async (
  study: Study,
  { attendance: file }: Programme,
  sessions: readonly Session[],
  leaders: ReadonlySet<string>,
): Promise<Attendance> => {
  const place = { file: file ?? "study.yaml" };
  const sources = [
    file === null ? new Map() : await delivered(study, file, sessions),
    await readMarks(stateFolder(study.folder)),
  ];
  const ids = new Set(sessions.map(({ id }) => id));
  const marks = new Map<string, Map<string, boolean>>();
  let unplaced = 0;
  for (const source of sources)
    for (const [session, came] of source)
      for (const [leader, did] of came) {
        if (ids.has(session) && leaders.has(leader))
          marks.set(session, new Map([...(marks.get(session) ?? []), [leader, did]]));
        else unplaced += 1;
      }
  return { marks, warnings: unplaced === 0 ? [] : [{ code: "marks-unplaced", place, marks: unplaced }] };
};

/**
 * Sessions that each leader attended; null where nobody marked one who is in a group. Who is in none is not in the
 * programme, and attended none unless marked.
 */
export const sessionsAttended = (
  marks: Marks,
  leaders: readonly { readonly leader: string; readonly sparring_group: string | null }[],
): ReadonlyMap<string, number | null> => {
  const counts = new Map<string, number>();
  for (const came of marks.values())
    for (const [leader, did] of came) counts.set(leader, (counts.get(leader) ?? 0) + (did ? 1 : 0));
  return new Map(
    leaders.map(({ leader, sparring_group }) => [leader, counts.get(leader) ?? (sparring_group === null ? 0 : null)]),
  );
};
