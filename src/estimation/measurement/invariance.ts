import { chiSquareUpper } from "../../stats/distribution/distributions.ts";
import {
  factorInvariance,
  type InvarianceFit,
  invarianceLevels,
  type NoFit,
} from "../../stats/measurement/confirmatory-factor.ts";
import type { PatternMoments } from "../../stats/measurement/factor-moments.ts";
import type { Rater, Study } from "../../study/study.ts";
import { statusSentence } from "../design/notes.ts";
import type { Status } from "../design/status.ts";
import { type Comparison, comparisons } from "./invariance-groups.ts";
import { asGroup, completeMoments, type ItemMoments, incomplete, itemsAnswered } from "./item-moments.ts";

/** One step of measurement invariance of a scale over groups: a multi-group one-factor model, by maximum likelihood. */
export interface Invariance {
  readonly scale: string;
  readonly over: "wave" | "arm" | "rater";
  /** What is the same for all groups; null where `over` is that. */
  readonly rater: Rater | null;
  readonly wave: string | null;
  /** Respondents who answered all items that are compared. */
  readonly groups: readonly { readonly group: string; readonly n: number }[];
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
  readonly groups: readonly { readonly group: string; readonly moments: PatternMoments }[];
  readonly dropped: number;
  readonly notes: readonly string[];
}

const named = (text: string, names: readonly string[]): readonly string[] =>
  names.length > 0 ? [`${text}: ${names.join(", ")}.`] : [];

/** Complete answers to the items that every group was asked, of the groups with more respondents than items. */
function sampleOf({ scale, groups }: Comparison): Sample {
  const ids = scale.items.map(({ id }) => id);
  const asked = groups.map(({ cells }) => itemsAnswered(cells, ids.length));
  const kept = [...ids.keys()].filter((i) => asked.every((answered) => answered[i]));
  const found = groups.map(({ group, cells }) => ({ group, moments: completeMoments(cells, kept) }));
  const enough = found.flatMap(({ group, moments }) =>
    moments !== null && moments.n > kept.length ? [{ group, moments }] : [],
  );
  const small = found.filter(({ group }) => !enough.some((one) => one.group === group)).map(({ group }) => group);
  const dropped = groups.reduce((sum, { cells }) => sum + incomplete(cells, kept), 0);
  return {
    items: kept.map((i) => ids[i]!),
    groups: enough,
    dropped,
    notes: [
      ...named(
        "Not answered in every group and left out",
        ids.filter((_, i) => !kept.includes(i)),
      ),
      ...named("Fewer respondents who answered all items than a model needs, left out", small),
      ...(dropped > 0 ? [`${dropped} respondents without answers to all items left out.`] : []),
    ],
  };
}

/** Items that everybody in some group answers alike. */
function constantItems({ items, groups }: Sample): readonly string[] {
  const order = items.length;
  return items.filter((_, i) =>
    groups.some(({ moments: { covariance, means } }) => covariance[i * order + i]! <= 1e-12 * (1 + means[i]! ** 2)),
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
  groups.some(({ moments }) => moments.n <= smallGroup) &&
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

type Step = Omit<Invariance, "scale" | "over" | "rater" | "wave" | "groups">;

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

function stepsOf(sample: Sample): readonly Step[] {
  const refused = notEstimable(sample);
  if (refused !== null) return invarianceLevels.map((level) => without(level, refused.status, refused.notes));
  const fits = factorInvariance(
    sample.groups.map(({ moments }) => asGroup(moments)),
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
 * of one factor (Meredith 1993), from complete answers. χ² takes respondents as independent.
 */
export const invariance = (study: Study, moments: readonly ItemMoments[]): readonly Invariance[] =>
  comparisons(study, moments).flatMap((comparison) => {
    const { scale, over, rater, wave } = comparison;
    const sample = sampleOf(comparison);
    const groups = sample.groups.map(({ group, moments: { n } }) => ({ group, n }));
    return stepsOf(sample).map((step) => ({ scale: scale.id, over, rater, wave, groups, ...step }));
  });
