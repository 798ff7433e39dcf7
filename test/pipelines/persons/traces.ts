import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** The vault's pseudonym of an id, made apart from the code. */
export const pseudonymOf = (folder: string, id: string): string => {
  const key = readFileSync(join(folder, ".spejl", "pseudonym.key"), "utf8");
  return createHash("sha256").update(`${key}\x1f${id}`).digest("base64url").slice(0, 24);
};

/** The vault's tables in a file without compression: only there does a search of bytes find every text. */
const plainVault = async (folder: string): Promise<Buffer> => {
  const target = join(folder, "plain.duckdb");
  const instance = await DuckDBInstance.create(join(folder, ".spejl", "vault.duckdb"), { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  await connection.run("SET force_compression = 'uncompressed'");
  await connection.run(`ATTACH '${target}' AS plain (READ_WRITE); COPY FROM DATABASE vault TO plain; DETACH plain`);
  connection.closeSync();
  instance.closeSync();
  const bytes = readFileSync(target);
  rmSync(target);
  return bytes;
};

/** Files of a study's store that hold any of these texts, the vault also without compression. */
export const tracesOf = async (folder: string, ...texts: readonly string[]): Promise<readonly string[]> => {
  const store = join(folder, ".spejl");
  const held = (bytes: Buffer): boolean =>
    texts.some((text) => bytes.includes(text) || bytes.includes(text, 0, "utf16le"));
  const found = filesBelow(store).filter((file) => held(readFileSync(file)));
  return held(await plainVault(folder)) ? [...found, "plain vault"] : found;
};
