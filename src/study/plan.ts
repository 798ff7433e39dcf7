import { canRate, raterOfScale, readOutcome } from "./outcome.ts";
import { distinct, invalid, type Report, refers } from "./report.ts";
import type { StudyFile } from "./schema.ts";
import type { Path } from "./source.ts";
import type { Covariate, Delivery, Estimator, Outcome, Plan, Rater, Scale, Study } from "./study.ts";

export interface Known {
  readonly scales: readonly Scale[];
  readonly deliveries: readonly Delivery[];
  readonly covariates: readonly Covariate[];
}

/** Scales that are no part of another scale and no difference. */
const standing = (scales: readonly Scale[]): readonly Scale[] => {
  const parts = new Set(scales.flatMap((scale) => (scale.kind === "scales" ? scale.of : [])));
  return scales.filter((scale) => scale.kind !== "difference" && !parts.has(scale.id));
};

const fallback: readonly Rater[] = ["employee", "superior", "self"];

/** Every scale that stands alone, as its first possible rater answers it. */
const defaultPrimary = ({ scales, deliveries }: Known): readonly Outcome[] =>
  standing(scales).flatMap((scale): Outcome[] => {
    if (deliveries.length === 0) return [{ scale: scale.id, rater: "employee" }];
    const first = raterOfScale(scale, scales, deliveries);
    const rater = [first, ...fallback].find((one) => canRate(one, scale, scales, deliveries));
    return rater === undefined ? [] : [{ scale: scale.id, rater }];
  });

const defaultSecondary = ({ scales }: Known): readonly Outcome[] =>
  scales.flatMap(({ id, kind }) => (kind === "difference" ? [{ scale: id, rater: null }] : []));

const checkCovariates = (
  list: "covariates" | "subgroups",
  ids: readonly string[],
  known: Known,
  report: Report,
): void => {
  const path: Path = ["analysis", list];
  const declared = known.covariates.map(({ id }) => id);
  for (const [index, id] of ids.entries()) refers(report, [...path, index], "covariate", id, declared);
  distinct(
    report,
    "covariate",
    ids.map((id, index) => ({ id, path: [...path, index] })),
  );
};

const outcomeKey = ({ scale, rater }: Outcome): string => `${rater ?? ""} ${scale}`;

const readOutcomes = (file: StudyFile, known: Known, report: Report) => {
  const scales = new Map(known.scales.map((scale) => [scale.id, scale]));
  const raterOf = (id: string) => raterOfScale(scales.get(id)!, known.scales, known.deliveries);
  const found: { readonly id: string; readonly path: Path }[] = [];
  const read = (role: "primary" | "secondary"): readonly Outcome[] | undefined =>
    file.analysis?.[role]?.flatMap((words, index) => {
      const path: Path = ["analysis", role, index];
      const outcome = readOutcome(words, scales, raterOf, report, path);
      if (outcome === null) return [];
      found.push({ id: outcomeKey(outcome), path });
      return [outcome];
    });
  const named = { primary: read("primary"), secondary: read("secondary") };
  const mediation = (file.analysis?.mediation ?? []).flatMap((chain, index) => {
    const one = (part: "mediator" | "outcome") =>
      readOutcome(chain[part], scales, raterOf, report, ["analysis", "mediation", index, part]);
    const mediator = one("mediator");
    const outcome = one("outcome");
    if (!mediator || !outcome) return [];
    if (outcomeKey(mediator) === outcomeKey(outcome))
      invalid(report, ["analysis", "mediation", index, "outcome"], "another-outcome");
    return [{ mediator, outcome }];
  });
  distinct(report, "outcome", found);
  return { ...named, mediation };
};

/**
 * Beside the primary estimator: each answers "does it hinge on this choice" once; the event study only where there is a
 * baseline and more than one wave after it to tell apart. Resampling is left to plans that ask for it: CR2 with its
 * degrees of freedom stands in for it, and small arms are warned of.
 */
const usualRobustness = ({ waves }: StudyFile): readonly Estimator[] => {
  const baseline = waves.findIndex((wave) => wave.baseline);
  const usual = ["difference-in-differences", "leader-fixed-effects", "mixed", "cluster-means"] as const;
  return baseline >= 0 && waves.length - 1 - baseline > 1 ? [...usual, "event-time"] : usual;
};

/** The plan as the study file states it, and the usual choice where it states none. */
export const readPlan = (file: StudyFile, known: Known, report: Report): Plan => {
  const analysis = file.analysis ?? {};
  const { primary, secondary, mediation } = readOutcomes(file, known, report);
  checkCovariates("covariates", analysis.covariates ?? [], known, report);
  checkCovariates("subgroups", analysis.subgroups ?? [], known, report);
  const estimator = analysis.estimator ?? "ancova";
  if (estimator === "mixed" && analysis.multiplicity === "romano-wolf")
    invalid(report, ["analysis", "multiplicity"], "holm-with-mixed");
  const robustness = analysis.robustness ?? usualRobustness(file);
  const first = primary ?? defaultPrimary(known);
  const taken = new Set(first.map(outcomeKey));
  return {
    primary: first,
    secondary: secondary ?? defaultSecondary(known).filter((outcome) => !taken.has(outcomeKey(outcome))),
    estimator,
    robustness: [...new Set(robustness)].filter((other) => other !== estimator),
    standardErrors: analysis.standardErrors ?? "CR2",
    covariates: analysis.covariates ?? [],
    differenceInDifferences: {
      blocks: analysis["difference-in-differences"]?.blocks ?? false,
      covariates: analysis["difference-in-differences"]?.covariates ?? false,
    },
    mixed: { likelihood: analysis.mixed?.likelihood ?? "REML", df: analysis.mixed?.df ?? "satterthwaite" },
    multiplicity: analysis.multiplicity ?? "holm",
    confidence: analysis.confidence ?? 0.95,
    smallestEffectOfInterest: analysis.smallestEffectOfInterest ?? null,
    trainedFrom: analysis.trainedFrom ?? 1,
    mediation,
    ...(analysis.subgroups && analysis.subgroups.length > 0 ? { subgroups: analysis.subgroups } : {}),
    ...(analysis.specificationCurve ? { specificationCurve: true } : {}),
  };
};

/** The plane of the effects figure; without one in the file transactional × transformational, else the first two scales. */
export const readFigure = (file: StudyFile, scales: readonly Scale[], report: Report): Study["figure"] => {
  const drawable = scales.filter(({ kind }) => kind !== "difference").map(({ id }) => id);
  if (file.figure !== undefined) {
    const x = refers(report, ["figure", "x"], "scale", file.figure.x, drawable);
    const y = refers(report, ["figure", "y"], "scale", file.figure.y, drawable);
    if (x && y && file.figure.x === file.figure.y) invalid(report, ["figure", "y"], "two-scales");
    return file.figure;
  }
  if (drawable.includes("transactional") && drawable.includes("transformational"))
    return { x: "transactional", y: "transformational" };
  const [x, y] = standing(scales);
  return x === undefined || y === undefined ? null : { x: x.id, y: y.id };
};
