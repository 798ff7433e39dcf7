import { Refusal } from "../../src/errors.ts";
import { asking } from "../import/ask.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface ConfirmOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

/** Asks the person at the terminal; refuses where there is none and no `--yes`. */
export const confirm = async (
  question: string,
  command: string,
  yes: boolean,
  terminal: Terminal,
): Promise<boolean> => {
  if (yes) return true;
  if (process.stdin.isTTY !== true || terminal.json) throw new Refusal({ code: "unconfirmed", command });
  return asking(async (ask) => /^(j|ja|y|yes)$/i.test((await ask(question)).trim()));
};
