import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { marksFile } from "../../src/server/state/attendance.ts";
import { stateFolder } from "../../src/server/state/secret.ts";
import type { Study } from "../../src/study/study.ts";
import type { RosterReading } from "../ingest/roster/roster.ts";
import { sessionsAttended } from "./attendance.ts";
import { coachesMark, readProgramme } from "./schedule.ts";

const hashOf = (path: string): Promise<string | null> =>
  readFile(path).then(
    (bytes) => createHash("sha256").update(bytes).digest("hex"),
    () => null,
  );

/** What decides how many sessions each leader attended, beside the study file and the roster. */
export const attendanceInputs = async ({ programme, folder }: Study): Promise<readonly unknown[]> => {
  if (programme === null) return [];
  const files = [programme.sessions, ...(programme.attendance === null ? [] : [programme.attendance])];
  const paths = [...files.map((file) => join(folder, file)), marksFile(stateFolder(folder))];
  return [programme, ...(await Promise.all(paths.map(hashOf)))];
};

/**
 * The roster with the sessions that each leader attended, where the programme's attendance says and not a column of the
 * roster. Of a programme that nobody has marked yet nothing is known.
 */
export const withAttendance = async (study: Study, reading: RosterReading): Promise<RosterReading> => {
  if (study.programme === null) return reading;
  const { marks, warnings } = await readProgramme(study, study.programme, reading);
  const told = { ...reading, warnings: [...reading.warnings, ...warnings] };
  if (!coachesMark(study) || marks.size === 0) return told;
  const attended = sessionsAttended(marks, reading.rows);
  return { ...told, rows: reading.rows.map((row) => ({ ...row, attended: attended.get(row.leader) ?? null })) };
};
