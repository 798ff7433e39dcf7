import { valueIn } from "../../../disclosure/published.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { SubgroupEstimate, SubgroupLevel, SubgroupRow, SubgroupsModel } from "./model.ts";

export const headingOf = ({ outcome, covariate }: SubgroupRow, voice: ResearchVoice): string =>
  voice.say("subgroupsHeading", { outcome: voice.outcome(outcome), covariate: within(voice.covariate(covariate)) });

export const estimateWords = (
  { estimate, interval }: SubgroupEstimate,
  decimals: number,
  voice: ResearchVoice,
): string =>
  interval
    ? `${voice.signed(estimate, decimals)} (${voice.range(interval, decimals)})`
    : voice.signed(estimate, decimals);

/** The label of a code; of a number, whether it is low or high and, where it may be shown, where it was set. */
export const levelWords = (
  { covariate }: SubgroupRow,
  { level, numbers }: SubgroupLevel,
  model: SubgroupsModel,
  voice: ResearchVoice,
): string => {
  const values = model.covariates.find(({ id }) => id === covariate)?.values ?? [];
  const found = values.find(({ code }) => code === level);
  if (found) return voice.text(found.label);
  const end = voice.say(level === "low" ? "subgroupsLevel.low" : "subgroupsLevel.high");
  const value = valueIn(numbers)?.value ?? null;
  return value === null ? end : voice.say("subgroupsLevelAt", { end, value: voice.number(value, 1) });
};

const cellWords = (
  {
    status,
    numbers,
  }: Pick<SubgroupLevel, "status"> & {
    readonly numbers: SubgroupLevel["numbers"] | NonNullable<SubgroupLevel["difference"]>["numbers"];
  },
  decimals: number,
  voice: ResearchVoice,
): string => {
  const value = valueIn(numbers);
  if (value) return estimateWords(value, decimals, voice);
  return status === "estimated" ? voice.say("hidden") : voice.status(status);
};

const testCells = ({ status, test }: SubgroupRow, voice: ResearchVoice): readonly string[] => {
  const found = valueIn(test);
  const none = status === "estimated" ? voice.say("hidden") : voice.status(status);
  if (!found) return [none, none, none];
  const { f, df1, df2, p, pAdjusted } = found;
  const values = { f: voice.number(f, 2), df1: voice.number(df1, 0), df2: voice.number(df2, 1) };
  return [voice.say("subgroupsF", values), voice.p(p), voice.p(pAdjusted)];
};

const linesOf = (row: SubgroupRow, model: SubgroupsModel, voice: ResearchVoice): readonly (readonly string[])[] => {
  const { decimals } = row.outcome;
  const head = [headingOf(row, voice), voice.arm(row.arm)];
  const none = voice.say("none");
  if (row.levels.length === 0) return [[...head, none, none, none, ...testCells(row, voice)]];
  return row.levels.map((level) => [
    ...head,
    levelWords(row, level, model, voice),
    cellWords(level, decimals, voice),
    level.difference ? cellWords(level.difference, decimals, voice) : none,
    ...testCells(row, voice),
  ]);
};

/** A line per outcome, covariate, arm and level; the test of a covariate stands on each of its lines. */
export const subgroupTable = (model: SubgroupsModel, voice: ResearchVoice) => ({
  caption: voice.say("subgroupsTable"),
  columns: [
    voice.say("columnOutcome"),
    voice.say("columnArm"),
    voice.say("columnSubgroup"),
    voice.say("columnSubgroupEffect", { confidence: voice.confidence }),
    voice.say("columnSubgroupDifference"),
    voice.say("columnSameEffect"),
    voice.say("columnP"),
    voice.say("columnAdjusted.holm"),
  ],
  rows: model.subgroups.flatMap((row) => linesOf(row, model, voice)),
});
