import type { Parameters } from "../../src/store/vault.ts";
import type { Covariate, Estimator, Outcome, Study } from "../../src/study/study.ts";
import type { modelColumns } from "../../src/tables/moments.ts";
import { resolution } from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";

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

export const plannedOutcomes = ({ plan }: Study): readonly Outcome[] => [
  ...plan.primary,
  ...plan.secondary,
  ...plan.mediation.flatMap(({ mediator, outcome }) => [mediator, outcome]),
];

/** Name of an outcome in the vault, where a difference has no rater. */
export const outcomeName = ({ rater, scale }: Outcome): string => `${rater ?? ""} ${scale}`;

export const withLevel = ({ level }: ModelColumn): boolean => level !== null;

export const placesOf = (columns: readonly ModelColumn[]) =>
  columns.map(({ place, covariate }) => ({ place, covariate }));

/** Bound parameters of model columns by their place. */
export const columnParameters = (columns: readonly ModelColumn[]): Parameters =>
  Object.fromEntries(
    columns.flatMap(({ place, level, low, high }): [string, number][] =>
      level === null
        ? [
            [`low_${place}`, low],
            [`high_${place}`, high],
          ]
        : [[`level_${place}`, level]],
    ),
  );

/** What the queries of moments repeat: model columns by where they come from, then the score, and their products. */
export const momentColumns = (study: Study, columns: readonly ModelColumn[], { rater, scale }: Outcome) => {
  const own = columns.filter(({ source }) => source === rater);
  const others = columns.filter(({ source }) => source !== rater);
  const last = columns.length + 1;
  const places = Array.from({ length: last }, (_, index) => index + 1);
  const products = places.flatMap((i) => places.slice(i - 1).map((j) => ({ i, j })));
  const byRow = (place: number): boolean => others.every((column) => column.place !== place);
  return {
    repeats: {
      numbers: placesOf(own.filter((column) => !withLevel(column))),
      codes: placesOf(own.filter(withLevel)),
      others: placesOf(others),
      score: [{ scale: study.instrument.scales.findIndex(({ id }) => id === scale) + 1, place: last }],
      joined: columns.length > 0 ? [{ place: last }] : [],
      columns: places.map((place) => ({ place })),
      products,
      rows: places.filter(byRow).map((place) => ({ place })),
      row_products: products.filter(({ i, j }) => byRow(i) && byRow(j)),
      mixed_products: products
        .filter(({ i, j }) => byRow(i) !== byRow(j))
        .map(({ i, j }) => (byRow(i) ? { i, j, constant: j, row: i } : { i, j, constant: i, row: j })),
      constant_products: products.filter(({ i, j }) => !byRow(i) && !byRow(j)),
    },
    parameters: { ...columnParameters(own), ...(own.length > 0 ? { resolution } : {}) },
  };
};

export const plansEstimator = ({ plan }: Study, estimator: Estimator): boolean =>
  plan.estimator === estimator || plan.robustness.includes(estimator);
