import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../errors.ts";
import { removeOnce, textOf, writeStateFile } from "./files.ts";
import { readKeyFile } from "./secret.ts";

/** Something encrypted with AES-256-GCM, in base64. */
export interface Sealed {
  readonly iv: string;
  readonly tag: string;
  readonly content: string;
}

/** The key of an owner's texts under a master key; `master` tells which. */
interface Wrapped extends Sealed {
  readonly master: string;
}

const keyBytes = 32;

/** Encrypts for a place: what is copied to another does not open there. */
export const seal = (key: Buffer, place: string, content: Buffer): Sealed => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  const [text, tag] = [sealed, cipher.getAuthTag()].map((bytes) => bytes.toString("base64")) as [string, string];
  return { iv: iv.toString("base64"), tag, content: text };
};

/** What was encrypted for this place. Throws where it was for another, under another key, or is not as it was written. */
export const unseal = (key: Buffer, place: string, { iv, tag, content }: Sealed): Buffer => {
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"), { authTagLength: 16 })
    .setAAD(Buffer.from(place))
    .setAuthTag(Buffer.from(tag, "base64"));
  return Buffer.concat([decipher.update(Buffer.from(content, "base64")), decipher.final()]);
};

const nameOf = (master: Buffer): string => createHash("sha256").update(master).digest("hex").slice(0, 16);

const masterFile = (stateFolder: string): string => join(stateFolder, "master.key");
/** The master key of a rotation that has begun and not ended; both open what is wrapped until then. */
const nextFile = (stateFolder: string): string => join(stateFolder, "master.next.key");
export const keysFolder = (stateFolder: string): string => join(stateFolder, "keys");

const newMaster = (): string => randomBytes(keyBytes).toString("hex");

/** The master keys there are, the one first under which keys are wrapped now. Made at first use. */
const mastersOf = async (stateFolder: string): Promise<readonly Buffer[]> => {
  const file = masterFile(stateFolder);
  const hasKeys = (await readdir(keysFolder(stateFolder))).length > 0;
  // A new one would be taken for the one that the keys are under, and they never open.
  if (!hasKeys && (await textOf(file)) === null) await writeStateFile(file, newMaster());
  const texts = [await readKeyFile(nextFile(stateFolder)), await readKeyFile(file)];
  const masters = texts.filter((text) => text !== null).map((text) => Buffer.from(text, "hex"));
  if (masters.length === 0) throw new Refusal({ code: "secret-weak", place: { file }, cause: "short" });
  return masters;
};

const placeOf = (owner: string): string => `key/${owner}`;

const wrap = (master: Buffer, owner: string, key: Buffer): string =>
  `${JSON.stringify({ master: nameOf(master), ...seal(master, placeOf(owner), key) } satisfies Wrapped)}\n`;

/** A record of ours; a fault does not quote it, for it goes into the server's log. */
export const sealedIn = <T>(text: string): T => {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Error("What was encrypted is not as it was written");
  }
};

const unwrap = (masters: readonly Buffer[], owner: string, text: string): Buffer => {
  const wrapped = sealedIn<Wrapped>(text);
  const master = masters.find((each) => nameOf(each) === wrapped.master);
  if (master === undefined) throw new Error("A key is wrapped under a master key that is not there");
  return unseal(master, placeOf(owner), wrapped);
};

/** One key an owner; without it nothing that the owner wrote opens again. */
export interface Keys {
  /** Null where the owner has none. */
  readonly of: (owner: string) => Promise<Buffer | null>;
  /** In the place of a key that there may be: whatever that one opened is gone. */
  readonly make: (owner: string) => Promise<Buffer>;
}

/** Opens the keys of a server. Refuses a master key that others may read, or that is not whole. */
export const openKeys = async (stateFolder: string): Promise<Keys> => {
  const folder = keysFolder(stateFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) if (name.endsWith(".partial")) await removeOnce(join(folder, name));
  const masters = await mastersOf(stateFolder);
  const of = async (owner: string): Promise<Buffer | null> => {
    const text = await textOf(join(folder, owner));
    return text === null ? null : unwrap(masters, owner, text);
  };
  return {
    of,
    make: async (owner) => {
      const key = randomBytes(keyBytes);
      await writeStateFile(join(folder, owner), wrap(masters[0]!, owner, key));
      return key;
    },
  };
};

/**
 * Wraps every key under a new master key and takes the old one away; texts are not touched. Killed at any point, it
 * leaves each key under a master that is there, and goes on from there the next time. No server may run meanwhile.
 * Returns how many keys were wrapped anew.
 */
export const rotateMaster = async (stateFolder: string): Promise<number> => {
  const folder = keysFolder(stateFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mastersOf(stateFolder);
  if ((await textOf(nextFile(stateFolder))) === null) await writeStateFile(nextFile(stateFolder), newMaster());
  const masters = await mastersOf(stateFolder);
  let rotated = 0;
  for (const owner of (await readdir(folder)).sort()) {
    const path = join(folder, owner);
    // What a kill left half written beside a key; the key itself is whole.
    if (owner.endsWith(".partial")) {
      await removeOnce(path);
      continue;
    }
    const text = (await textOf(path))!;
    if (sealedIn<Wrapped>(text).master === nameOf(masters[0]!)) continue;
    await writeStateFile(path, wrap(masters[0]!, owner, unwrap(masters, owner, text)));
    rotated += 1;
  }
  await rename(nextFile(stateFolder), masterFile(stateFolder));
  return rotated;
};
