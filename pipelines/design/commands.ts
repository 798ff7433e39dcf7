import { planLockPlace } from "../../src/store/plan-lock-file.ts";
import { readStudy } from "../../src/store/study-files.ts";
import type { Terminal } from "../terminal.ts";
import { lockPlan, showPlan } from "./plan.ts";
import { planText } from "./plan-text.ts";

/** Freezes the analysis plan, or shows it. */
export const plan = async (action: "lock" | "show", folder: string, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const state = action === "lock" ? await lockPlan(study) : await showPlan(study);
  if (terminal.json) return terminal.print(state);
  terminal.say(planText(state, terminal.language));
  if (action === "lock") terminal.say(`  ${planLockPlace(folder).file}`);
};
