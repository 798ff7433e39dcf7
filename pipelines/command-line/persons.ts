import { type Command, CommanderError, InvalidArgumentError } from "commander";
import type { LogHead } from "../../src/store/log/chain.ts";
import type { AuditOptions } from "../persons/audit.ts";
import type { BackupOptions } from "../persons/backup.ts";
import type { ConfirmOptions } from "../persons/confirm.ts";
import type { PruneOptions } from "../persons/prune.ts";
import type { RestoreOptions } from "../persons/restore.ts";
import { day } from "../terminal/usage.ts";
import { type Add, adder, terminalOf } from "./program.ts";

type EraseOptions = ConfirmOptions & { readonly overdue: boolean };

const logHead = (text: string): LogHead => {
  const [, entries, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (entries === undefined || hash === undefined) throw new InvalidArgumentError("N:HASH is expected");
  return { entries: Number(entries), hash };
};

export const personCommands = (command: Add): void => {
  const auditing = command(
    "audit [study]",
    "prove that the log is as it was written, and show what is kept about one person",
    "spejl audit my-study --about anna@example.org",
  )
    .option("--about <respondent>", "entries about one person, and everything that holds something about them")
    .option("--disclosure", "whether what was published can be worked back to a person or a leader's result", false)
    .option("--anchor <n:hash>", "an entry that was noted elsewhere: the log must still hold it", logHead)
    .option("--access-anchor <n:hash>", "the same of the server's log of who read what", logHead)
    .action(async (study: string | undefined, options: object) => {
      const { disclosure } = options as { readonly disclosure: boolean };
      if (disclosure) {
        const { sayDisclosure } = await import("../audit/disclosure.ts");
        return sayDisclosure(study ?? ".", terminalOf(options));
      }
      const { audit } = await import("../persons/audit.ts");
      await audit(study ?? ".", options as AuditOptions, terminalOf(options));
    });
  const audits = adder(auditing);
  audits(
    "exposure [study]",
    "when each leader first read the own report at the server, as CSV (leader;wave;first_read)",
    "spejl audit exposure my-study > exposure.csv",
  ).action(async (study: string | undefined, _: object, own: Command) => {
    const { exposure } = await import("../persons/exposure.ts");
    await exposure(study ?? ".", terminalOf(own.optsWithGlobals()));
  });
  audits(
    "prune [study]",
    "take the oldest entries out of the stopped server's access log; its chain still proves the rest",
    "spejl audit prune --before 2026-01-01 my-study",
  )
    .requiredOption("--before <day>", "entries before this day (UTC) go", day)
    .option("--yes", "without asking", false)
    .option("--dry-run", "show how many there are and change nothing", false)
    .action(async (study: string | undefined, _: object, own: Command) => {
      const { prune } = await import("../persons/prune.ts");
      // What both have, such as --json, is read by the command above.
      const options = own.optsWithGlobals();
      await prune(study ?? ".", options as PruneOptions, terminalOf(options));
    });

  command(
    "erase [respondent] [study]",
    "take a respondent out of everything that the study keeps, for good; a delivery does not bring them back",
    "spejl erase anna@example.org my-study --dry-run\n  spejl erase --overdue my-study",
  )
    .option("--overdue", "instead: delete what the study file's `retention` says is kept no longer", false)
    .option("--yes", "erase without asking", false)
    .option("--dry-run", "show what holds the person and change nothing", false)
    .action(async (respondent: string | undefined, study: string | undefined, options: EraseOptions) => {
      if (options.overdue) {
        const { eraseOverdue } = await import("../persons/erase-overdue.ts");
        return eraseOverdue(respondent ?? ".", options, terminalOf(options));
      }
      if (respondent === undefined)
        throw new CommanderError(2, "erase", "error: missing required argument 'respondent'");
      const { erase } = await import("../persons/erase.ts");
      return erase(respondent, study ?? ".", options, terminalOf(options));
    });

  command(
    "backup <folder> [study]",
    "copy everything that the study keeps into a new folder, with the hash of each file",
    "spejl backup /media/usb/my-study-2026-03-01 my-study --passphrase-file secret.txt",
  )
    .option("--with-key", "with the key of the pseudonyms; without it, keep .spejl/pseudonym.key elsewhere", false)
    .option("--passphrase-file <file>", "encrypt (AES-256-GCM) with the passphrase that the file holds")
    .action(async (folder: string, study: string | undefined, options: object) => {
      const { backup } = await import("../persons/backup.ts");
      await backup(folder, study ?? ".", options as BackupOptions, terminalOf(options));
    });

  command(
    "restore <backup> [study]",
    "bring a study back from a backup that has proved whole; who was erased since stays erased",
    "spejl restore /media/usb/my-study-2026-03-01 my-study --key pseudonym.key",
  )
    .option("--key <file>", "the key of the pseudonyms (default: the backup's, else the study's)")
    .option("--passphrase-file <file>", "the passphrase of an encrypted backup")
    .option("--yes", "replace what lies in the study's store without asking", false)
    .action(async (folder: string, study: string | undefined, options: object) => {
      const { restore } = await import("../persons/restore.ts");
      await restore(folder, study ?? ".", options as RestoreOptions, terminalOf(options));
    });
};
