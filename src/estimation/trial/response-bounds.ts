import { modelRows } from "../../stats/moments/model-rows.ts";
import type { Cells } from "../../stats/moments/moments.ts";
import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import { effectInterval } from "../../stats/trial/lee-bounds.ts";
import type { Outcome, Rater, Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { CellsOf } from "../design/cells-of.ts";
import { controlArm, type Design, followUpWaves } from "../design/design.ts";
import type { ResponseCount } from "../design/presence.ts";
import type { NotEstimable, Status } from "../design/status.ts";
import { ancovaModel } from "../model/effect-model.ts";
import { responseOf } from "./response.ts";

/**
 * Between which values an arm's effect on all employees lies, whatever those who did not answer would have said (Horowitz
 * & Manski 2000): at one end every one of them in the arm is at the bottom of the scale and every one of the control arm
 * at its top, at the other end the reverse. ANCOVA on the leader's baseline mean and blocks, without covariates.
 */
export interface ResponseBound {
  readonly outcome: string;
  readonly rater: Rater | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly lowSe: number | null;
  readonly highSe: number | null;
  /** Of the effect itself, wherever it lies between the bounds (Imbens & Manski 2004) with t for normal quantiles, by units of allocation. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Employees of both arms, and how many of them answered. */
  readonly invited: number;
  readonly answered: number;
  readonly status: Status;
}

type Numbers = Omit<ResponseBound, "outcome" | "rater" | "wave" | "arm" | "reference">;

const nothing = (status: NotEstimable): Numbers => ({
  low: null,
  high: null,
  lowSe: null,
  highSe: null,
  interval: null,
  invited: 0,
  answered: 0,
  status,
});

/** The cells of a wave with as many further rows of a leader as did not answer, each with the value of the leader's arm. */
function filled(
  cells: Cells,
  design: Design,
  wave: number,
  absent: Float64Array,
  valueOfArm: readonly number[],
): Cells {
  const shift = cells.shift[0]!;
  const present = new Set(cells.leader.filter((_, c) => cells.wave[c] === wave));
  const silent = [...absent.keys()].filter((leader) => absent[leader]! > 0 && !present.has(leader));
  const leader = Int32Array.from([...cells.leader, ...silent]);
  const waves = Int32Array.from([...cells.wave, ...silent.map(() => wave)]);
  const n = Float64Array.from([...cells.n, ...silent.map(() => 0)]);
  const sums = Float64Array.from([...cells.sums, ...silent.map(() => 0)]);
  const products = Float64Array.from([...cells.products, ...silent.map(() => 0)]);
  leader.forEach((one, c) => {
    const value = valueOfArm[design.arm[one]!];
    if (waves[c] !== wave || value === undefined || Number.isNaN(value)) return;
    n[c]! += absent[one]!;
    sums[c]! += absent[one]! * (value - shift);
    products[c]! += absent[one]! * (value - shift) ** 2;
  });
  return { ...cells, leader, wave: waves, n, sums, products };
}

interface Unanswered {
  readonly study: Study;
  readonly design: Design;
  readonly cells: Cells;
  readonly wave: number;
  readonly absent: Float64Array;
}

/** The arm's effect where those who did not answer have the values of their arm; null where it is not identified. */
function effectAt({ study, design, cells, wave, absent }: Unanswered, arm: number, values: readonly number[]) {
  const all = filled(cells, design, wave, absent, values);
  const { model, effectColumn } = ancovaModel({ study, design, cells: all, unadjusted: cells, wave }, "rows");
  const fit = leastSquares(modelRows(model));
  const name = effectColumn[arm]!;
  if (!fit.columns.includes(name) || fit.dropped.some(({ spannedBy }) => spannedBy.includes(name))) return null;
  const contrast = Float64Array.from(fit.columns, (column) => Number(column === name));
  const type = study.plan.standardErrors;
  const { contrasts, clusters } = clusterRobust(fit, type, [contrast]);
  const { estimate, variance, df } = contrasts[0]!;
  return {
    estimate,
    se: variance >= 0 ? Math.sqrt(variance) : null,
    df: type === "CR2" || type === "CR3" ? df : clusters - 1,
  };
}

/** Lowest and highest score in the reported unit. */
function scaleOf({ instrument }: Study, { scale }: Outcome): { readonly low: number; readonly high: number } | null {
  const found = instrument.scales.find(({ id }) => id === scale);
  if (found === undefined || found.kind === "difference") return null;
  return found.index ? { low: 0, high: 100 } : found;
}

function numbersOf(
  unanswered: Unanswered,
  outcome: Outcome,
  arm: number,
  counts: Pick<Numbers, "invited" | "answered">,
): Numbers {
  const scale = scaleOf(unanswered.study, outcome);
  if (scale === null) return nothing("not-identified");
  const control = controlArm(unanswered.study);
  const answering = (own: number, reference: number): number[] =>
    unanswered.study.arms.map((_, index) => (index === arm ? own : index === control ? reference : Number.NaN));
  const low = effectAt(unanswered, arm, answering(scale.low, scale.high));
  const high = effectAt(unanswered, arm, answering(scale.high, scale.low));
  if (low === null || high === null) return nothing("not-identified");
  const df = Math.min(low.df, high.df);
  const ends = { low: low.estimate, high: high.estimate, lowSe: low.se, highSe: high.se, trims: null, trimmed: 0, df };
  return {
    low: ends.low,
    high: ends.high,
    lowSe: ends.lowSe,
    highSe: ends.highSe,
    interval: effectInterval(ends, unanswered.study.plan.confidence),
    ...counts,
    status: "estimated",
  };
}

/** What headcounts and answers say of those who did not answer at a wave; leaders without a headcount are in no arm. */
function unansweredOf(
  study: Study,
  design: Design,
  cells: Cells,
  wave: number,
  shares: ReturnType<typeof responseOf>["shares"],
): Unanswered {
  const known = new Set(shares.map(({ leader }) => leader));
  const absent = new Float64Array(design.leaders.length);
  const scored = new Map<number, number>();
  cells.leader.forEach((leader, c) => {
    if (cells.wave[c] === wave) scored.set(leader, cells.n[c]!);
  });
  for (const { leader, rows } of shares) absent[leader] = Math.max(0, rows - (scored.get(leader) ?? 0));
  const arm = design.arm.map((own, leader) => (known.has(leader) ? own : -1));
  return { study, design: { ...design, arm }, cells, wave, absent };
}

/** Worst-case bounds of every primary outcome of employees at every follow-up wave. Empty for a study without arms. */
export function responseBounds(
  study: Study,
  design: Design,
  cellsOf: CellsOf,
  roster: readonly RosterRow[],
  responses: readonly ResponseCount[],
): readonly ResponseBound[] {
  const control = controlArm(study);
  const outcomes = study.plan.primary.filter(({ rater }) => rater === "employee");
  return outcomes.flatMap((outcome) =>
    followUpWaves(study).flatMap((wave) => {
      const { shares } = responseOf(design, roster, responses, study.waves[wave]!);
      const cells = cellsOf(outcome, "all");
      const unanswered = cells && unansweredOf(study, design, cells, wave, shares);
      return study.arms.flatMap(({ id }, arm): ResponseBound[] => {
        if (arm === control) return [];
        const own = shares.filter(({ leader }) => [arm, control].includes(design.arm[leader]!));
        const invited = own.reduce((sum, { rows }) => sum + rows, 0);
        const absent = unanswered === null ? 0 : own.reduce((sum, { leader }) => sum + unanswered.absent[leader]!, 0);
        const numbers =
          control < 0
            ? nothing("no-control-arm")
            : unanswered === null || invited === 0
              ? nothing("no-data")
              : numbersOf(unanswered, outcome, arm, { invited, answered: invited - absent });
        const reference = study.arms[control]?.id ?? "";
        const names = { outcome: outcome.scale, rater: outcome.rater, wave: study.waves[wave]!.id, arm: id, reference };
        return [{ ...names, ...numbers }];
      });
    }),
  );
}
