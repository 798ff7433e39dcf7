import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { sourceFile } from "../../src/store/deliveries/copy.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { type KeptTrace, keptTraces } from "../../src/store/persons/kept-files.ts";
import { linesOf } from "../../src/store/persons/person-records.ts";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { tidyText } from "../../src/study/fold.ts";
import type { Delivery, Study } from "../../src/study/study.ts";
import { deliveryColumns } from "../ingest/columns.ts";
import { byTable, identitiesOf, type OpenedDelivery } from "../ingest/identities.ts";
import { type VaultTrace, vaultTraces } from "./purge.ts";

/** A delivery of the study's own folder that holds a person; lines are null where it cannot be read. */
export interface OwnFile {
  readonly file: string;
  readonly lines: readonly number[] | null;
}

/** Everything of a study that holds something about one person. */
export interface Located {
  readonly own: readonly OwnFile[];
  readonly kept: readonly KeptTrace[];
  readonly vault: readonly VaultTrace[];
}

const openOwn = async (study: Study, delivery: Delivery): Promise<OpenedDelivery> => {
  const { file, reading } = delivery;
  const source = await sourceFile(file, join(study.folder, file));
  const books = await Promise.all(reading.codebook.map((name) => sourceFile(name, join(study.folder, name))));
  const opened = await openDelivered(source, reading, books, study.language);
  return { delivery, file: opened, columns: deliveryColumns(study, delivery, opened) };
};

const linesIn = async (study: Study, deliveries: readonly Delivery[], id: string): Promise<readonly number[]> => {
  const opened = await Promise.all(deliveries.map((delivery) => openOwn(study, delivery)));
  const lines = new Set<number>();
  for (const read of byTable(opened))
    for (const line of await linesOf(read[0]!.file, identitiesOf(read), (one) => one === id)) lines.add(line);
  return [...lines].sort((a, b) => a - b);
};

const orNull = <T>(work: Promise<T>): Promise<T | null> =>
  work.catch((fault: unknown) => {
    if (fault instanceof Refusal) return null;
    throw fault;
  });

const ownFiles = async (study: Study, id: string): Promise<readonly OwnFile[]> => {
  const found: OwnFile[] = [];
  for (const file of new Set(study.deliveries.map(({ file }) => file))) {
    const deliveries = study.deliveries.filter((one) => one.file === file);
    const lines = await orNull(linesIn(study, deliveries, id));
    if (lines === null || lines.length > 0) found.push({ file, lines });
  }
  return found;
};

/** Where a study holds somebody, by an id as it stands in the deliveries; without a key nobody is in the vault. */
export const locate = async (study: Study, vault: Vault, id: string, key: string | null): Promise<Located> => {
  const tidy = tidyText(id);
  return {
    own: await ownFiles(study, tidy),
    kept: await keptTraces(study.folder, (one) => one === tidy, study.language),
    vault: key === null ? [] : await vaultTraces(vault, [pseudonymMaker(key).ofText(tidy)]),
  };
};
