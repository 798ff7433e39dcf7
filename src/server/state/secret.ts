import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../errors.ts";
import { createFile, textOf } from "./files.ts";

/** Where a server keeps what it knows: people, links, sessions, who read what. */
export const stateFolder = (studyFolder: string): string => join(studyFolder, ".spejl", "server");

const form = /^[0-9a-f]{64}$/;

/** The key that a file holds; null where there is none. Refuses one that others may read, or that is not whole. */
export const readKeyFile = async (file: string): Promise<string | null> => {
  const text = await textOf(file);
  if (text === null) return null;
  if (!form.test(text)) throw new Refusal({ code: "secret-weak", place: { file }, cause: "short" });
  if (process.platform !== "win32" && ((await stat(file)).mode & 0o077) !== 0)
    throw new Refusal({ code: "secret-weak", place: { file }, cause: "readable" });
  return text;
};

/** The key of a study's server, made at first use. */
export const serverSecret = async (folder: string): Promise<string> => {
  const file = join(folder, "secret.key");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await createFile(file, randomBytes(32).toString("hex"));
  return (await readKeyFile(file))!;
};

/** A hash that only who has the key can make; `purpose` keeps hashes of different things apart. */
export const keyed = (secret: string, purpose: string, text: string): string =>
  createHmac("sha256", secret).update(`${purpose}\0${text}`).digest("hex");

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** 256 bits that nobody can guess, as they may stand in an address. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** Compares what a stranger sent without telling by the time how much of it is right. */
export const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
