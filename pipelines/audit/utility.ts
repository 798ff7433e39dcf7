import { decide } from "../../src/disclosure/lattice/decide.ts";
import { type Suppressed, suppressedIn } from "../../src/disclosure/lattice/decided.ts";
import { chanceOf } from "../fuzz/chance.ts";
import { atomsOf, ordinaryRules, scalesOf } from "./decided.ts";
import { drawn, ordinary } from "./trials.ts";

/** What protecting groups together costs, by level: cells that are large enough, and how many of them are suppressed. */
export type Cost = readonly Suppressed<string>[];

const added = (parts: readonly Cost[]): Cost =>
  parts[0]!.map(({ grouping }, level) => ({
    grouping,
    large: parts.reduce((sum, each) => sum + each[level]!.large, 0),
    suppressed: parts.reduce((sum, each) => sum + each[level]!.suppressed, 0),
  }));

/** The cost over organisations drawn by lot, for groupings from the one whose numbers matter most. */
export const costOf = (count: number, seed: number, groupings: readonly string[]): Cost =>
  added(
    Array.from({ length: count }, (_, k) => {
      const organisation = drawn(chanceOf(seed + 2, k), k, ordinary);
      const request = { atoms: atomsOf(organisation), scales: scalesOf(organisation), rules: ordinaryRules, past: [] };
      return suppressedIn(decide({ ...request, groupings }), groupings);
    }),
  );

/** A line of how many of the cells that are large enough are suppressed, in all and by level. */
export const costText = (cost: Cost): string => {
  const of = ({ suppressed, large }: Pick<Suppressed<string>, "suppressed" | "large">): string =>
    `${suppressed} of ${large} (${((100 * suppressed) / Math.max(1, large)).toFixed(1)} %)`;
  const total = (key: "large" | "suppressed"): number => cost.reduce((sum, each) => sum + each[key], 0);
  const levels = cost.map((each) => `${each.grouping} ${of(each)}`);
  return `${of({ suppressed: total("suppressed"), large: total("large") })}: ${levels.join(", ")}`;
};
