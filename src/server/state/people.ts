import { join } from "node:path";
import { z } from "zod";
import { textOf, versionOf, writeStateFile } from "./files.ts";
import { hashOf, keyed } from "./secret.ts";

export const viewers = ["leader", "management", "researcher", "coach", "administrator"] as const;
/** What a person reads as. One person may be several. */
export type Viewer = (typeof viewers)[number];

const person = z.strictObject({
  id: z.string(),
  viewers: z.array(z.enum(viewers)),
  leader: z.string().nullable(),
  /** Hash of the mail address, and of the claim by which the first sign-in through an issuer is known. */
  mail: z.string().nullable(),
  signIn: z.string().nullable(),
});
export type Person = z.infer<typeof person>;

const peopleFile = (folder: string): string => join(folder, "people.json");

export const mailHash = (secret: string, address: string): string =>
  keyed(secret, "mail", address.trim().normalize("NFC").toLowerCase());

export const signInHash = (secret: string, claim: string): string => keyed(secret, "sign-in", claim.trim());

/** What a person may see, as a session remembers it: another word here, and the session is over. */
export const rightsOf = ({ viewers, leader }: Person): string => hashOf(JSON.stringify([[...viewers].sort(), leader]));

export const writePeople = (folder: string, people: readonly Person[]): Promise<void> =>
  writeStateFile(peopleFile(folder), `${JSON.stringify(people, null, 2)}\n`);

export const readPeople = async (folder: string): Promise<readonly Person[]> => {
  const text = await textOf(peopleFile(folder));
  return text === null ? [] : z.array(person).parse(JSON.parse(text));
};

/** Who may sign in, as they stand now. */
export interface People {
  readonly all: () => Promise<readonly Person[]>;
  readonly byId: (id: string) => Promise<Person | null>;
  readonly byMail: (hash: string) => Promise<Person | null>;
  readonly bySignIn: (hash: string) => Promise<Person | null>;
}

/** The people of a folder, read again where the file is another. */
export const openPeople = (folder: string): People => {
  let version: string | null = "unread";
  let people: readonly Person[] = [];
  const all = async (): Promise<readonly Person[]> => {
    const now = await versionOf(peopleFile(folder));
    if (now !== version) {
      people = await readPeople(folder);
      version = now;
    }
    return people;
  };
  const find = async (is: (each: Person) => boolean): Promise<Person | null> => (await all()).find(is) ?? null;
  return {
    all,
    byId: (id) => find((each) => each.id === id),
    byMail: (hash) => find(({ mail }) => mail === hash),
    bySignIn: (hash) => find(({ signIn }) => signIn === hash),
  };
};
