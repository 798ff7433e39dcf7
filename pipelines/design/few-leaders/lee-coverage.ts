import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawNormal } from "../../../src/stats/draws/random-draws.ts";
import { below, blockStream } from "../../../src/stats/draws/random-streams.ts";
import { type Attrited, effectInterval, leeBounds } from "../../../src/stats/trial/lee-bounds.ts";
import { rateOf, type Table } from "./table.ts";

/** Who is lost of the control arm; the trained arm loses nobody but where it says so. The effect is zero. */
const losses = ["nobody", "a fifth of each arm by chance", "control leaders in the lowest fifth"] as const;
type Loss = (typeof losses)[number];

/** 0.2 quantile of a standard normal. */
const lowestFifth = -0.8416212335729142;

function drawArm(leaders: number, lost: (value: number) => boolean, stream: RandomGenerator): Attrited {
  const all = Float64Array.from({ length: leaders }, () => drawNormal(stream));
  return { outcomes: all.filter((value) => !lost(value)), randomised: leaders };
}

function lostIn(loss: Loss, arm: "treated" | "control", stream: RandomGenerator): (value: number) => boolean {
  if (loss === "a fifth of each arm by chance") return () => below(stream, 5) === 0;
  if (loss === "nobody" || arm === "treated") return () => false;
  return (value) => value < lowestFifth;
}

/**
 * How often the interval covers the effect. Where the lowest fifth of the control arm is lost, those who would be
 * measured in either arm are above it, and the effect on them lies at an end of the bounds: the hardest case.
 */
export const leeCoverage: Table = {
  id: "lee-coverage",
  title: "Lee's bounds",
  lead: (replications) =>
    `How often the 95 % interval (Imbens & Manski 2004, t on Welch's degrees of freedom) covers the effect on the leaders who would be measured in either arm. Normal leader means, no effect. Without losses it should cover 95 %; where bounds are wider than a point, at least as often. ${replications} drawn pairs of arms a row.`,
  columns: ["leaders per arm", "lost", "covers"],
  replications: 10_000,
  run: async function* (replications, seed) {
    let block = 1000;
    for (const leaders of [5, 6, 8, 12, 20]) {
      for (const loss of losses) {
        const stream = blockStream(seed, block++);
        let covered = 0;
        let made = 0;
        for (let k = 0; k < replications; k++) {
          const treated = drawArm(leaders, lostIn(loss, "treated", stream), stream);
          const control = drawArm(leaders, lostIn(loss, "control", stream), stream);
          const bounds = leeBounds(treated, control);
          const interval = bounds && effectInterval(bounds, 0.95);
          if (interval === null) continue;
          made++;
          covered += Number(interval.low <= 0 && 0 <= interval.high);
        }
        yield { values: [String(leaders), loss], rates: [rateOf(covered, made)] };
      }
    }
  },
};
