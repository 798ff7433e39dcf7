import { factName } from "../../disclosure/fact-name.ts";
import type { PastFact } from "../../disclosure/lattice/past.ts";
import { type Cell, reveal, valueIn } from "../../disclosure/published.ts";
import { type Level, shownLevel, spreadAt } from "../page/levels.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { CubeSources } from "./cube/facts.ts";
import type { Cube, CubeSeries } from "./cube/model.ts";
import { differenceNamed } from "./effects/behind.ts";
import type { ManagementModel } from "./model.ts";

type Said = Omit<PastFact, "fact" | "audience" | "rater"> & Partial<Pick<PastFact, "fact" | "rater">>;

const factOf = (said: Said): PastFact => ({
  fact: factName(said),
  audience: "management",
  rater: "employee",
  ...said,
});

const sinceOf = (since: string | null) => (since === null ? {} : { since });

const stepOf = ({ decimals }: ReportedOutcome): number => 10 ** -decimals;

/** What employees answered, and what leaders did about themselves. */
const raters = ["employee", "self"] as const;

type Levels = readonly (Cell<Level> | null)[];

const levelsIn = ({ levels, intended }: CubeSeries): Readonly<Record<(typeof raters)[number], Levels>> => ({
  employee: levels,
  self: intended,
});

const meanFacts = ({ groups, outcomes }: Cube, waves: readonly string[]): readonly Said[] =>
  outcomes.flatMap(({ outcome, series }) =>
    series.flatMap((each, at) =>
      raters.flatMap((rater) =>
        levelsIn(each)[rater].flatMap((cell, index) => {
          const level = shownLevel(cell);
          if (level === null) return [];
          const { grouping, id } = groups[at]!;
          const place = { grouping, cell: id, wave: waves[index]!, scale: outcome.scale, rater };
          return [{ statistic: "mean", ...place, value: level.mean, step: stepOf(outcome), ...sinceOf(level.since) }];
        }),
      ),
    ),
  );

/** The variance between leaders that the intervals of a wave are made of: it is there where the mean of all is. */
const varianceFacts = ({ outcomes }: Cube, sources: readonly CubeSources[]): readonly Said[] =>
  sources.flatMap(({ perceived, intended }, at) =>
    [perceived, intended].flatMap((source) =>
      source.waves.flatMap((wave, index) => {
        const { rater } = source;
        const spread = spreadAt(source, wave);
        const level = shownLevel(levelsIn(outcomes[at]!.series[0]!)[rater][index]);
        if (spread === null || level === null) return [];
        const place = { grouping: "organisation", cell: "", wave, scale: source.outcome.scale, rater };
        return [{ statistic: "variance", ...place, value: spread.variance, step: 0, ...sinceOf(spread.since) }];
      }),
    ),
  );

const differenceFacts = ({ effects, arms, waves }: ManagementModel): readonly Said[] => {
  const control = arms.find((arm) => arm.control)?.arm ?? "";
  const wave = waves.at(-1)?.id ?? "";
  return [...effects.comparisons, ...effects.secondary].flatMap(({ outcome, behind, arm, difference }) => {
    const shown = valueIn(difference);
    if (shown === null) return [];
    return behind.map((answers) => {
      const named = { ...differenceNamed(outcome.scale, answers), grouping: "arm", cell: arm, wave };
      return {
        ...{ ...named, scale: answers.scale, fact: factName(named), value: shown.estimate },
        ...{ against: { grouping: "arm", cell: control, wave }, step: stepOf(outcome), shown },
        ...sinceOf(shown.since),
      };
    });
  });
};

const rateFacts = ({ responses, waves }: ManagementModel): readonly Said[] =>
  [responses.whole, ...responses.departments].flatMap(({ id, rates }) =>
    rates.flatMap((rate, index) => {
      const band = rate && valueIn(rate);
      if (!band) return [];
      const grouping = id === "" ? "organisation" : "department";
      const place = { grouping, cell: id, wave: waves[index]!.id, scale: "" };
      return [{ statistic: "rate", ...place, value: band.low, step: band.high - band.low }];
    }),
  );

const countFacts = ({ coverage, waves, rules }: ManagementModel): readonly Said[] => {
  const wave = waves.at(-1)?.id;
  if (!coverage || wave === undefined) return [];
  const value = reveal(coverage.answers);
  return [{ statistic: "count", grouping: "organisation", cell: "", wave, scale: "", value, step: rules.countStep }];
};

/** Every value that management can read on the dashboard and that rests on answers, for the ledger. */
export const letOutFacts = (model: ManagementModel, sources: readonly CubeSources[]): readonly PastFact[] =>
  [
    ...meanFacts(
      model.cube,
      model.waves.map(({ id }) => id),
    ),
    ...varianceFacts(model.cube, sources),
    ...differenceFacts(model),
    ...rateFacts(model),
    ...countFacts(model),
  ].map(factOf);
