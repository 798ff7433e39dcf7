import { chiSquareUpper } from "../../stats/distribution/distributions.ts";
import {
  factorInvariance,
  type InvarianceFit,
  invarianceLevels,
  type NoFit,
} from "../../stats/measurement/confirmatory-factor.ts";
import { availableMoments, type GroupMoments, respondents } from "../../stats/measurement/factor-moments.ts";
import { pairCounts } from "../../stats/measurement/saturated-moments.ts";
import type { Rater, Study } from "../../study/study.ts";
import { statusSentence } from "../design/notes.ts";
import type { Status } from "../design/status.ts";
import { type Comparison, comparisons } from "./invariance-groups.ts";
import { groupMoments, type ItemMoments, incomplete, itemsAnswered } from "./item-moments.ts";

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
  /**
   * True: CFI falls by at most 0.010 and RMSEA rises by at most 0.015 (Chen 2007), and the level before holds too.
   * False: one of them changes by more, and chi-squared by more than chance too, or the level before does not hold. Null
   * at the configural level, and where the fit changes by more, but within chance.
   */
  readonly holds: boolean | null;
  readonly status: Status;
  readonly note: string;
}

/** Largest fall of CFI and rise of RMSEA that Chen (2007) allows, and allows groups of at most 300. */
const allowed = { cfi: 0.01, rmsea: 0.015 };
const allowedInSmallGroups = { cfi: 0.005, rmsea: 0.01 };
const smallGroup = 300;

interface Sample {
  readonly items: readonly string[];
  readonly groups: readonly { readonly group: string; readonly moments: GroupMoments }[];
  readonly incomplete: number;
  readonly notes: readonly string[];
}

const named = (text: string, names: readonly string[]): readonly string[] =>
  names.length > 0 ? [`${text}: ${names.join(", ")}.`] : [];

/** Answers to the items that every group was asked, of the groups in which more respondents than items answered any two. */
function sampleOf({ scale, groups }: Comparison): Sample {
  const ids = scale.items.map(({ id }) => id);
  const asked = groups.map(({ cells }) => itemsAnswered(cells, ids.length));
  const kept = [...ids.keys()].filter((i) => asked.every((answered) => answered[i]));
  const found = groups.map(({ group, cells }) => ({ group, moments: groupMoments(cells, kept) }));
  const order = kept.length;
  const enough = found.filter(({ moments }) => pairCounts(moments, order).every((n) => n > order));
  const small = found.filter((one) => !enough.includes(one)).map(({ group }) => group);
  const unanswered = enough.reduce((sum, { moments }) => sum + incomplete(moments, order), 0);
  return {
    items: kept.map((i) => ids[i]!),
    groups: enough,
    incomplete: unanswered,
    notes: [
      ...named(
        "Not answered in every group and left out",
        ids.filter((_, i) => !kept.includes(i)),
      ),
      ...named("Fewer respondents who answered two items together than a model needs, left out", small),
      ...(unanswered > 0
        ? [`${unanswered} respondents without answers to all items count with those they gave, as missing at random.`]
        : []),
    ],
  };
}

/** Items that everybody in some group answers alike. */
function constantItems({ items, groups }: Sample): readonly string[] {
  const order = items.length;
  const available = groups.map(({ moments }) => availableMoments(moments, order));
  return items.filter((_, i) =>
    available.some(({ covariance, means }) => covariance[i * order + i]! <= 1e-12 * (1 + means[i]! ** 2)),
  );
}

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

function changeFrom(before: InvarianceFit | NoFit | undefined, fit: InvarianceFit): Change {
  if (before === undefined || typeof before === "string")
    return { changeCfi: null, changeRmsea: null, changeP: null, holds: null };
  const changeCfi = fit.cfi - before.cfi;
  const changeRmsea = before.df > 0 ? fit.rmsea - before.rmsea : null;
  const changeP = chiSquareUpper(Math.max(0, fit.chiSquared - before.chiSquared), fit.df - before.df);
  const within = changeCfi >= -allowed.cfi && (changeRmsea === null || changeRmsea <= allowed.rmsea);
  return { changeCfi, changeRmsea, changeP, holds: within ? true : changeP < chance ? false : null };
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

const clustered =
  "Respondents count as independent in chi-squared, so p is too small where they share a leader or answer again; judge by the changes of CFI and RMSEA.";

function notesOf(fit: InvarianceFit, change: Change, sample: Sample): readonly string[] {
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
    clustered,
  ];
}

type Step = Omit<Invariance, "scale" | "over" | "rater" | "wave" | "groups" | "missing">;

function without(level: Invariance["level"], status: Status, notes: readonly string[]): Step {
  return { level, ...nothing, status, note: notes.join(" ") };
}

/** Why a sample cannot be compared; null where it can. */
function obstacle(sample: Sample): { readonly status: Status; readonly notes: readonly string[] } | null {
  const { items, groups, notes } = sample;
  const because = (status: Status) => ({ status, notes: [...notes, statusSentence[status]] });
  if (items.length < 3) return because("too-few-items");
  if (groups.length < 2) return because("too-few-respondents");
  const constant = constantItems(sample);
  if (constant.length === 0) return null;
  return { status: "no-variation", notes: [...notes, ...named("Answered alike by everybody in a group", constant)] };
}

function stepsOf(sample: Sample): readonly Step[] {
  const refused = obstacle(sample);
  if (refused !== null) return invarianceLevels.map((level) => without(level, refused.status, refused.notes));
  const fits = factorInvariance(
    sample.groups.map(({ moments }) => moments),
    sample.items.length,
  );
  let on: boolean | null = true;
  return invarianceLevels.map((level, k) => {
    const fit = fits[k]!;
    if (typeof fit === "string") return without(level, reasons[fit].status, [...sample.notes, reasons[fit].text]);
    const found = changeFrom(fits[k - 1], fit);
    const change = { ...found, holds: level === "configural" ? null : resting(on, found.holds) };
    if (level !== "configural") on = change.holds;
    const { chiSquared, df, p, cfi, rmsea } = fit;
    const note = notesOf(fit, change, sample).join(" ");
    return { level, chiSquared, df, p, cfi, rmsea, ...change, status: "estimated", note };
  });
}

/**
 * Whether each scale of items measures the same over waves, arms and raters: configural, metric and scalar invariance
 * of one factor (Meredith 1993), from all answers to the items that every group was asked. χ² takes respondents as
 * independent.
 */
export const invariance = (study: Study, moments: readonly ItemMoments[]): readonly Invariance[] =>
  comparisons(study, moments).flatMap((comparison) => {
    const { scale, over, rater, wave } = comparison;
    const sample = sampleOf(comparison);
    const groups = sample.groups.map(({ group, moments }) => ({ group, n: respondents(moments) }));
    const missing = sample.incomplete > 0 ? "ml" : "none";
    return stepsOf(sample).map((step) => ({ scale: scale.id, over, rater, wave, groups, missing, ...step }));
  });
