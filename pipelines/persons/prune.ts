import { entriesBefore, pruneAccess } from "../../src/server/state/access-pruning.ts";
import { stateFolder } from "../../src/server/state/secret.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { sayOf } from "../terminal/person-words.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { type ConfirmOptions, confirm } from "./confirm.ts";
import { logged } from "./logged.ts";
import { withoutServer } from "./server-state.ts";

export interface PruneOptions extends ConfirmOptions {
  /** ISO, UTC. */
  readonly before: string;
}

/** `spejl audit prune`: the server's access log without its oldest entries; its chain goes on from the last of them. */
export const prune = async (
  folder: string,
  { before, yes, dryRun }: PruneOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  await readStudy(folder);
  const state = stateFolder(folder);
  const found = (await entriesBefore(state, before)) ?? 0;
  if (!terminal.json)
    terminal.say(`${found} ${sayOf("entriesBefore", language)} ${before}. ${sayOf("exposureFirst", language)}`);
  const goes =
    found > 0 && !dryRun && (await confirm(sayOf("confirmPrune", language), "spejl audit prune", yes, terminal));
  const pruned = goes
    ? await withoutServer(folder, () =>
        logged(
          folder,
          { command: "audit prune", objects: { before } },
          () => pruneAccess(state, before, Date.now),
          (head) => ({ entries: head?.entries ?? 0 }),
        ),
      )
    : null;
  if (terminal.json) return terminal.print({ before, entries: found, pruned });
  terminal.say(
    pruned === null ? sayOf("nothing", language) : `${sayOf("prunedTo", language)} ${pruned.entries}:${pruned.hash}`,
  );
};
