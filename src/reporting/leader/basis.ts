import { type Rules, rulesOf } from "../../disclosure/rules.ts";
import type { Spread } from "../../disclosure/team.ts";
import { type Unit, unitOf } from "../../disclosure/unit.ts";
import type { IntendedPerceived } from "../../estimation/ratings/intended-perceived.ts";
import { tCritical } from "../../stats/distribution/distributions.ts";
import type { ClusterMeans } from "../../stats/measurement/shrinkage.ts";
import type { Rater, Scale, Study, Text } from "../../study/study.ts";
import type { LeaderMeans, LeaderSpread } from "../../tables/published.ts";
import type { LeaderStudy } from "./model.ts";
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
  /** By scale. */
  readonly means: ReadonlyMap<string, readonly number[]>;
  /** By scale, of the wave that the reports are about. */
  readonly teams: ReadonlyMap<string, ClusterMeans>;
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
}

/** A key of several ids. */
export const keyOf = (...parts: readonly string[]): string => parts.join("\u0000");

const spreadOf = (row: LeaderSpread, confidence: number): Spread | null =>
  row.df < 1 || row.leaders < 1
    ? null
    : {
        sd: Math.sqrt(row.within / row.df),
        df: row.df,
        t: tCritical(1 - confidence, row.df),
        leaders: row.leaders,
        largest: row.largest / row.df,
      };

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

/** Everything that the leaders of a study have in common in one release. */
export const leaderBasis = (study: Study, rows: StudyRows): LeaderBasis => {
  const rules = rulesOf(study.disclosure);
  const scales = reported(study, rows.spread);
  const last = study.waves.findIndex(({ id }) => id === rows.wave);
  const employees = rows.spread.filter(({ rater }) => rater === "employee");
  return {
    study: {
      title: study.title,
      synthetic: study.synthetic,
      waves: study.waves.slice(0, last + 1).map(({ id, name, from, to }) => ({ id, name, from, to })),
      open: rows.open,
      scales: scales.map((scale) => leaderScale(scale, rows.spread, study)),
      confidence: study.plan.confidence,
      thresholds: { respondents: rules.respondents, categories: rules.categories, benchmark: rules.benchmark },
    },
    rules,
    units: scales.map((scale) => unitOf(scale, study.instrument)),
    spread: new Map(
      employees.flatMap((row) => {
        const spread = spreadOf(row, study.plan.confidence);
        return spread ? [[keyOf(row.wave, row.scale), spread] as const] : [];
      }),
    ),
    asked: new Set(employees.map((row) => keyOf(row.wave, row.scale))),
    raters: ratersOf(study, rows),
    means: new Map(rows.means.map((row) => [row.scale, row.means.map(Number)])),
    teams: new Map(
      rows.teams.flatMap(({ scale, wave, teams }) => (wave === rows.wave && teams ? [[scale, teams] as const] : [])),
    ),
    lowest: scales.map(({ low }) => low),
  };
};
