import { responseSurface } from "../../stats/regression/response-surface.ts";
import type { Study } from "../../study/study.ts";
import { inAll, type LeaderMeans, type LeaderMeansOf, valuesOf } from "../design/leader-means.ts";
import type { OutcomeSurface } from "./intended-perceived.ts";

/** Both ratings of a scale at a wave, and the scale's middle in the reported unit. */
export interface RatedScale {
  readonly scale: string;
  readonly wave: number;
  readonly own: LeaderMeans;
  readonly employees: LeaderMeans;
  readonly middle: number;
}

/**
 * Response surface (Edwards 2002) of each secondary outcome that employees rate on both ratings of the scale, over the
 * leaders who have all three means; at least seven of them.
 */
export function outcomeSurfaces(study: Study, meansOf: LeaderMeansOf, rated: RatedScale): readonly OutcomeSurface[] {
  const { scale, wave, own, employees, middle } = rated;
  const outcomes = study.plan.secondary.filter((outcome) => outcome.rater === "employee" && outcome.scale !== scale);
  return outcomes.map((outcome): OutcomeSurface => {
    const means = meansOf(outcome, wave);
    const leaders = inAll([own, employees, means]);
    const [x, y] = [own, employees].map((side) => valuesOf(side, leaders).map((value) => value - middle));
    const surface = responseSurface(x!, y!, valuesOf(means, leaders), study.plan.confidence);
    const reason = leaders.length === 0 ? "no-data" : leaders.length < 7 ? "too-few-leaders" : "not-identified";
    return {
      outcome: outcome.scale,
      leaders: leaders.length,
      surface,
      status: surface === null ? reason : "estimated",
    };
  });
}
