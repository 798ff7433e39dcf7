import { normalPairs, productInterval } from "../../stats/draws/product-interval.ts";
import { type ModelColumn, modelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { clusterRobust, type RobustContrast } from "../../stats/regression/cluster-robust.ts";
import { type LeastSquares, leastSquares } from "../../stats/regression/least-squares.ts";
import type { Outcome, Plan, Rater, Study } from "../../study/study.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { designFor } from "../design/clusters.ts";
import { outcomeMeans } from "../design/column-means.ts";
import { baselineWave, controlArm, type Design, followUpWaves } from "../design/design.ts";
import { statusSentence } from "../design/notes.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import { ancovaModel, type EffectModel } from "../model/effect-model.ts";
import { type EffectSource, leadersIn } from "../model/model-columns.ts";
import { fitsExactly } from "./fit-effects.ts";

/** Part of an arm's effect on an outcome that runs through a mediator: exploratory, product of coefficients. */
export interface MediatedEffect {
  readonly mediator: string;
  readonly mediatorRater: Rater | null;
  readonly mediatorWave: string;
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  /** Arm on mediator, mediator on outcome given arm, and their product. */
  readonly armOnMediator: number | null;
  readonly armOnMediatorSe: number | null;
  readonly mediatorOnOutcome: number | null;
  readonly mediatorOnOutcomeSe: number | null;
  readonly indirect: number | null;
  readonly direct: number | null;
  readonly directSe: number | null;
  /** Monte-Carlo interval of `indirect`. */
  readonly low: number | null;
  readonly high: number | null;
  readonly leaders: number;
  readonly status: Status;
  /** What it rests on, in English sentences. */
  readonly note: string;
}

/** One chain at one pair of waves. */
interface Link {
  readonly mediator: Outcome;
  readonly outcome: Outcome;
  readonly mediatorWave: number;
  readonly wave: number;
}

type Numbers = Omit<
  MediatedEffect,
  "mediator" | "mediatorRater" | "mediatorWave" | "outcome" | "rater" | "wave" | "arm" | "reference" | "note"
>;

/** The two equations on the same leaders. */
interface Equations {
  readonly first: EffectModel;
  readonly second: EffectModel;
  readonly leaders: number;
}

/** Draws behind an interval: each pair of normals comes with four combinations of signs. */
const pairsOfDraws = 5000;
const mediatorColumn = "mediator";

/** The mediator a follow-up wave earlier; where there is none, at the same wave. */
function linksOf(study: Study, chains: Plan["mediation"]): readonly Link[] {
  const waves = followUpWaves(study);
  const pairs =
    waves.length > 1
      ? waves.slice(1).map((wave, k) => [waves[k]!, wave] as const)
      : waves.map((wave) => [wave, wave] as const);
  return chains.flatMap((chain) => pairs.map(([mediatorWave, wave]) => ({ ...chain, mediatorWave, wave })));
}

/** A leader's mean as a column of other cells, the mean of the known ones where a leader has none, and who has none. */
function leaderColumn(name: string, cells: Cells, means: Float64Array): readonly ModelColumn[] {
  const known = means.filter((mean) => !Number.isNaN(mean));
  const middle = known.reduce((sum, mean) => sum + mean, 0) / Math.max(1, known.length);
  const missing = cells.leader.map((leader) => Number(Number.isNaN(means[leader]!)));
  const values = Float64Array.from(cells.leader, (leader) => (Number.isNaN(means[leader]!) ? middle : means[leader]!));
  return [
    { name, kind: "numbers", values },
    { name: `${name} missing`, kind: "indicator", codes: missing, code: 1 },
  ];
}

const sourceOf = (
  study: Study,
  design: Design,
  cellsOf: CellsOf,
  outcome: Outcome,
  wave: number,
): EffectSource | null => {
  const unadjusted = cellsOf(outcome, "all");
  const cells = (study.plan.covariates.length > 0 ? cellsOf(outcome, "complete") : null) ?? unadjusted;
  return cells && { study, design, cells, unadjusted, wave };
};

/** Takes leaders without a role in the other equation out of a model. */
const among = ({ model, ...rest }: EffectModel, leaders: ReadonlySet<number>): EffectModel => ({
  ...rest,
  model: { ...model, cluster: model.cluster.map((g, c) => (leaders.has(model.cells.leader[c]!) ? g : -1)) },
});

/** Mediator on arm by the ANCOVA of the mediator; outcome on arm and mediator by its own, with both mediator means. */
function equationsOf(study: Study, design: Design, cellsOf: CellsOf, link: Link): Equations | null {
  const designOf = (outcome: Outcome): Design => designFor(study, design, outcome);
  const ofMediator = sourceOf(study, designOf(link.mediator), cellsOf, link.mediator, link.mediatorWave);
  const ofOutcome = sourceOf(study, designOf(link.outcome), cellsOf, link.outcome, link.wave);
  if (ofMediator?.unadjusted == null || ofOutcome === null) return null;
  const first = ancovaModel(ofMediator, "rows");
  const second = ancovaModel(ofOutcome, "rows");
  const inFirst = leadersIn(first.model);
  const both = new Set([...leadersIn(second.model)].filter((leader) => inFirst.has(leader)));
  const count = design.leaders.length;
  const { cells } = second.model;
  const baseline = baselineWave(study);
  const before =
    baseline < 0 ? [] : leaderColumn("mediator before", cells, outcomeMeans(ofMediator.unadjusted, count, baseline));
  const [after] = leaderColumn(mediatorColumn, cells, outcomeMeans(ofMediator.unadjusted, count, link.mediatorWave));
  const own = second.model.columns;
  const arms = own.filter(({ name }) => second.effectColumn.includes(name));
  const columns = [...own.filter((column) => !arms.includes(column)), ...before, after!, ...arms];
  return {
    first: among(first, both),
    second: among({ ...second, model: { ...second.model, columns } }, both),
    leaders: both.size,
  };
}

const nothing = (status: NotEstimable, leaders: number): Numbers => ({
  armOnMediator: null,
  armOnMediatorSe: null,
  mediatorOnOutcome: null,
  mediatorOnOutcomeSe: null,
  indirect: null,
  direct: null,
  directSe: null,
  low: null,
  high: null,
  leaders,
  status,
});

/** A coefficient with its variance of the plan's type; null where it is not identified. */
function coefficient(study: Study, fit: LeastSquares, name: string): RobustContrast | null {
  if (!fit.columns.includes(name) || fit.dropped.some(({ spannedBy }) => spannedBy.includes(name))) return null;
  const contrast = Float64Array.from(fit.columns, (column) => Number(column === name));
  const found = clusterRobust(fit, study.plan.standardErrors, [contrast]).contrasts[0]!;
  return found.variance > 0 && Number.isFinite(found.variance) ? found : null;
}

function numbersOf(
  study: Study,
  equations: Equations,
  fits: readonly [LeastSquares, LeastSquares],
  arm: number,
): Numbers {
  const { first, second, leaders } = equations;
  const [mediator, outcome] = fits;
  const column = first.effectColumn[arm]!;
  const a = coefficient(study, mediator, column);
  const b = coefficient(study, outcome, mediatorColumn);
  const direct = coefficient(study, outcome, second.effectColumn[arm]!);
  if (a === null || b === null || direct === null) return nothing("not-identified", leaders);
  if (fitsExactly(mediator, first) || fitsExactly(outcome, second)) return nothing("no-variation", leaders);
  const [aSe, bSe] = [Math.sqrt(a.variance), Math.sqrt(b.variance)];
  const draws = normalPairs(study.seed, pairsOfDraws);
  const one = { estimate: a.estimate, se: aSe };
  return {
    armOnMediator: a.estimate,
    armOnMediatorSe: aSe,
    mediatorOnOutcome: b.estimate,
    mediatorOnOutcomeSe: bSe,
    indirect: a.estimate * b.estimate,
    direct: direct.estimate,
    directSe: Math.sqrt(direct.variance),
    ...productInterval(one, { estimate: b.estimate, se: bSe }, draws, study.plan.confidence),
    leaders,
    status: "estimated",
  };
}

/** Leaders of an arm that are in both equations. */
const countIn = ({ first }: Equations, arm: number): number =>
  [...leadersIn(first.model)].filter((leader) => first.design.arm[leader] === arm).length;

function statusOf(study: Study, equations: Equations, arm: number): Status {
  const fewest = Math.min(countIn(equations, arm), countIn(equations, controlArm(study)));
  return fewest === 0 ? "arm-empty" : fewest < 2 ? "too-few-leaders" : "estimated";
}

function noteIn({ mediator, outcome, mediatorWave, wave }: Link, status: Status): string {
  const assumptions =
    "Exploratory. Nobody drew the mediator: the numbers hold only if, among leaders of the same arm, block, baseline and covariates, nothing else moves both mediator and outcome (sequential ignorability), if the mediator works alike in all arms, and if it is measured without error.";
  const together = "Mediator and outcome are of the same wave, so their order is assumed.";
  const alike = "The same raters give both, so that whatever colours their answers counts as mediation.";
  return [
    statusSentence[status],
    assumptions,
    mediatorWave === wave ? together : "",
    mediator.rater === outcome.rater ? alike : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function effectsOf(study: Study, design: Design, cellsOf: CellsOf, link: Link): MediatedEffect[] {
  const control = controlArm(study);
  const equations = control < 0 ? null : equationsOf(study, design, cellsOf, link);
  const fits =
    equations &&
    ([leastSquares(modelRows(equations.first.model)), leastSquares(modelRows(equations.second.model))] as const);
  return study.arms.flatMap(({ id }, arm) => {
    if (arm === control) return [];
    const status: Status =
      control < 0 ? "no-control-arm" : equations === null ? "no-data" : statusOf(study, equations, arm);
    const numbers =
      status === "estimated" && equations !== null && fits !== null
        ? numbersOf(study, equations, fits, arm)
        : nothing(status === "estimated" ? "no-data" : status, equations?.leaders ?? 0);
    return [
      {
        mediator: link.mediator.scale,
        mediatorRater: link.mediator.rater,
        mediatorWave: study.waves[link.mediatorWave]!.id,
        outcome: link.outcome.scale,
        rater: link.outcome.rater,
        wave: study.waves[link.wave]!.id,
        arm: id,
        reference: study.arms[control]?.id ?? "",
        ...numbers,
        note: noteIn(link, numbers.status),
      },
    ];
  });
}

/**
 * The chains of effects of the plan, explored by the product of coefficients with its Monte-Carlo interval: the leader's
 * mean of the mediator on the arm, and the outcome on arm and mediator, at the follow-up wave after the mediator's (at
 * the same wave where there is one only). Both equations have the ANCOVA's columns, the second also the mediator's
 * baseline; both are fitted to the leaders that are in both. `indirect` and `direct` add up to the arm's effect on these
 * leaders nearly, not exactly. Empty for a study without arms or chains.
 */
export function mediation(study: Study, design: Design, cellsOf: CellsOf): readonly MediatedEffect[] {
  return linksOf(study, study.plan.mediation).flatMap((link) => effectsOf(study, design, cellsOf, link));
}
