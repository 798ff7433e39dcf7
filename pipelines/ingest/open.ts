import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { type CopiedFile, copyFile } from "../../src/store/deliveries/copy.ts";
import type { DeliveredFile } from "../../src/store/deliveries/delivered-table.ts";
import { openDelivered } from "../../src/store/deliveries/open.ts";
import { pathOf } from "../../src/store/inside.ts";
import type { ReadingOptions, Study } from "../../src/study/study.ts";
import type { Progress } from "../stage.ts";
import { deliveryColumns, type MappedDelivery, missedScales } from "./columns.ts";

/** The files that a study names, copied: what is read and hashed is the copy. */
export interface Copies {
  readonly files: ReadonlyMap<string, CopiedFile>;
  /** Why others could not be. */
  readonly problems: readonly Problem[];
}

/** Problems of many things that were tried, and what came of those without one. */
export const collecting = () => {
  const problems: Problem[] = [];
  const attempt = async <T>(work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      problems.push(...fault.problems);
      return null;
    }
  };
  const distinct = (): readonly Problem[] => [
    ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
  ];
  return { attempt, problems: distinct };
};

const namesOf = ({ roster, deliveries }: Study): readonly string[] => [
  ...new Set([...(roster ? [roster] : []), ...deliveries].flatMap(({ file, reading }) => [file, ...reading.codebook])),
];

/** Copies every file of the study once, however often it is listed. */
export const copyFiles = async (study: Study, folder: string, progress: Progress): Promise<Copies> => {
  const names = namesOf(study);
  const copies = new Map<string, CopiedFile>();
  const { attempt, problems } = collecting();
  for (const [index, name] of names.entries()) {
    progress(name, index / names.length);
    const copy = await attempt(async () =>
      copyFile(name, await pathOf(name, study.folder, study.outside), join(folder, `copy-${index}`)),
    );
    if (copy) copies.set(name, copy);
  }
  return { files: copies, problems: problems() };
};

/** Opens a copied file as its listing says. */
export const openCopy = (
  study: Study,
  copies: Copies,
  file: string,
  reading: ReadingOptions,
): Promise<CopiedFile & DeliveredFile> =>
  openDelivered(
    copies.files.get(file) as CopiedFile,
    reading,
    reading.codebook.map((name) => copies.files.get(name) as CopiedFile),
    study.language,
  );

/** Opens every delivery and finds its columns. Refuses everything that does not fit, all at once. */
export const openDeliveries = async (study: Study, copies: Copies): Promise<readonly MappedDelivery[]> => {
  const { attempt, problems } = collecting();
  const mapped: MappedDelivery[] = [];
  const isThere = (file: string): boolean => copies.files.has(file);
  for (const delivery of study.deliveries) {
    if (![delivery.file, ...delivery.reading.codebook].every(isThere)) continue;
    const found = await attempt(async () => {
      const file = await openCopy(study, copies, delivery.file, delivery.reading);
      return { delivery, file, columns: deliveryColumns(study, delivery, file) };
    });
    if (found) mapped.push(found);
  }
  const complete = mapped.length === study.deliveries.length;
  const faults = [...problems(), ...(complete ? [...missedScales(study, mapped)] : [])];
  if (faults.length > 0) throw new Refusal(...faults);
  return mapped;
};
