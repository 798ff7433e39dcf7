import { type Invariance, invariance } from "../../src/estimation/measurement/invariance.ts";
import { answering } from "../../src/estimation/measurement/invariance-groups.ts";
import type { LeaderItems } from "../../src/estimation/measurement/leader-items.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { readNumbers } from "../../src/store/vault/read.ts";
import { type ItemScale, itemScales } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import { resolution } from "../../src/tables/scored.ts";
import { readItemMoments } from "./item-moments.ts";

const none = new Float64Array();

/** Answers to one scale by leader, in the raw unit of the answers from the middle of their range. */
const readLeaderItems = async (vault: Vault, study: Study, scale: ItemScale): Promise<LeaderItems> => {
  const read = await readNumbers(vault, "pipelines/estimate/leader-items.sql", {
    scale: scale.id,
    waves: study.waves.map(({ id }) => id),
    raters: [...answering],
    arms: study.arms.map(({ id }) => id),
  });
  const unit = (scale.high - scale.low) / resolution;
  const { leader = none, answered = none, n = none, sums = none, products = none } = read;
  const places = (name: string): Int32Array => Int32Array.from(read[name] ?? none);
  return {
    items: scale.items.length,
    leader: Int32Array.from(leader),
    wave: places("wave"),
    rater: places("rater"),
    arm: places("arm"),
    answered: Uint8Array.from(answered),
    n,
    sums: sums.map((sum) => sum * unit),
    products: products.map((product) => product * unit * unit),
  };
};

/** Measurement invariance of every scale of items, one after the other: the leaders of one are read at a time. */
export const measureInvariance = async (vault: Vault, study: Study): Promise<readonly Invariance[]> => {
  const moments = await readItemMoments(vault, study);
  const found: Invariance[] = [];
  for (const scale of itemScales(study.instrument))
    found.push(...invariance(study, scale, moments, await readLeaderItems(vault, study, scale)));
  return found;
};
