import type { PastFact } from "../../disclosure/lattice/past.ts";
import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import { mayPool, type Spread } from "../../disclosure/team.ts";
import { type Unit, unitOf } from "../../disclosure/unit.ts";
import type { IntendedPerceived } from "../../estimation/ratings/intended-perceived.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { ClusterMeans } from "../../stats/measurement/shrinkage.ts";
import type { Rater, Scale, Study, Text } from "../../study/study.ts";
import type { LeaderMeans, LeaderSpread } from "../../tables/published.ts";
import type { LeaderStudy } from "./model.ts";
import { type Common, commonFacts, type Standing } from "./shared-numbers.ts";
import type { LeaderScale } from "./voice.ts";

/** What all leaders' numbers are held against; it stays inside the publishing run. */
export interface LeaderBasis {
  readonly study: LeaderStudy;
  readonly rules: Rules;
  readonly units: readonly Unit[];
  /** By wave and scale. */
  readonly spread: ReadonlyMap<string, Spread>;
  /** Scales that employees were asked about, by wave and scale. */
  readonly asked: ReadonlySet<string>;
  /** Who was asked anything in the wave that the reports are about. */
  readonly raters: ReadonlySet<Rater>;
  /** By scale; none of those whose benchmark stands as an earlier release had it. */
  readonly means: ReadonlyMap<string, readonly number[]>;
  /** By scale, the leaders with enough respondents behind a benchmark. */
  readonly measured: ReadonlyMap<string, number>;
  /** By scale, of the wave that the reports are about. */
  readonly teams: ReadonlyMap<string, ClusterMeans>;
  /** By wave and scale, the release whose numbers stand of those that all reports share. */
  readonly since: ReadonlyMap<string, string>;
  /** By scale: the raw answer that the first category stands for. */
  readonly lowest: readonly number[];
}

export interface StudyRows {
  readonly spread: readonly LeaderSpread[];
  readonly means: readonly LeaderMeans[];
  /** What all teams of a wave have in common. */
  readonly teams: readonly Pick<IntendedPerceived, "scale" | "wave" | "teams">[];
  /** The wave that the reports are about. */
  readonly wave: string;
  /** Whether it is still open. */
  readonly open: boolean;
  /** Of what all reports share, the numbers that stand as an earlier release had them. */
  readonly standing: (wave: string, scale: string, unit: Unit) => Standing | null;
}

/** A key of several ids. */
export const keyOf = (...parts: readonly string[]): string => parts.join("\u0000");

const withinOf = ({ within, df, leaders, largest }: LeaderSpread): Common["within"] =>
  df < 1 || leaders < 1 ? null : { sd: Math.sqrt(within / df), df, leaders, largest: largest / df };

const mostCategories = 11;

/** The categories of a scale's answers: the whole numbers of its range, in the instrument's words where it has any. */
const categoriesOf = ({ low, high }: Scale, { answers }: Study["instrument"]): readonly Text[] => {
  const count = Math.floor(high - low) + 1;
  if (count > mostCategories) return [];
  return Array.from({ length: count }, (_, index) => {
    const code = `${low + index}`;
    return answers.find((answer) => answer.code === code)?.label ?? { da: code, en: code };
  });
};

const leaderScale = (scale: Scale, rows: StudyRows["spread"], study: Study): LeaderScale => {
  const unit = unitOf(scale, study.instrument);
  const answers = categoriesOf(scale, study.instrument);
  return {
    id: scale.id,
    name: scale.name,
    low: unit.low,
    high: unit.high,
    decimals: unit.decimals,
    own: rows.some((row) => row.scale === scale.id && row.rater === "self"),
    goal: study.phases.some(({ goals = [] }) => goals.includes(scale.id)),
    items:
      scale.kind === "items" && answers.length > 0
        ? scale.items.map((item) => ({
            id: item.id,
            reversed: item.reversed,
            text: item.wording.employee ?? Object.values(item.wording)[0] ?? { da: item.id, en: item.id },
          }))
        : [],
    answers,
  };
};

/** Scales that employees or leaders answer; a scale of scales is left out where all its parts are shown. */
const reported = (study: Study, rows: StudyRows["spread"]): readonly Scale[] => {
  const answered = study.instrument.scales.filter(
    (scale) => scale.kind !== "difference" && rows.some((row) => row.scale === scale.id),
  );
  const ids = new Set(answered.map(({ id }) => id));
  return answered.filter((scale) => scale.kind !== "scales" || !scale.of.every((part) => ids.has(part)));
};

/** A wave asks those from whom it has a delivery or an answer. */
const ratersOf = ({ deliveries }: Study, { spread, wave }: StudyRows): ReadonlySet<Rater> =>
  new Set([
    ...deliveries.filter((delivery) => delivery.wave === wave).map(({ rater }) => rater),
    ...spread.filter((row) => row.wave === wave).map(({ rater }) => rater as Rater),
  ]);

/** What all reports share, by wave and scale: as it is now, or as an earlier release had it. */
const sharedOf = (study: Study, rows: StudyRows) => {
  const units = new Map(study.instrument.scales.map((scale) => [scale.id, unitOf(scale, study.instrument)]));
  const shared = new Map<string, Common & { readonly since: string | null }>();
  for (const row of rows.spread.filter(({ rater }) => rater === "employee")) {
    const { wave, scale } = row;
    const unit = units.get(scale);
    const stands = unit && rows.standing(wave, scale, unit);
    const isLast = wave === rows.wave;
    const means = rows.means.find((each) => each.scale === scale)?.means.length ?? null;
    const teams = rows.teams.find((each) => each.scale === scale && each.wave === wave)?.teams ?? null;
    const now = { within: withinOf(row), overall: isLast ? teams : null, measured: isLast ? means : null };
    shared.set(keyOf(wave, scale), stands ?? { ...now, since: null });
  }
  return shared;
};

/** The values of a map that something can be made of. */
const mapped = <T, U>(all: ReadonlyMap<string, T>, make: (each: T, key: string) => U | null): ReadonlyMap<string, U> =>
  new Map(
    [...all].flatMap(([key, each]) => {
      const made = make(each, key);
      return made === null ? [] : [[key, made] as const];
    }),
  );

/** Everything that the leaders of a study have in common in one release. */
export const leaderBasis = (study: Study, rows: StudyRows): LeaderBasis => {
  const rules = rulesOf(study.disclosure);
  const scales = reported(study, rows.spread);
  const last = study.waves.findIndex(({ id }) => id === rows.wave);
  const waves = study.waves.slice(0, last + 1).map(({ id, name, from, to }) => ({ id, name, from, to }));
  const shared = sharedOf(study, rows);
  const sharedNow = new Map(
    scales.flatMap(({ id }) => {
      const found = shared.get(keyOf(rows.wave, id));
      return found ? [[id, found] as const] : [];
    }),
  );
  const { confidence } = study.plan;
  const since = mapped(shared, (each) => each.since);
  return {
    study: {
      title: study.title,
      synthetic: study.synthetic,
      waves,
      open: rows.open,
      scales: scales.map((scale) => leaderScale(scale, rows.spread, study)),
      confidence,
      thresholds: { respondents: rules.respondents, categories: rules.categories, benchmark: rules.benchmark },
      kept: waves.flatMap(({ id }) => (scales.some((scale) => since.has(keyOf(id, scale.id))) ? [id] : [])),
    },
    rules,
    units: scales.map((scale) => unitOf(scale, study.instrument)),
    spread: mapped(shared, ({ within }) => within && { ...within, t: tCritical(1 - confidence, within.df) }),
    asked: new Set(shared.keys()),
    raters: ratersOf(study, rows),
    means: new Map(
      rows.means.flatMap(({ scale, means }) =>
        since.has(keyOf(rows.wave, scale)) ? [] : [[scale, means.map(Number)] as const],
      ),
    ),
    measured: mapped(sharedNow, ({ measured }) => measured),
    teams: mapped(sharedNow, ({ overall }) => overall),
    since,
    lowest: scales.map(({ low }) => low),
  };
};

/** What the ledger is to say of the numbers that all reports share: those of which any report may show something. */
export const sharedFacts = ({
  study,
  rules,
  units,
  spread,
  measured,
  teams,
  since,
}: LeaderBasis): readonly PastFact[] =>
  study.waves.flatMap(({ id: wave }, at) =>
    study.scales.flatMap(({ id: scale }, index) => {
      const within = spread.get(keyOf(wave, scale)) ?? null;
      const pooled = within && mayPool(within, units[index]!, rules) ? within : null;
      const others = at === study.waves.length - 1 ? (measured.get(scale) ?? 0) : 0;
      const isCompared = rules.benchmark !== null && others >= rules.benchmark;
      const { t: _, ...said } = pooled ?? { t: 0 };
      return commonFacts(
        { wave, scale, since: since.get(keyOf(wave, scale)) ?? null },
        {
          within: pooled && (said as Common["within"]),
          overall: isCompared && pooled ? (teams.get(scale) ?? null) : null,
          measured: isCompared ? others : null,
        },
        units[index]!,
      );
    }),
  );
