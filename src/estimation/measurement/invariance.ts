import { chiSquareUpper } from "../../stats/distribution/distributions.ts";
import { answeringClusters } from "../../stats/measurement/cluster-gradients.ts";
import { clusterRobustTests } from "../../stats/measurement/cluster-robust-fit.ts";
import {
  factorInvariance,
  type InvarianceFit,
  invarianceLevels,
  type NoFit,
} from "../../stats/measurement/confirmatory-factor.ts";
import { respondents } from "../../stats/measurement/factor-moments.ts";
import type { ItemScale } from "../../study/items.ts";
import type { Rater, Study } from "../../study/study.ts";
import { statusSentence } from "../design/notes.ts";
import type { Status } from "../design/status.ts";
import { comparisons } from "./invariance-groups.ts";
import { constantItems, named, type Sample, sampleOf } from "./invariance-sample.ts";
import type { ItemMoments } from "./item-moments.ts";
import type { LeaderItems } from "./leader-items.ts";

/** One step of measurement invariance of a scale over groups: a multi-group one-factor model, by maximum likelihood. */
export interface Invariance {
  readonly scale: string;
  readonly over: "wave" | "arm" | "rater";
  /** What is the same for all groups; null where `over` is that. */
  readonly rater: Rater | null;
  readonly wave: string | null;
  /** Respondents who answered any of the items that are compared. */
  readonly groups: readonly { readonly group: string; readonly n: number }[];
  /**
   * `ml`: some of them did not answer all items, and count with those that they did (full-information maximum likelihood,
   * which takes what is missing as missing at random); `none`: all answered all.
   */
  readonly missing: "ml" | "none";
  readonly level: "configural" | "metric" | "scalar";
  readonly chiSquared: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly cfi: number | null;
  readonly rmsea: number | null;
  /** Against the level before; of RMSEA null where that has no degrees of freedom, and an RMSEA of 0 by definition. */
  readonly changeCfi: number | null;
  readonly changeRmsea: number | null;
  /** Of the rise of chi-squared against the level before; too small where respondents share a leader. */
  readonly changeP: number | null;
  readonly clustered: ClusteredFit | null;
  /**
   * True: CFI falls by at most 0.010 and RMSEA rises by at most 0.015 (Chen 2007), and the level before holds too.
   * False: one of them changes by more, and chi-squared by more than chance too, or the level before does not hold. Null
   * at the configural level, and where the fit changes by more, but within chance. Chance is that of `clustered`, or of
   * independent respondents where there is none.
   */
  readonly holds: boolean | null;
  readonly status: Status;
  readonly note: string;
}

/** χ² with leaders as clusters; null in an `Invariance` where it cannot be had. */
export interface ClusteredFit {
  /** Leaders who have answers in any of the groups. */
  readonly leaders: number;
  /** By how much χ² of independent respondents is too large. */
  readonly scale: number;
  readonly chiSquared: number;
  readonly p: number;
  readonly changeP: number | null;
}

/** Largest fall of CFI and rise of RMSEA that Chen (2007) allows, and allows groups of at most 300. */
const allowed = { cfi: 0.01, rmsea: 0.015 };
const allowedInSmallGroups = { cfi: 0.005, rmsea: 0.01 };
const smallGroup = 300;

const reasons: Readonly<Record<NoFit, { readonly status: Status; readonly text: string }>> = {
  "too-few-items": { status: "too-few-items", text: statusSentence["too-few-items"] },
  singular: { status: "not-identified", text: "In some group one item follows from the others." },
  "not-converged": { status: "not-converged", text: statusSentence["not-converged"] },
};

const nothing = {
  chiSquared: null,
  df: null,
  p: null,
  cfi: null,
  rmsea: null,
  changeCfi: null,
  changeRmsea: null,
  changeP: null,
  clustered: null,
  holds: null,
} as const;

function negativeResiduals({ groups }: InvarianceFit, sample: Sample): readonly string[] {
  return groups.flatMap(({ residuals }, g) =>
    sample.items.filter((_, i) => residuals[i]! < 0).map((item) => `${item} (${sample.groups[g]!.group})`),
  );
}

type Change = Pick<Invariance, "changeCfi" | "changeRmsea" | "changeP" | "holds">;

/** Level of the test of a rise of chi-squared. */
const chance = 0.05;

/** Against the level before; `robustP` is that of the rise of chi-squared with leaders as clusters. */
function changeFrom(before: InvarianceFit | NoFit | undefined, fit: InvarianceFit, robustP: number | null): Change {
  if (before === undefined || typeof before === "string")
    return { changeCfi: null, changeRmsea: null, changeP: null, holds: null };
  const changeCfi = fit.cfi - before.cfi;
  const changeRmsea = before.df > 0 ? fit.rmsea - before.rmsea : null;
  const changeP = chiSquareUpper(Math.max(0, fit.chiSquared - before.chiSquared), fit.df - before.df);
  const within = changeCfi >= -allowed.cfi && (changeRmsea === null || changeRmsea <= allowed.rmsea);
  return { changeCfi, changeRmsea, changeP, holds: within ? true : (robustP ?? changeP) < chance ? false : null };
}

/** A level holds no better than the one that it rests on. */
const resting = (on: boolean | null, own: boolean | null): boolean | null =>
  on === false || own === false ? false : on === null ? null : own;

/** Holds by the usual limits only, where groups are small. */
const holdsNarrowly = ({ changeCfi, changeRmsea, holds }: Change, { groups }: Sample): boolean =>
  holds === true &&
  groups.some(({ moments }) => respondents(moments) <= smallGroup) &&
  (changeCfi! < -allowedInSmallGroups.cfi || (changeRmsea ?? 0) > allowedInSmallGroups.rmsea);

const undecided =
  "The fit changes by more than the limits allow, but not by more than chance: too few respondents to tell.";

const independent =
  "Respondents count as independent in chi-squared, so p is too small where they share a leader or answer again; judge by the changes of CFI and RMSEA.";
const robust =
  "Respondents count as independent in chi-squared; the one with leaders as clusters says what is more than chance.";
/** In simulations the rejections of a true model at 5 % were then 6 to 18 %. */
const fewLeaders = 50;
const rough = `Fewer than ${fewLeaders} leaders: chi-squared with leaders as clusters rejects somewhat too often.`;

function notesOf(
  fit: InvarianceFit,
  change: Change,
  clustered: ClusteredFit | null,
  sample: Sample,
): readonly string[] {
  return [
    ...sample.notes,
    ...named("Residual variance below zero", negativeResiduals(fit, sample)),
    ...(fit.df === 0
      ? [
          "Three items fit one factor exactly: the configural level tests nothing, and the metric one is judged by CFI alone.",
        ]
      : []),
    ...(holdsNarrowly(change, sample)
      ? ["Would not hold by the limits for groups of at most 300 (CFI 0.005, RMSEA 0.010)."]
      : []),
    ...(change.changeP !== null && change.holds === null ? [undecided] : []),
    ...(clustered === null ? [independent] : clustered.leaders < fewLeaders ? [robust, rough] : [robust]),
  ];
}

type Step = Omit<Invariance, "scale" | "over" | "rater" | "wave" | "groups" | "missing">;

function without(level: Invariance["level"], status: Status, notes: readonly string[]): Step {
  return { level, ...nothing, status, note: notes.join(" ") };
}

/** Why a sample cannot be compared; null where it can. */
function notEstimable(sample: Sample): { readonly status: Status; readonly notes: readonly string[] } | null {
  const { items, groups, notes } = sample;
  const because = (status: Status) => ({ status, notes: [...notes, statusSentence[status]] });
  if (items.length < 3) return because("too-few-items");
  if (groups.length < 2) return because("too-few-respondents");
  const constant = constantItems(sample);
  if (constant.length === 0) return null;
  return { status: "no-variation", notes: [...notes, ...named("Answered alike by everybody in a group", constant)] };
}

/** χ² with leaders as clusters by level. */
function clusteredFits(sample: Sample, fits: readonly (InvarianceFit | NoFit)[]): readonly (ClusteredFit | null)[] {
  const groups = sample.groups.map(({ clustered }) => clustered);
  const moments = sample.groups.map((group) => group.moments);
  const leaders = answeringClusters(groups, sample.clusters);
  const tests = clusterRobustTests(moments, sample.items.length, fits, { clusters: sample.clusters, groups });
  return tests.map((test) => {
    if (test === null) return null;
    const { scale, chiSquared, p, change } = test;
    return { leaders, scale, chiSquared, p, changeP: change?.p ?? null };
  });
}

function stepsOf(sample: Sample): readonly Step[] {
  const refused = notEstimable(sample);
  if (refused !== null) return invarianceLevels.map((level) => without(level, refused.status, refused.notes));
  const fits = factorInvariance(
    sample.groups.map(({ moments }) => moments),
    sample.items.length,
  );
  const robust = clusteredFits(sample, fits);
  let on: boolean | null = true;
  return invarianceLevels.map((level, k) => {
    const fit = fits[k]!;
    if (typeof fit === "string") return without(level, reasons[fit].status, [...sample.notes, reasons[fit].text]);
    const clustered = robust[k]!;
    const found = changeFrom(fits[k - 1], fit, clustered?.changeP ?? null);
    const change = { ...found, holds: level === "configural" ? null : resting(on, found.holds) };
    if (level !== "configural") on = change.holds;
    const { chiSquared, df, p, cfi, rmsea } = fit;
    const note = notesOf(fit, change, clustered, sample).join(" ");
    return { level, chiSquared, df, p, cfi, rmsea, ...change, clustered, status: "estimated", note };
  });
}

/**
 * Whether a scale of items measures the same over waves, arms and raters: configural, metric and scalar invariance of
 * one factor (Meredith 1993), from all answers to the items that every group was asked. χ² takes respondents as
 * independent, and beside it stands the one that has leaders as clusters.
 */
export const invariance = (
  study: Study,
  scale: ItemScale,
  moments: readonly ItemMoments[],
  leaders: LeaderItems,
): readonly Invariance[] =>
  comparisons(study, scale, moments).flatMap((comparison) => {
    const { over, rater, wave } = comparison;
    const sample = sampleOf(comparison, leaders);
    const groups = sample.groups.map(({ group, moments }) => ({ group, n: respondents(moments) }));
    const missing = sample.incomplete > 0 ? "ml" : "none";
    return stepsOf(sample).map((step) => ({ scale: scale.id, over, rater, wave, groups, missing, ...step }));
  });
