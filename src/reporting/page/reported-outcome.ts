import type { Outcome, Scale, Study } from "../../study/study.ts";
import type { ReportedOutcome } from "../research/model.ts";

const decimalsOf = ({ index, low, high }: Scale): number => (index || high - low >= 50 ? 1 : high - low > 1 ? 2 : 3);

/** An outcome as the research report names and rounds it. */
export const outcomeOf = (
  study: Study,
  { scale: id, rater }: Outcome,
  role: ReportedOutcome["role"],
): ReportedOutcome => {
  const scale = study.instrument.scales.find((each) => each.id === id);
  if (!scale) throw new Error(`The instrument has no scale ${id}`);
  const difference = scale.kind === "difference";
  const [low, high] = scale.index ? [difference ? -100 : 0, 100] : [scale.low, scale.high];
  return { scale: id, rater, name: scale.name, role, low, high, index: scale.index, decimals: decimalsOf(scale) };
};
