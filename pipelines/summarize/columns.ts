import type { Repeats } from "../../src/store/repeat-columns.ts";

import type { Covariate, Estimator, Outcome, Study } from "../../src/study/study.ts";
import type { modelColumns } from "../../src/tables/moments.ts";
import { resolution } from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";
import { scoredScales } from "../catalogue.ts";

export type ModelColumn = Row<typeof modelColumns> & { readonly name: string };

const columnsOf = (covariate: Covariate, index: number): readonly Omit<ModelColumn, "place">[] => {
  const base = { covariate: index, source: covariate.from };
  if (covariate.kind === "numeric")
    return [{ ...base, level: null, low: covariate.low, high: covariate.high, name: covariate.id }];
  return covariate.values
    .slice(1)
    .map(({ code }, place) => ({ ...base, level: place + 1, low: 0, high: 1, name: `${covariate.id}=${code}` }));
};

/**
 * The columns that the plan's covariates make, and a subgroup's where it is another: one per number, one per code after
 * the first.
 */
export const modelColumnsOf = (study: Study, subgroup = ""): readonly ModelColumn[] =>
  study.covariates
    .map((covariate, index) => ({ covariate, index: index + 1 }))
    .filter(({ covariate: { id } }) => study.plan.covariates.includes(id) || id === subgroup)
    .flatMap(({ covariate, index }) => columnsOf(covariate, index))
    .map((column, index) => ({ ...column, place: index + 1 }));

/** Covariates of subgroups that are not among the plan's. */
export const ownSubgroups = ({ plan }: Study): readonly string[] =>
  (plan.subgroups ?? []).filter((id) => !plan.covariates.includes(id));

/** Name of an outcome in the vault, where a difference has no rater. */
export const outcomeName = ({ rater, scale }: Outcome): string => `${rater ?? ""} ${scale}`;

/** Outcomes that the plan names, each once. */
export const plannedOutcomes = ({ plan }: Study): readonly Outcome[] => {
  const chained = plan.mediation.flatMap(({ mediator, outcome }) => [mediator, outcome]);
  const named = [...plan.primary, ...plan.secondary, ...chained];
  return [...new Map(named.map((outcome) => [outcomeName(outcome), outcome])).values()];
};

const placesOf = (columns: readonly ModelColumn[]) => columns.map(({ place, covariate }) => ({ place, covariate }));

const scalePlace = ({ instrument }: Study, { scale }: Outcome): number =>
  instrument.scales.findIndex(({ id }) => id === scale) + 1;

/** What a query of one outcome's scores repeats: the column of its scale. */
export const scoreColumn = (study: Study, outcome: Outcome): Repeats => ({
  score: [{ scale: scalePlace(study, outcome) }],
});

/** What the view of model rows repeats: model columns, by what they are of a covariate, and scores. */
export const rowColumns = (study: Study, columns: readonly ModelColumn[]): Repeats => ({
  covariates: study.covariates.map((_, index) => ({ covariate: index + 1 })),
  numbers: placesOf(columns.filter(({ level }) => level === null)),
  codes: placesOf(columns.filter(({ level }) => level !== null)),
  columns: columns.map(({ place }) => ({ place, resolution })),
  scales: scoredScales(study.instrument).map(({ place }) => ({ scale: place })),
});

/** What the queries of moments repeat: model columns by where they come from, then the score, and their products. */
export const momentColumns = (study: Study, columns: readonly ModelColumn[], outcome: Outcome): Repeats => {
  const own = columns.filter(({ source }) => source === outcome.rater);
  const others = columns.filter(({ source }) => source !== outcome.rater);
  const last = columns.length + 1;
  const places = Array.from({ length: last }, (_, index) => index + 1);
  const products = places.flatMap((i) => places.slice(i - 1).map((j) => ({ i, j })));
  const byRow = (place: number): boolean => others.every((column) => column.place !== place);
  return {
    own: placesOf(own),
    others: placesOf(others),
    score: [{ scale: scalePlace(study, outcome), place: last }],
    joined: columns.length > 0 ? [{ place: last }] : [],
    panel: [],
    subgroup: [],
    columns: places.map((place) => ({ place })),
    products,
    rows: places.filter(byRow).map((place) => ({ place })),
    row_products: products.filter(({ i, j }) => byRow(i) && byRow(j)),
    mixed_products: products
      .filter(({ i, j }) => byRow(i) !== byRow(j))
      .map(({ i, j }) => (byRow(i) ? { i, j, constant: j, row: i } : { i, j, constant: i, row: j })),
    constant_products: products.filter(({ i, j }) => !byRow(i) && !byRow(j)),
  };
};

export const plansEstimator = ({ plan }: Study, estimator: Estimator): boolean =>
  plan.estimator === estimator || plan.robustness.includes(estimator);
