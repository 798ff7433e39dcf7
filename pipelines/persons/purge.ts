import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { removeLeftByRestore } from "../../src/store/former-store.ts";
import { type Erasure, isErasedId, isErasedPseudonym } from "../../src/store/persons/erased.ts";
import { type KeptTrace, purgeKept } from "../../src/store/persons/kept-files.ts";
import { write } from "../../src/store/vault/build.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { transaction } from "../../src/store/vault/query.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import { keepOnly, removeListed, renewVault, tableNames } from "../../src/store/vault/rebuild.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import type { Study } from "../../src/study/study.ts";
import {
  formerStages,
  personRows,
  respondents,
  responseWidth,
  stagedDeliveries,
  stagedQuarantine,
  stagedRows,
  stages,
} from "../../src/tables/staged.ts";
import type { Row } from "../../src/tables/table.ts";

/** Where the vault holds a person. */
export type VaultTrace = Omit<Row<typeof personRows>, "part">;

/** Of whatever columns: the study file may have changed since they were staged. */
const holdsRows = async (vault: Vault): Promise<boolean> => (await tableNames(vault)).includes("staged_rows");

/** Where the vault holds rows of these respondents. */
export const vaultTraces = async (vault: Vault, pseudonyms: readonly string[]): Promise<readonly VaultTrace[]> => {
  if (pseudonyms.length === 0 || !(await holdsRows(vault))) return [];
  const rows = await read(vault, personRows, "pipelines/persons/person-rows.sql", { respondents: pseudonyms });
  return rows.map(({ wave, rater, rows }) => ({ wave, rater, rows }));
};

const erasedIn = async (vault: Vault, key: string, erasures: readonly Erasure[]): Promise<readonly string[]> => {
  if (!(await holdsRows(vault))) return [];
  const isErased = isErasedPseudonym(key, erasures);
  const all = await read(vault, respondents, "pipelines/persons/respondents.sql");
  return all.map(({ respondent }) => respondent).filter(isErased);
};

/**
 * Takes erased persons out of the vault, and everything that was made with them: the stages make it anew. The file is a
 * new one afterwards, so the vault has to be opened again.
 */
const purgeVault = async (
  vault: Vault,
  study: Study,
  key: string,
  erasures: readonly Erasure[],
): Promise<readonly VaultTrace[]> => {
  const found = await erasedIn(vault, key, erasures);
  const traces = await vaultTraces(vault, found);
  const rows = stagedRows(responseWidth(study));
  const made = await stagesMade(vault);
  await transaction(vault, async () => {
    await keepOnly(vault, [rows, stagedDeliveries, stagedQuarantine]);
    await write(
      vault,
      formerStages,
      made.map((stage) => ({ stage })),
    );
    if (found.length > 0) await removeListed(vault, rows, "respondent", found);
  });
  await renewVault(vault, study.folder);
  return traces;
};

/** Stages whose results the vault holds, or held before somebody was taken out of it. */
export const stagesMade = async (vault: Vault): Promise<readonly string[]> => {
  const run = (await exists(vault, stages)) ? await read(vault, stages, "pipelines/persons/stages-run.sql") : [];
  const former = (await exists(vault, formerStages))
    ? await read(vault, formerStages, "pipelines/persons/former-stages.sql")
    : [];
  return [...new Set([...run, ...former].map(({ stage }) => stage))];
};

/** What was taken out of a store. */
export interface Purged {
  readonly kept: readonly KeptTrace[];
  readonly vault: readonly VaultTrace[];
}

const passing = /^(incoming|temp)$|\.partial$|^vault\.next|^vault\.duckdb\.damaged$/;

/** Removes what commands that did not end have left, and a vault that was set aside: all of it holds answers. */
const sweep = async (studyFolder: string): Promise<void> => {
  const folder = join(studyFolder, ".spejl");
  const names = await readdir(folder);
  await Promise.all(
    names.filter((name) => passing.test(name)).map((name) => rm(join(folder, name), { recursive: true, force: true })),
  );
  await removeLeftByRestore(studyFolder);
};

/** Takes everybody on the list of erased persons out of the store of a study, as far as it holds them. */
export const purge = async (study: Study, key: string, erasures: readonly Erasure[]): Promise<Purged> =>
  onVault(study.folder, async (vault) => {
    await sweep(study.folder);
    const kept = await purgeKept(study.folder, isErasedId(key, erasures), study.language);
    return { kept, vault: await purgeVault(vault, study, key, erasures) };
  });

/** Whether the vault holds anybody on the list of erased persons. */
export const holdsErased = (studyFolder: string, key: string, erasures: readonly Erasure[]): Promise<boolean> =>
  onVault(studyFolder, async (vault) => (await erasedIn(vault, key, erasures)).length > 0);
