import { retire } from "../../src/store/persons/retired.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { onVault } from "../../src/store/vault/with-vault.ts";
import { sayOf } from "../terminal/person-words.ts";
import { overdueText } from "../terminal/persons.ts";
import { problemJson, type Terminal } from "../terminal/terminal.ts";
import { today } from "../today.ts";
import { type ConfirmOptions, confirm } from "./confirm.ts";
import { eraseOverdueTexts, noteLeftWriters } from "./leader-texts.ts";
import { logged } from "./logged.ts";
import { overdue } from "./retention.ts";

/** `spejl erase --overdue`: deletes what the study file says is kept no longer. */
export const eraseOverdue = async (
  folder: string,
  { yes, dryRun }: ConfirmOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const study = await readStudy(folder);
  if (!dryRun) await noteLeftWriters(folder, today());
  const found = await overdue(study, today());
  if (!terminal.json)
    terminal.say(found.length === 0 ? sayOf("nothingOverdue", language) : overdueText(found, language));
  const goes =
    found.length > 0 &&
    !dryRun &&
    (await confirm(sayOf("confirmOverdue", language), "spejl erase --overdue", yes, terminal));
  if (goes) {
    const classes = found.map(({ what }) => what);
    const stored = classes.filter((what) => what !== "texts");
    const ended = Object.fromEntries(stored.map((what) => [what, today()]));
    await logged(folder, { command: "erase --overdue", objects: { classes } }, async () => {
      if (classes.includes("texts")) await eraseOverdueTexts(folder, today());
      if (stored.length > 0) await onVault(folder, () => retire(folder, ended));
    });
  }
  if (!terminal.json) return terminal.say(sayOf(goes ? "erased" : "nothing", language));
  terminal.print({ overdue: found.map((problem) => problemJson(problem, language)), deleted: goes });
};
