import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBackup } from "../../src/store/backup/manifest.ts";
import { recoverStore } from "../../src/store/former-store.ts";
import { appendLog } from "../../src/store/log/log.ts";
import { refuseRoot } from "../../src/store/own-store.ts";
import { sayOf } from "../terminal/person-words.ts";
import { restoredText } from "../terminal/restored.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { passphraseOf } from "./backup.ts";
import { confirm } from "./confirm.ts";
import { logged } from "./logged.ts";
import { bringBack, type Restored } from "./restored.ts";
import { withoutServer } from "./server-state.ts";

export interface RestoreOptions {
  readonly yes: boolean;
  readonly key?: string;
  readonly passphraseFile?: string;
}

/** `spejl restore`: a study as it was backed up; who has been erased since stays erased. */
export const restore = async (
  backup: string,
  folder: string,
  { yes, key, passphraseFile }: RestoreOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const opened = await openBackup(backup, await passphraseOf(passphraseFile));
  await refuseRoot(folder);
  await recoverStore(folder);
  const isThere = existsSync(join(folder, ".spejl"));
  const question = sayOf("confirmRestore", language);
  if (isThere && !(await confirm(question, `spejl restore ${backup}`, yes, terminal)))
    return terminal.say(sayOf("nothing", language));
  await mkdir(folder, { recursive: true });
  const objects = { backup: opened.manifest.made };
  const outcome = ({ files, erased, again }: Restored) => ({
    ...objects,
    files,
    erased,
    again: again.vault.reduce((sum, { rows }) => sum + rows, 0),
  });
  const act = { command: "restore", objects };
  const restored = await withoutServer(folder, () =>
    logged(folder, act, () => bringBack(backup, opened, folder, key), outcome),
  );
  if (!isThere) await appendLog(folder, { ...act, result: "done", about: [], objects: outcome(restored) });
  if (terminal.json) return terminal.print(restored);
  terminal.say(restoredText(restored, language));
};
