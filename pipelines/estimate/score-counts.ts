import { followUpWaves } from "../../src/estimation/design/design.ts";
import type { ScoreCounts, ScoreCountsOf } from "../../src/estimation/design/score-counts.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { readNumbers } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import { resolution } from "../../src/tables/scored.ts";
import { outcomeName } from "../summarize/columns.ts";

const none = new Float64Array();

/** Reads the histograms of the primary outcomes of employees at the follow-up waves. */
export const readScoreCounts = async (vault: Vault, study: Study): Promise<ScoreCountsOf> => {
  const found = new Map<string, ScoreCounts>();
  const nameOf = (outcome: Study["plan"]["primary"][number], wave: number): string => `${wave} ${outcomeName(outcome)}`;
  for (const outcome of study.plan.primary) {
    const { scale, rater } = outcome;
    if (rater !== "employee") continue;
    for (const place of followUpWaves(study)) {
      const bound = { scale, rater, wave: study.waves[place]?.id ?? "", resolution };
      const read = await readNumbers(vault, "pipelines/estimate/score-histograms.sql", bound);
      const { leader = none, score = none, n = none } = read;
      if (n.length > 0) found.set(nameOf(outcome, place), { leader: Int32Array.from(leader), score, n });
    }
  }
  return (outcome, wave) => found.get(nameOf(outcome, wave)) ?? null;
};
