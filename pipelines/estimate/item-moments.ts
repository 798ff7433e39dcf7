import type { ItemMoments } from "../../src/estimation/measurement/item-moments.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { itemScales } from "../../src/study/items.ts";
import type { Rater, Study } from "../../src/study/study.ts";
import { itemMoments, resolution } from "../../src/tables/scored.ts";

/** Moments of the answers to items, in the raw unit of the answers from the middle of their range. */
export const readItemMoments = async (vault: Vault, study: Study): Promise<readonly ItemMoments[]> => {
  const units = new Map(itemScales(study.instrument).map(({ id, low, high }) => [id, (high - low) / resolution]));
  const rows = await read(vault, itemMoments, "pipelines/estimate/item-moments.sql");
  return rows.flatMap(({ scale, wave, rater, arm, answered, n, sums, products }) => {
    const unit = units.get(scale);
    if (unit === undefined) return [];
    return {
      scale,
      wave,
      rater: rater as Rater,
      arm,
      answered: answered.map((one) => one === 1),
      n,
      sums: sums.map((sum) => sum * unit),
      products: products.map((product) => product * unit * unit),
    };
  });
};
