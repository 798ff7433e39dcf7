import { join } from "node:path";
import { z } from "zod";
import { replaceShared, textOf } from "./files.ts";

/** By session and leader, whether the leader came. */
export type Marks = ReadonlyMap<string, ReadonlyMap<string, boolean>>;

const stored = z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.boolean()]))]));

/** What coaches marked. `spejl run` reads it too: attendance is all that the analysis takes from the programme's pages. */
export const marksFile = (stateFolder: string): string => join(stateFolder, "attendance.json");

export const readMarks = async (stateFolder: string): Promise<Marks> => {
  const text = await textOf(marksFile(stateFolder));
  const entries = text === null ? [] : stored.parse(JSON.parse(text));
  return new Map(entries.map(([session, came]) => [session, new Map(came)]));
};

/** The marks of a running server, which alone writes them. */
export interface Attendance {
  readonly marks: () => Promise<Marks>;
  /** Marks leaders at a session; who is not named keeps the mark there was. */
  readonly mark: (session: string, came: ReadonlyMap<string, boolean>) => Promise<void>;
}

export const openAttendance = (stateFolder: string): Attendance => {
  let last: Promise<unknown> = Promise.resolve();
  const write = async (session: string, came: ReadonlyMap<string, boolean>): Promise<void> => {
    const marks = new Map(await readMarks(stateFolder));
    marks.set(session, new Map([...(marks.get(session) ?? []), ...came]));
    const entries = [...marks].map(([id, each]) => [id, [...each]]);
    await replaceShared(marksFile(stateFolder), `${JSON.stringify(entries)}\n`);
  };
  return {
    marks: () => readMarks(stateFolder),
    mark: (session, came) => {
      const next = last.catch(() => undefined).then(() => write(session, came));
      last = next;
      return next;
    },
  };
};
