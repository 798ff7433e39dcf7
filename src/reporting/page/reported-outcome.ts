import type { Outcome, Rater, Scale, Study, Text } from "../../study/study.ts";

const decimalsOf = ({ index, low, high }: Scale): number => (index || high - low >= 50 ? 1 : high - low > 1 ? 2 : 3);

/** A scale that leaders and employees both answer, in the unit it is reported in. */
export type ReportedScale = Omit<ReportedOutcome, "rater" | "role">;

/** A scale as `outcomeOf` has it, whoever answers. */
export const scaleOf = (study: Study, id: string): ReportedScale => {
  const { scale, name, low, high, index, decimals } = outcomeOf(study, { scale: id, rater: "employee" }, "secondary");
  return { scale, name, low, high, index, decimals };
};

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
/** What a number is about: a scale and who answers it, with the unit it is reported in. */
export interface ReportedOutcome {
  readonly scale: string;
  readonly rater: Rater | null;
  readonly name: Text;
  readonly role: "primary" | "secondary";
  readonly low: number;
  readonly high: number;
  readonly index: boolean;
  readonly decimals: number;
}
