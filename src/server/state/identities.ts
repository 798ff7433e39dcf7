import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createFile, recordIn, writeStateFile } from "./files.ts";
import type { People, Person } from "./people.ts";
import { hashOf, keyed } from "./secret.ts";

interface Bound {
  readonly identity: string;
  /** What people.csv said of the account when it was bound; another word there sets the person free. */
  readonly signIn: string | null;
}

/** An account at an issuer, by the two names that never change. */
export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

/** Which account is whose. */
export interface Identities {
  /** The person whose account this is. At the first sign-in that is who `signIn` names, if nobody's account is theirs yet. */
  readonly person: (account: Account, signIn: string | null) => Promise<Person | null>;
}

export const openIdentities = async (stateFolder: string, people: People, secret: string): Promise<Identities> => {
  const [accounts, bindings] = [join(stateFolder, "accounts"), join(stateFolder, "bindings")];
  for (const folder of [accounts, bindings]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const bindingOf = (person: Person): string => join(bindings, hashOf(person.id));
  const known = async (identity: string): Promise<Person | null> => {
    const found = await recordIn<{ readonly person: string }>(join(accounts, identity));
    const person = found && (await people.byId(found.person));
    if (person === null) return null;
    const bound = await recordIn<Bound>(bindingOf(person));
    return bound?.identity === identity && bound.signIn === person.signIn ? person : null;
  };
  const bind = async (identity: string, person: Person): Promise<Person | null> => {
    const own = JSON.stringify({ identity, signIn: person.signIn } satisfies Bound);
    if (!(await createFile(bindingOf(person), own))) {
      const bound = await recordIn<Bound>(bindingOf(person));
      if (bound !== null && bound.signIn === person.signIn && bound.identity !== identity) return null;
      await writeStateFile(bindingOf(person), own);
    }
    await writeStateFile(join(accounts, identity), JSON.stringify({ person: person.id }));
    return person;
  };
  return {
    person: async ({ issuer, subject }, signIn) => {
      const identity = keyed(secret, "account", `${issuer}\0${subject}`);
      const found = await known(identity);
      if (found !== null || signIn === null) return found;
      const named = await people.bySignIn(signIn);
      return named && bind(identity, named);
    },
  };
};
