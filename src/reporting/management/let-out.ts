import { factName } from "../../disclosure/fact-name.ts";
import type { PastFact } from "../../disclosure/lattice/past.ts";
import { reveal, valueIn } from "../../disclosure/published.ts";
import { type LevelSource, type Series, shownLevel, spreadAt } from "../page/levels.ts";
import type { ManagementModel } from "./model.ts";

type Said = Omit<PastFact, "fact" | "audience" | "rater"> & Partial<Pick<PastFact, "fact">>;

const factOf = (said: Said): PastFact => ({
  fact: factName(said),
  audience: "management",
  rater: "employee",
  ...said,
});

const sinceOf = (since: string | null) => (since === null ? {} : { since });

const meanFacts = (grouping: string, { id, levels }: Series, { outcome, waves }: LevelSource): readonly Said[] =>
  levels.flatMap((cell, index) => {
    const level = shownLevel(cell);
    if (level === null) return [];
    const place = { grouping, cell: id, wave: waves[index]!, scale: outcome.scale };
    return [{ statistic: "mean", ...place, value: level.mean, step: 10 ** -outcome.decimals, ...sinceOf(level.since) }];
  });

const varianceFacts = (whole: Series, source: LevelSource): readonly Said[] =>
  source.waves.flatMap((wave, index) => {
    const spread = spreadAt(source, wave);
    const level = shownLevel(whole.levels[index]);
    if (spread === null || level === null) return [];
    const place = { grouping: "organisation", cell: "", wave, scale: source.outcome.scale };
    return [{ statistic: "variance", ...place, value: spread.variance, step: 0, ...sinceOf(level.since) }];
  });

const differenceFacts = ({ effects, arms, waves }: ManagementModel): readonly Said[] => {
  const control = arms.find((arm) => arm.control)?.arm ?? "";
  const wave = waves.at(-1)?.id ?? "";
  return effects.comparisons.flatMap(({ outcome, behind: scale, arm, difference }) => {
    const shown = valueIn(difference);
    if (shown === null || scale === null) return [];
    const named = { statistic: "difference", scale: outcome.scale, grouping: "arm", cell: arm, wave } as const;
    return [
      {
        ...{ ...named, scale, fact: factName(named), value: shown.estimate },
        ...{ against: { grouping: "arm", cell: control, wave }, step: 10 ** -outcome.decimals, shown },
        ...sinceOf(shown.since),
      },
    ];
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
export const letOutFacts = (model: ManagementModel, source: LevelSource | null): readonly PastFact[] => {
  const arms = model.trend.byArm ? model.trend.series : [];
  const levels = source
    ? [
        ...meanFacts("organisation", model.whole, source),
        ...arms.flatMap((series) => meanFacts("arm", series, source)),
        ...model.departments.departments.flatMap((series) => meanFacts("department", series, source)),
        ...varianceFacts(model.whole, source),
      ]
    : [];
  return [...levels, ...differenceFacts(model), ...rateFacts(model), ...countFacts(model)].map(factOf);
};
