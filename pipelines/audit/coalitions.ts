import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { lowestLimits } from "../../src/audit/publication.ts";
import type { Rules } from "../../src/disclosure/rules.ts";
import { chanceOf } from "../fuzz/chance.ts";
import { decidingBy } from "./decided.ts";
import { publicationOf, releaseOf } from "./organisation.ts";
import { drawn, ordinary } from "./trials.ts";

/** Organisations, and those of which two leaders who tell each other what they know can work out a third's mean. */
export interface CoalitionTrial {
  readonly organisations: number;
  readonly unsafe: readonly number[];
  readonly withCoalitions: number;
  /** Groups of at most three leaders on whom a combination rests. */
  readonly groups: number;
}

/** What the suppressor publishes by these rules, looked at for what two leaders know together. */
export const tryCoalitions = (count: number, seed: number, rules: Rules): CoalitionTrial => {
  const limits = { ...lowestLimits, respondents: rules.respondents, leaders: rules.leaders };
  const effort = { ...ordinaryEffort, explained: 0, intervalViewers: 0 };
  const found = Array.from({ length: count }, (_, k) => {
    const organisation = drawn(chanceOf(seed + 4, k), k, ordinary);
    const release = releaseOf(organisation, "r1", decidingBy(rules)(organisation, "r1", []));
    const { isSafe, counts } = audit(publicationOf(organisation, [release]), limits, effort);
    // Too many to try counts as one.
    return { isSafe, groups: counts.coalitions ?? 1 };
  });
  return {
    organisations: count,
    unsafe: found.flatMap(({ isSafe }, k) => (isSafe ? [] : [k])),
    withCoalitions: found.filter(({ groups }) => groups > 0).length,
    groups: found.reduce((sum, { groups }) => sum + groups, 0),
  };
};
