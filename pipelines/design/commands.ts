import { join } from "node:path";
import { planLockPlace } from "../../src/store/plan-lock-file.ts";
import { readStudy } from "../../src/store/study-files.ts";
import type { Terminal } from "../terminal.ts";
import { assignmentTable, verifiedText } from "./assignment-text.ts";
import { lockPlan, showPlan } from "./plan.ts";
import { planText } from "./plan-text.ts";
import { randomise as drawAssignment, recordFile, verifyAssignment } from "./randomise.ts";

/** On Ctrl-C what is being written is written whole, and then the command ends. */
const finishingFirst = async <T>(work: () => Promise<T>): Promise<T> => {
  let interrupted = false;
  const note = (): void => {
    interrupted = true;
  };
  process.on("SIGINT", note);
  try {
    return await work();
  } finally {
    process.off("SIGINT", note);
    if (interrupted) process.exit(130);
  }
};

/** Freezes the analysis plan, or shows it. */
export const plan = async (action: "lock" | "show", folder: string, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const state = action === "lock" ? await finishingFirst(() => lockPlan(study)) : await showPlan(study);
  if (terminal.json) return terminal.print(state);
  terminal.say(planText(state, terminal.language));
  if (action === "lock") terminal.say(`  ${planLockPlace(folder).file}`);
};

export interface RandomiseOptions {
  readonly out?: string;
  readonly by?: string;
  readonly block?: string;
  readonly seed?: number;
  readonly verify: boolean;
}

/** Draws the arms, or shows that they are as they were drawn. */
export const randomise = async (folder: string, options: RandomiseOptions, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const out = options.out ?? join(folder, "assignment.csv");
  const drawing = {
    by: options.by ?? null,
    within: options.block === undefined ? null : options.block.split(",").map((name) => name.trim()),
    seed: options.seed ?? study.seed,
    out,
  };
  const record = options.verify
    ? await verifyAssignment(study)
    : await finishingFirst(() => drawAssignment(study, drawing));
  if (terminal.json) return terminal.print(options.verify ? { verified: true, ...record } : record);
  terminal.say(assignmentTable(record, terminal.language));
  if (options.verify) return terminal.say(`\n${verifiedText(terminal.language)}`);
  terminal.say(`\n  ${out}\n  ${recordFile(folder)}`);
};
