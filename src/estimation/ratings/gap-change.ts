import { tCritical, tTwoTail } from "../../stats/distribution/distributions.ts";
import { type ModelColumn, modelRows } from "../../stats/moments/model-rows.ts";
import { clusterRobust } from "../../stats/regression/cluster-robust.ts";
import { leastSquares } from "../../stats/regression/least-squares.ts";
import type { Study } from "../../study/study.ts";
import { baselineWave, controlArm, type Design } from "../design/design.ts";
import { inAll, type LeaderMeansOf, valuesOf } from "../design/leader-means.ts";
import type { Status } from "../design/status.ts";

/** A change, or a difference between two arms' changes; without variation there is no standard error. */
export interface ChangePart {
  readonly estimate: number;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Who moved: change of the gap since the baseline = change of intended − change of perceived, as each arm's mean change
 * over its leaders less the reference's. In a study without arms, `arm` and `reference` are null and it is the mean
 * change itself. Only leaders with all four measures count, each once.
 */
export interface GapChange {
  readonly arm: string | null;
  readonly reference: string | null;
  readonly leaders: { readonly arm: number; readonly reference: number };
  readonly gap: ChangePart | null;
  readonly intended: ChangePart | null;
  readonly perceived: ChangePart | null;
  readonly status: Status;
}

/** Change of both ratings per leader, and who that is. */
interface Changes {
  readonly leaders: Int32Array;
  readonly intended: Float64Array;
  readonly perceived: Float64Array;
}

function changesOf(meansOf: LeaderMeansOf, scale: string, baseline: number, wave: number): Changes {
  const all = (["self", "employee"] as const).flatMap((rater) =>
    [baseline, wave].map((at) => meansOf({ scale, rater }, at)),
  );
  const leaders = inAll(all);
  const [ownBefore, ownAfter, before, after] = all.map((means) => valuesOf(means, leaders));
  return {
    leaders,
    intended: ownAfter!.map((value, g) => value - ownBefore![g]!),
    perceived: after!.map((value, g) => value - before![g]!),
  };
}

/**
 * Coefficient `at` of the regression on indicators of groups (the first is the reference, whose mean is the intercept),
 * with CR2 errors over the units of allocation and Satterthwaite degrees of freedom: HC2 where leaders were drawn.
 */
function contrastOf(
  values: Float64Array,
  { cluster, clusters }: Pick<Design, "cluster" | "clusters">,
  group: Int32Array,
  groups: number,
  at: number,
  confidence: number,
): ChangePart {
  const order = Int32Array.from(values, (_, g) => g);
  const columns = Array.from(
    { length: groups },
    (_, code): ModelColumn =>
      code === 0
        ? { name: "0", kind: "numbers", values: new Float64Array(values.length).fill(1) }
        : { name: `${code}`, kind: "indicator", codes: group, code },
  );
  const cells = {
    columns: ["change"],
    shift: new Float64Array(1),
    leader: order,
    wave: new Int32Array(values.length),
    n: new Float64Array(values.length).fill(1),
    sums: values,
    products: values.map((value) => value * value),
    dropped: 0,
  };
  const fit = leastSquares(modelRows({ cells, cluster, clusters, columns, level: "rows" }));
  const contrast = Float64Array.from(fit.columns, (name) => Number(name === `${at}`));
  const { estimate, variance, df } = clusterRobust(fit, "CR2", [contrast]).contrasts[0]!;
  const size = values.reduce((sum, value) => sum + value * value, 0);
  if (!(variance > 1e-24 * size)) return { estimate, se: null, df: null, p: null, low: null, high: null };
  const se = Math.sqrt(variance);
  const half = tCritical(1 - confidence, df) * se;
  return { estimate, se, df, p: tTwoTail(estimate / se, df), low: estimate - half, high: estimate + half };
}

const missing = (status: Status): Omit<GapChange, "arm" | "reference" | "leaders"> => ({
  gap: null,
  intended: null,
  perceived: null,
  status,
});

/** The three parts of coefficient `at`; the gap's estimate is the difference of the other two, to the last digit. */
function partsOf(
  { leaders, intended, perceived }: Changes,
  design: Design,
  { group, groups, at }: { readonly group: Int32Array; readonly groups: number; readonly at: number },
  confidence: number,
) {
  const units = { cluster: leaders.map((leader) => design.cluster[leader]!), clusters: design.clusters };
  const part = (values: Float64Array) => contrastOf(values, units, group, groups, at, confidence);
  const [own, employees] = [part(intended), part(perceived)];
  const gaps = intended.map((value, g) => value - perceived[g]!);
  const gap = part(gaps);
  return {
    gap: { ...gap, estimate: own.estimate - employees.estimate },
    intended: own,
    perceived: employees,
    status: "estimated" as const,
  };
}

function withoutArms(changes: Changes, design: Design, confidence: number): readonly GapChange[] {
  const count = changes.leaders.length;
  const head = { arm: null, reference: null, leaders: { arm: count, reference: 0 } };
  if (count < 3) return [{ ...head, ...missing(count === 0 ? "no-data" : "too-few-leaders") }];
  return [{ ...head, ...partsOf(changes, design, { group: new Int32Array(count), groups: 1, at: 0 }, confidence) }];
}

/** Only the leaders of these two arms, the reference as group 0. */
function ofArms({ leaders, intended, perceived }: Changes, design: Design, reference: number, arm: number) {
  const among = (_: number, g: number) => design.arm[leaders[g]!] === reference || design.arm[leaders[g]!] === arm;
  const chosen = leaders.filter(among);
  return {
    changes: { leaders: chosen, intended: intended.filter(among), perceived: perceived.filter(among) },
    group: chosen.map((leader) => Number(design.arm[leader] === arm)),
  };
}

/**
 * The decomposition of one scale's gap at one follow-up wave, an entry per arm but the control, with HC2 standard
 * errors. Empty at the baseline and without one; an arm with fewer than two leaders who have all four measures has a
 * status.
 */
export function gapChanges(study: Study, design: Design, meansOf: LeaderMeansOf, scale: string, wave: number) {
  const { confidence } = study.plan;
  const baseline = baselineWave(study);
  if (wave <= baseline || baseline < 0) return [];
  const changes = changesOf(meansOf, scale, baseline, wave);
  if (study.arms.length === 0) return withoutArms(changes, design, confidence);
  const control = controlArm(study);
  const size = (arm: number) => changes.leaders.filter((leader) => design.arm[leader] === arm).length;
  const others = study.arms.map((_, arm) => arm).filter((arm) => !study.arms[arm]!.control);
  return others.map((arm): GapChange => {
    const leaders = { arm: size(arm), reference: control < 0 ? 0 : size(control) };
    const head = { arm: study.arms[arm]!.id, reference: study.arms[control]?.id ?? null, leaders };
    const fewest = Math.min(leaders.arm, leaders.reference);
    if (control < 0) return { ...head, ...missing("no-control-arm") };
    if (fewest < 2) return { ...head, ...missing(fewest === 0 ? "arm-empty" : "too-few-leaders") };
    const two = ofArms(changes, design, control, arm);
    return { ...head, ...partsOf(two.changes, design, { group: two.group, groups: 2, at: 1 }, confidence) };
  });
}
