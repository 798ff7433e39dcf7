import { mkdir, readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { createFile, recordIn, removeOnce } from "./files.ts";
import { type People, type Person, rightsOf } from "./people.ts";
import { hashOf, isToken, randomToken } from "./secret.ts";

interface Stored {
  readonly person: string;
  /** Hash of what the person could see when the session began. */
  readonly rights: string;
  readonly started: number;
}

/** Who is signed in. The disk holds hashes of the cookies; a session outlives a restart. */
export interface Sessions {
  readonly begin: (person: Person) => Promise<string>;
  /** The person of a session that still holds; one that does not is taken away. */
  readonly person: (token: string) => Promise<Person | null>;
  readonly end: (token: string) => Promise<void>;
  /** Takes away what has run out. */
  readonly sweep: () => Promise<void>;
}

const minute = 60_000;
export const idleMinutes = 15;
export const longestHours = 8;

const gone = (fault: NodeJS.ErrnoException): null => {
  if (fault.code === "ENOENT") return null;
  throw fault;
};

const seenAt = (path: string): Promise<number | null> => stat(path).then(({ mtimeMs }) => mtimeMs, gone);

/** When a session was last used is the time of its file: writing it cannot bring back a session that has ended. */
export const openSessions = async (stateFolder: string, people: People, now: () => number): Promise<Sessions> => {
  const folder = join(stateFolder, "sessions");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const isOver = (started: number, seen: number): boolean =>
    now() - started >= longestHours * 60 * minute || now() - seen >= idleMinutes * minute;
  const holder = async (path: string): Promise<{ readonly person: Person; readonly seen: number } | null> => {
    const [stored, seen] = [await recordIn<Stored>(path), await seenAt(path)];
    if (seen === null) return null;
    const person = stored && (await people.byId(stored.person));
    if (stored !== null && person !== null && rightsOf(person) === stored.rights && !isOver(stored.started, seen))
      return { person, seen };
    await removeOnce(path);
    return null;
  };
  const use = async (path: string): Promise<Person | null> => {
    const held = await holder(path);
    if (held !== null && now() - held.seen >= minute) await utimes(path, now() / 1000, now() / 1000).catch(gone);
    return held?.person ?? null;
  };
  return {
    begin: async (person) => {
      const token = randomToken();
      const path = join(folder, hashOf(token));
      const stored: Stored = { person: person.id, rights: rightsOf(person), started: now() };
      await createFile(path, JSON.stringify(stored));
      await utimes(path, now() / 1000, now() / 1000);
      return token;
    },
    person: async (token) => (isToken(token) ? use(join(folder, hashOf(token))) : null),
    end: async (token) => {
      if (isToken(token)) await removeOnce(join(folder, hashOf(token)));
    },
    sweep: async () => {
      for (const name of await readdir(folder)) await holder(join(folder, name));
    },
  };
};
