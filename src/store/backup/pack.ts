import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type Hash,
  randomBytes,
  scryptSync,
} from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Refusal } from "../../errors.ts";
import { hashOfFile } from "../file-hash.ts";
import { isInside } from "../inside.ts";

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

/** What a packed file was packed from, into a sink. Rejects where it is not as it was packed. */
const unpackInto = async (source: string, path: string, key: Buffer | null, sink: Writable): Promise<void> => {
  if (key === null) return pipeline(createReadStream(source), sink);
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
  const body = end < ivBytes ? Readable.from([]) : createReadStream(source, { start: ivBytes, end });
  return pipeline(body, decipher, sink);
};

const hashOfPacked = async (source: string, path: string, key: Buffer | null): Promise<string> => {
  const hash = createHash("sha256");
  await unpackInto(source, path, key, hash);
  return (hash.read() as Buffer).toString("hex");
};

/** Passes on what comes, and takes its hash: files that are packed may grow meanwhile. */
const hashed = (hash: Hash): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });

const write = async (source: string, path: string, target: string, key: Buffer | null): Promise<string> => {
  const content = createHash("sha256");
  const stream = createReadStream(source);
  const mode = 0o600;
  if (key === null) await pipeline(stream, hashed(content), createWriteStream(target, { mode }));
  else {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(path));
    const head = await open(target, "w", mode);
    await head.write(iv).finally(() => head.close());
    const body = createWriteStream(target, { flags: "r+", start: ivBytes });
    await pipeline(stream, hashed(content), cipher, body);
    const tail = await open(target, "a");
    await tail.write(cipher.getAuthTag()).finally(() => tail.close());
  }
  await sync(target);
  return content.digest("hex");
};

/**
 * Puts a file into a backup, at a path in it; encrypted, it is iv ‖ ciphertext ‖ tag, bound to its path. Refuses a path
 * that leads out of the backup, and what cannot be read back as it was.
 */
export const packFile = async (
  source: string,
  path: string,
  backup: string,
  key: Buffer | null,
): Promise<PackedFile> => {
  if (!isInside(path, backup)) throw new Refusal({ code: "file-outside", place: { file: path } });
  const target = join(backup, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const content = await write(source, path, target, key);
  if ((await hashOfPacked(target, path, key)) !== content)
    throw new Refusal({ code: "backup-damaged", place: { file: target } });
  return { path, sha256: (await hashOfFile(target))!, bytes: (await stat(target)).size };
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
  const isWhole = await unpackInto(source, path, key, createWriteStream(target, { mode: 0o600 })).then(
    () => true,
    (fault: unknown) => {
      if (key === null) throw fault;
      return false;
    },
  );
  if (isWhole) await sync(target);
  return isWhole;
};

/** What only the same content, and for an encrypted backup the same passphrase, gives. */
export const sealOf = (text: string, key: Buffer | null): string =>
  (key === null ? createHash("sha256") : createHmac("sha256", key)).update(text).digest("hex");
