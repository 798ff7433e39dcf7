import { Buffer } from "node:buffer";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createFile, removeOnce, textOf, writeStateFile } from "./files.ts";
import { type Keys, keysFolder, openKeys, type Sealed, seal, sealedIn, unseal } from "./keys.ts";
import { keyed } from "./secret.ts";

/** Whom a text is shared with, beside who wrote it. */
export const sharings = ["private", "coach", "group"] as const;
export type Sharing = (typeof sharings)[number];

/** A text as it was last saved. */
export interface Saved {
  /** One, or the fields of a form with several. */
  readonly fields: readonly string[];
  readonly shared: Sharing;
  /** ISO day. */
  readonly changed: string;
  /** How often it was saved: a form that was made for another number is out of date. */
  readonly count: number;
}

/** A file name that tells neither the leader nor the person; all of a leader's begin alike. */
export const leaderName = (secret: string, leader: string): string =>
  keyed(secret, "texts-leader", leader).slice(0, 32);

/** Texts are of a person in a post: who gets a predecessor's post does not get the predecessor's texts. */
export const ownerOf = (secret: string, leader: string, person: string): string =>
  `${leaderName(secret, leader)}-${keyed(secret, "texts-person", person).slice(0, 32)}`;

/** Owner of what a group has in common. */
export const groupOwner = (secret: string, group: string): string => keyed(secret, "texts-group", group).slice(0, 32);

/** A file without content: that it is there says it. */
const reportShown = "report-shown";

const textsFolder = (stateFolder: string): string => join(stateFolder, "programme");

/** Takes away all that an owner wrote, key and text. */
export const eraseOwner = async (stateFolder: string, owner: string): Promise<void> => {
  // The key first: from here on nothing of it opens, wherever a copy lies.
  await removeOnce(join(keysFolder(stateFolder), owner));
  await rm(join(textsFolder(stateFolder), owner), { recursive: true, force: true });
};

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    throw fault;
  });

/** Who has written something. */
export const textOwners = async (stateFolder: string): Promise<readonly string[]> => [
  ...new Set([...(await namesIn(keysFolder(stateFolder))), ...(await namesIn(textsFolder(stateFolder)))]),
];

const ownersAt = async (
  stateFolder: string,
  secret: string,
  leaders: readonly string[],
): Promise<readonly string[]> => {
  const names = leaders.map((leader) => `${leaderName(secret, leader)}-`);
  return (await textOwners(stateFolder)).filter((owner) => names.some((name) => owner.startsWith(name)));
};

/** How many persons have written something as leaders in these posts. */
export const countWriters = async (stateFolder: string, secret: string, leaders: readonly string[]): Promise<number> =>
  (await ownersAt(stateFolder, secret, leaders)).length;

/** Takes away all that leaders in these posts wrote, key and text; of how many persons. */
export const eraseTexts = async (stateFolder: string, secret: string, leaders: readonly string[]): Promise<number> => {
  const theirs = await ownersAt(stateFolder, secret, leaders);
  for (const owner of theirs) await eraseOwner(stateFolder, owner);
  return theirs.length;
};

export interface Texts {
  readonly read: (owner: string, part: string) => Promise<Saved | null>;
  /**
   * Saves a text that was written from its `count`; null once saved. A text that has been saved since is returned, and
   * nothing is written. Without anything in it, it is taken away.
   */
  readonly save: (owner: string, part: string, text: Saved) => Promise<Saved | null>;
  readonly remove: (owner: string, part: string) => Promise<void>;
  readonly erase: (owner: string) => Promise<void>;
  /** Whether somebody lets the own coach see the own report; it goes with the texts. */
  readonly showsReport: (owner: string) => Promise<boolean>;
  readonly showReport: (owner: string, shown: boolean) => Promise<void>;
}

const inTurn = () => {
  const last = new Map<string, Promise<unknown>>();
  return <T>(owner: string, work: () => Promise<T>): Promise<T> => {
    const next = (last.get(owner) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(owner, next);
    const forget = (): void => {
      if (last.get(owner) === next) last.delete(owner);
    };
    next.then(forget, forget);
    return next;
  };
};

/** The texts of leaders and groups, each encrypted under its owner's key. */
export const openTexts = async (stateFolder: string): Promise<Texts> => {
  const keys: Keys = await openKeys(stateFolder);
  const turn = inTurn();
  const fileOf = (owner: string, part: string): string => join(textsFolder(stateFolder), owner, part);
  const read = async (owner: string, part: string): Promise<Saved | null> => {
    const [key, text] = [await keys.of(owner), await textOf(fileOf(owner, part))];
    if (key === null || text === null) return null;
    return sealedIn<Saved>(unseal(key, `${owner}/${part}`, sealedIn<Sealed>(text)).toString("utf8"));
  };
  const write = async (owner: string, part: string, text: Saved): Promise<void> => {
    const key = (await keys.of(owner)) ?? (await keys.make(owner));
    await mkdir(join(textsFolder(stateFolder), owner), { recursive: true, mode: 0o700 });
    const sealed = seal(key, `${owner}/${part}`, Buffer.from(JSON.stringify(text)));
    await writeStateFile(fileOf(owner, part), `${JSON.stringify(sealed)}\n`);
  };
  return {
    read,
    save: (owner, part, text) =>
      turn(owner, async () => {
        const before = await read(owner, part);
        if ((before?.count ?? 0) !== text.count) return before ?? { ...text, fields: [], count: 0 };
        if (text.fields.every((field) => field.trim() === "")) await removeOnce(fileOf(owner, part));
        else await write(owner, part, { ...text, count: text.count + 1 });
        return null;
      }),
    remove: (owner, part) =>
      turn(owner, async () => {
        await removeOnce(fileOf(owner, part));
      }),
    erase: (owner) => turn(owner, () => eraseOwner(stateFolder, owner)),
    showsReport: async (owner) => (await textOf(fileOf(owner, reportShown))) !== null,
    showReport: (owner, shown) =>
      turn(owner, async () => {
        await mkdir(join(textsFolder(stateFolder), owner), { recursive: true, mode: 0o700 });
        if (shown) await createFile(fileOf(owner, reportShown), "");
        else await removeOnce(fileOf(owner, reportShown));
      }),
  };
};
