import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { erasedFile, readErasures } from "../../src/store/persons/erased.ts";
import { subjectOfId } from "../../src/store/persons/pseudonym.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import { keyFor } from "../ingest/store-state.ts";
import { sayOf } from "../terminal/person-words.ts";
import { erasedText, foundText } from "../terminal/persons.ts";
import { problemJson, type Terminal } from "../terminal/terminal.ts";
import { type ConfirmOptions, confirm } from "./confirm.ts";
import { type Erased, eraseForGood, findPerson, isNowhere } from "./erasure.ts";
import { logged } from "./logged.ts";

const countsOf = ({ texts, kept, vault, scan }: Erased) => ({
  texts,
  keptRecords: kept.reduce((sum, { records }) => sum + records, 0),
  rows: vault.reduce((sum, { rows }) => sum + rows, 0),
  scannedFiles: scan.files,
  scannedBytes: scan.bytes,
});

/** `spejl erase`: takes a respondent out of everything that a study keeps, for good. */
export const erase = async (
  id: string,
  folder: string,
  { yes, dryRun }: ConfirmOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const study = await readStudy(folder);
  const erasures = await readErasures(folder);
  const key = await onVault(folder, (vault) => keyFor(vault, folder, erasures));
  const found = await findPerson(study, id, key);
  if (isNowhere(found)) throw new Refusal({ code: "person-absent", place: { file: join(folder, ".spejl") } });
  if (!terminal.json) terminal.say(foundText(found, language));
  const command = "spejl erase ID";
  const goes = !dryRun && (await confirm(sayOf("confirmErase", language), command, yes, terminal));
  if (!goes)
    return terminal.json ? terminal.print({ ...found, erased: null }) : terminal.say(sayOf("nothing", language));
  const about = [subjectOfId(key, id)];
  const erased = await logged(
    folder,
    { command: "erase", about },
    () => eraseForGood(study, id, key, terminal),
    countsOf,
  );
  if (!terminal.json) return terminal.say(erasedText(found, erased, erasedFile(folder), language));
  const problems = erased.problems.map((problem) => problemJson(problem, language));
  terminal.print({ ...found, erased: { ...erased, problems } });
};
