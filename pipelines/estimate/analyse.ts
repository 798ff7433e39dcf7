import { availableParallelism } from "node:os";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { Design } from "../../src/estimation/design/design.ts";
import type { Draws } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import { mediation } from "../../src/estimation/inference/mediation.ts";
import { preTrends } from "../../src/estimation/inference/pre-trends.ts";
import { specificationCurve } from "../../src/estimation/inference/specification-curve.ts";
import { subgroups } from "../../src/estimation/inference/subgroups.ts";
import { markDesign } from "../../src/estimation/mark-design.ts";
import { markPlanned } from "../../src/estimation/mark-planned.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import { intendedPerceived } from "../../src/estimation/ratings/compare-ratings.ts";
import { allocationFound } from "../../src/estimation/trial/allocation.ts";
import { attrition } from "../../src/estimation/trial/attrition.ts";
import { attritionBounds } from "../../src/estimation/trial/attrition-bounds.ts";
import { balance } from "../../src/estimation/trial/balance.ts";
import { balanceTest } from "../../src/estimation/trial/balance-test.ts";
import { changeArrows } from "../../src/estimation/trial/change-arrows.ts";
import { clusterItems } from "../../src/estimation/trial/cluster-items.ts";
import { flow } from "../../src/estimation/trial/flow.ts";
import { response } from "../../src/estimation/trial/response.ts";
import { responseBounds } from "../../src/estimation/trial/response-bounds.ts";
import { responseLeeBounds } from "../../src/estimation/trial/response-lee-bounds.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { planHash } from "../../src/study/plan-hash.ts";
import type { PlanLock } from "../../src/study/plan-lock.ts";
import type { Outcome, Study } from "../../src/study/study.ts";
import { allocations, departedLeaders, placements, type RosterRow, roster } from "../../src/tables/roster.ts";
import { responseCounts } from "../../src/tables/scored.ts";
import type { Row } from "../../src/tables/table.ts";
import type { Progress } from "../stage.ts";
import { plannedOutcomes } from "../summarize/columns.ts";
import { readCells } from "./cells.ts";
import { openDrawPool } from "./draw-pool.ts";
import { measureInvariance } from "./invariance.ts";
import { readScoreCounts } from "./score-counts.ts";

const distinct = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== null))].sort();

type Placement = Row<typeof placements>;

/** Index of each leader's unit at one level of the organisation, −1 for none. */
const unitsAt = (level: string, rows: readonly RosterRow[], placed: readonly Placement[]): Int32Array => {
  const unitOf = new Map(placed.flatMap((one) => (one.level === level ? [[one.leader, one.unit] as const] : [])));
  const units = placesIn(distinct([...unitOf.values()]));
  return Int32Array.from(rows, ({ leader }) => units.get(unitOf.get(leader) ?? "") ?? -1);
};

const placesIn = (names: readonly string[]): ReadonlyMap<string, number> =>
  new Map(names.map((name, place) => [name, place]));

/** What was given to an arm whole: the leader where nothing above was. */
const clustersOf = (rows: readonly RosterRow[]) => {
  const units = placesIn(distinct(rows.map((row) => row.allocation_unit)));
  if (units.size === 0) return { cluster: Int32Array.from(rows, (_, leader) => leader), clusters: rows.length };
  return { cluster: Int32Array.from(rows, (row) => units.get(row.allocation_unit ?? "") ?? -1), clusters: units.size };
};

/** Who is in which arm, block, class and unit. */
export const designOf = (study: Study, rows: readonly RosterRow[], placed: readonly Placement[]): Design => {
  const blocks = distinct(rows.map(({ block }) => block));
  const classes = distinct(rows.map((row) => row.class));
  return {
    leaders: rows.map(({ leader }) => leader),
    arm: Int32Array.from(rows, ({ arm }) => study.arms.findIndex(({ id }) => id === arm)),
    block: Int32Array.from(rows, ({ block }) => (block === null ? -1 : blocks.indexOf(block))),
    blocks,
    class: Int32Array.from(rows, (row) => (row.class === null ? -1 : classes.indexOf(row.class))),
    classes,
    ...clustersOf(rows),
    levels: new Map(study.organisation.map((level) => [level, unitsAt(level, rows, placed)])),
    attended: Float64Array.from(rows, ({ attended }) => attended ?? Number.NaN),
  };
};

const figureOutcomes = (study: Study): { readonly x: Outcome; readonly y: Outcome } | null =>
  study.figure && {
    x: { scale: study.figure.x, rater: "employee" },
    y: { scale: study.figure.y, rater: "employee" },
  };

/** Every scale as leaders and as employees rate it. */
const ratings = (study: Study): readonly Outcome[] =>
  study.instrument.scales
    .filter(({ kind }) => kind !== "difference")
    .flatMap(({ id }) => (["self", "employee"] as const).map((rater) => ({ scale: id, rater })));

const alphaIn =
  (measured: readonly ScaleMeasurement[]) =>
  (scale: string, wave: string): number | null =>
    measured.find((one) => one.scale === scale && one.wave === wave && one.rater === "self")?.alpha ?? null;

const analyse = async (
  vault: Vault,
  study: Study,
  measured: readonly ScaleMeasurement[],
  draws: Draws,
): Promise<Analysis> => {
  const rows = await read(vault, roster, "pipelines/estimate/leaders.sql");
  const responses = await read(vault, responseCounts, "pipelines/estimate/responses.sql");
  const design = designOf(study, rows, await read(vault, placements, "pipelines/estimate/placements.sql"));
  const figure = figureOutcomes(study);
  const outcomes = [...plannedOutcomes(study), ...(figure ? [figure.x, figure.y] : []), ...ratings(study)];
  const cellsOf = await readCells(vault, study, outcomes, design.leaders);
  const primary = study.plan.primary[0];
  const analysed = primary ? (cellsOf(primary, "complete") ?? cellsOf(primary, "all")) : null;
  return {
    plan: { hash: planHash(study), locked: null, lockedAfter: [] },
    allocation: allocationFound(
      study,
      design,
      (await read(vault, allocations, "pipelines/estimate/allocation.sql"))[0],
      rows,
      await read(vault, departedLeaders, "pipelines/estimate/departed-leaders.sql"),
    ),
    invariance: await measureInvariance(vault, study),
    ...(await estimateEffects(study, design, cellsOf, draws)),
    preTrends: await preTrends(study, design, cellsOf),
    bounds: attritionBounds(study, design, cellsOf),
    mediation: mediation(study, design, cellsOf),
    intendedPerceived: intendedPerceived({ study, design, cellsOf, alphaOf: alphaIn(measured) }),
    arrows: figure ? changeArrows(study, design, cellsOf(figure.x, "all"), cellsOf(figure.y, "all")) : [],
    flow: { arms: flow({ study, design, roster: rows, responses, analysed }) },
    balance: balance(study, design, rows, cellsOf),
    balanceTest: balanceTest(study, design, rows, cellsOf),
    attrition: attrition(study, design, rows, responses),
    clusters: clusterItems(study, design, cellsOf),
    response: response(study, design, rows, responses),
    responseBounds: responseBounds(study, design, cellsOf, rows, responses),
    responseLeeBounds: responseLeeBounds(study, design, await readScoreCounts(vault, study), rows, responses),
    subgroups: subgroups(study, design, cellsOf),
    specificationCurve: await specificationCurve(study, design, cellsOf, draws),
  };
};

/** The whole analysis of a study, with what of it was planned and whether its arms were drawn. */
export const analyseStudy = async (
  vault: Vault,
  study: Study,
  measured: readonly ScaleMeasurement[],
  lock: PlanLock | null,
  progress: Progress,
): Promise<Analysis> => {
  progress("effects", 0);
  await using pool = openDrawPool(availableParallelism(), (share) => progress("draws", share));
  return markPlanned(study, lock, markDesign(study, await analyse(vault, study, measured, pool.draws)));
};
