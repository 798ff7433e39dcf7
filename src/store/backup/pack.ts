import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scryptSync } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** How the key of an encrypted backup is made from a passphrase. */
export interface Encryption {
  readonly cipher: "aes-256-gcm";
  readonly kdf: "scrypt";
  readonly salt: string;
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

export const newEncryption = (): Encryption => ({
  cipher: "aes-256-gcm",
  kdf: "scrypt",
  salt: randomBytes(16).toString("hex"),
  n: 1 << 15,
  r: 8,
  p: 1,
});

export const keyOf = (passphrase: string, { salt, n, r, p }: Encryption): Buffer =>
  scryptSync(passphrase.normalize("NFC"), Buffer.from(salt, "hex"), 32, { N: n, r, p, maxmem: 256 * n * r });

/** A file of a backup as it lies there. */
export interface PackedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

const ivBytes = 12;
const tagBytes = 16;

const sync = async (file: string): Promise<void> => {
  const written = await open(file, "r+");
  await written.sync().finally(() => written.close());
};

export const hashOfFile = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
};

const write = (source: Readable, through: readonly Transform[], target: string, from: number): Promise<void> => {
  const output = createWriteStream(target, { mode: 0o600, flags: from === 0 ? "w" : "r+", start: from });
  return pipeline([source, ...through, output]);
};

/** Puts a file into a backup; encrypted, it is iv ‖ ciphertext ‖ tag, bound to its path. */
export const packFile = async (
  source: string,
  path: string,
  target: string,
  key: Buffer | null,
): Promise<PackedFile> => {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (key === null) await write(createReadStream(source), [], target, 0);
  else {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(path));
    const head = await open(target, "w", 0o600);
    await head.write(iv).finally(() => head.close());
    await write(createReadStream(source), [cipher], target, ivBytes);
    const tail = await open(target, "a");
    await tail.write(cipher.getAuthTag()).finally(() => tail.close());
  }
  await sync(target);
  return { path, sha256: await hashOfFile(target), bytes: (await stat(target)).size };
};

const decrypt = async (source: string, path: string, target: string, key: Buffer): Promise<void> => {
  const { size } = await stat(source);
  const packed = await open(source);
  const iv = Buffer.alloc(ivBytes);
  const tag = Buffer.alloc(tagBytes);
  try {
    await packed.read(iv, 0, ivBytes, 0);
    await packed.read(tag, 0, tagBytes, size - tagBytes);
  } finally {
    await packed.close();
  }
  const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(path)).setAuthTag(tag);
  const end = size - tagBytes - 1;
  const stream = end < ivBytes ? null : createReadStream(source, { start: ivBytes, end });
  if (stream) return write(stream, [decipher], target, 0);
  decipher.final();
  const empty = await open(target, "w", 0o600);
  await empty.close();
};

/** Takes a file out of a backup; false where it is not as it was written. */
export const unpackFile = async (
  source: string,
  { path, sha256 }: PackedFile,
  target: string,
  key: Buffer | null,
): Promise<boolean> => {
  const hash = await hashOfFile(source).catch(() => null);
  if (hash !== sha256) return false;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (key === null) await write(createReadStream(source), [], target, 0);
  else {
    const isWhole = await decrypt(source, path, target, key).then(
      () => true,
      () => false,
    );
    if (!isWhole) return false;
  }
  await sync(target);
  return true;
};

/** What only the same content, and for an encrypted backup the same passphrase, gives. */
export const sealOf = (text: string, key: Buffer | null): string =>
  (key === null ? createHash("sha256") : createHmac("sha256", key)).update(text).digest("hex");
