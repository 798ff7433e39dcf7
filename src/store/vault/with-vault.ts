import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Problem, Refusal } from "../../errors.ts";
import { messageOf, openVault, problemOf, type Vault, vaultFile } from "./open.ts";

/** What DuckDB says of a file that is not as it wrote it, and of tables that are not there though a stage made them. */
const sayings =
  /not a valid DuckDB database|Corrupt|checksum|Could not read enough bytes|\bWAL\b|version number|^Serialization Error|^INTERNAL Error|^FATAL Error|^Catalog Error/i;

/** Whether a fault tells of a damaged database: a held lock, a full disk or a lack of permission does not. */
export const isDamage = (fault: unknown): boolean =>
  !(fault instanceof Refusal) && problemOf(messageOf(fault)) === null && sayings.test(messageOf(fault));

/** Reads every row of every table: DuckDB holds each block against its checksum as it is read. */
const readThrough = async ({ connection }: Vault): Promise<void> => {
  const tables = await connection.runAndReadAll("SELECT table_name FROM duckdb_tables() WHERE NOT temporary");
  const scans = tables
    .getRowsJS()
    .map(([name]) => `SELECT bit_xor(hash(whole)) FROM "${String(name).replaceAll('"', '""')}" AS whole`);
  if (scans.length > 0) await connection.run(scans.join(" UNION ALL "));
};

const attempt = async <T>(studyFolder: string, work: (vault: Vault) => Promise<T>): Promise<T> => {
  using vault = await openVault(studyFolder);
  // A run that was killed leaves them, with answers in them.
  for (const name of ["incoming", "temp"])
    await rm(join(studyFolder, ".spejl", name), { recursive: true, force: true });
  await readThrough(vault);
  return await work(vault);
};

const asideOf = (studyFolder: string): string => `${vaultFile(studyFolder)}.damaged`;

const orProblem = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    const problem = fault instanceof Refusal ? null : problemOf(messageOf(fault));
    throw problem === null ? fault : new Refusal(problem);
  }
};

const renewed = async <T>(
  studyFolder: string,
  work: (vault: Vault) => Promise<T>,
  repaired: (problem: Problem) => void,
): Promise<T> => {
  try {
    return await attempt(studyFolder, work);
  } catch (fault) {
    if (!isDamage(fault)) throw fault;
  }
  const file = vaultFile(studyFolder);
  repaired({ code: "vault-damaged", place: { file } });
  await rm(`${file}.wal`, { force: true });
  await rename(file, asideOf(studyFolder));
  return attempt(studyFolder, work);
};

/**
 * Runs work on a study's vault. Everything in it can be made from the deliveries: where it turns out to be damaged, it is
 * set aside, the work is done once more on a new one, and when that is done it is gone. `repaired` is told first.
 */
export const withVault = <T>(
  studyFolder: string,
  work: (vault: Vault) => Promise<T>,
  repaired: (problem: Problem) => void,
): Promise<T> =>
  orProblem(async () => {
    const result = await renewed(studyFolder, work, repaired);
    await rm(asideOf(studyFolder), { force: true });
    return result;
  });

/** Runs work on a study's vault that cannot be done on another: where it is damaged, that is said and nothing is done. */
export const onVault = async <T>(studyFolder: string, work: (vault: Vault) => Promise<T>): Promise<T> => {
  try {
    using vault = await openVault(studyFolder);
    return await work(vault);
  } catch (fault) {
    throw isDamage(fault) ? new Refusal({ code: "vault-damaged", place: { file: vaultFile(studyFolder) } }) : fault;
  }
};
