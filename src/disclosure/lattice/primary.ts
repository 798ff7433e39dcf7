import type { Rules } from "../rules.ts";
import type { Support } from "./atoms.ts";

/**
 * Whether a mean of several teams may be shown at all: enough respondents, enough leaders, no leader who is nearly all of
 * it, and enough respondents beside the largest team, whose leader can take the own team out.
 */
export const passesPrimary = ({ n, leaders, largest }: Support, rules: Rules): boolean =>
  n >= rules.respondents &&
  leaders >= rules.leaders &&
  largest <= rules.dominance * n &&
  n - largest >= rules.respondents;
