import { nonLinear } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { Invariance } from "../../../estimation/measurement/invariance.ts";
import type { Study } from "../../../study/study.ts";
import { answersAt, type SeenArms } from "../../effect/facts.ts";
import type { InvarianceRow, InvarianceStep, InvarianceVerdict } from "./invariance-model.ts";

const verdictOf = (steps: readonly Invariance[]): InvarianceVerdict | null => {
  const at = (level: Invariance["level"]) => steps.find((step) => step.level === level);
  const [metric, scalar] = [at("metric"), at("scalar")];
  if (metric?.holds === false) return "nothing";
  const tested = (step: Invariance | undefined): boolean => step?.status === "estimated" && step.changeP !== null;
  if (!tested(metric) || !tested(scalar)) return null;
  if (!metric?.holds || scalar!.holds === null) return "undecided";
  return scalar!.holds ? "means" : "relations";
};

const stepOf = ({ level, cfi, rmsea, changeCfi, changeRmsea }: Invariance): readonly InvarianceStep[] => {
  if (cfi === null || rmsea === null) return [];
  const change = (value: number | null) => (value === null ? null : roundTo(value, 3));
  const changes = { changeCfi: change(changeCfi), changeRmsea: change(changeRmsea) };
  return [{ level, cfi: roundTo(cfi, 3), rmsea: roundTo(rmsea, 3), ...changes }];
};

/** The fewest leaders that stand behind any group of a comparison. */
const fewestLeaders = ({ over, rater, wave, groups }: Invariance, { flow }: Analysis): number => {
  const at = (arm: (typeof flow.arms)[number], id: string) => {
    const found = arm.waves.find((each) => each.wave === id);
    return found ? found.measured + found.underThreshold : 0;
  };
  const all = (id: string) => flow.arms.reduce((sum, arm) => sum + at(arm, id), 0);
  const counts = groups.map(({ group, n }) => {
    if (rater === "self" || group === "self") return n;
    if (over === "wave") return Math.min(n, all(group));
    const arms = over === "arm" ? flow.arms.filter(({ arm }) => arm === group) : flow.arms;
    return Math.min(
      n,
      arms.reduce((sum, arm) => sum + at(arm, wave ?? ""), 0),
    );
  });
  return Math.min(...counts);
};

/** The most employees that one leader has in any of the groups; leaders' own answers are one each. */
const largestTeam = ({ over, rater, wave, groups }: Invariance, analysis: Analysis): number => {
  if (rater === "self") return 1;
  const at = ({ group }: Invariance["groups"][number]) => {
    if (group === "self") return 1;
    if (over === "wave") return answersAt(analysis, group).largest;
    return answersAt(analysis, wave ?? "", over === "arm" ? [group] : null).largest;
  };
  return Math.max(...groups.map(at));
};

const rowOf = (study: Study, analysis: Analysis, steps: readonly Invariance[], seen: SeenArms, rules: Rules) => {
  const first = steps[0]!;
  const { scale, over, rater, wave, groups } = first;
  const name = study.instrument.scales.find(({ id }) => id === scale)?.name ?? { da: scale, en: scale };
  const verdict = verdictOf(steps);
  const status = steps.find((step) => step.status !== "estimated")?.status ?? "estimated";
  const hidden = over === "arm" && (!seen.all || groups.some(({ group }) => !seen.arms.has(group)));
  const n = Math.min(...groups.map((group) => group.n));
  const support = { n, leaders: fewestLeaders(first, analysis), largest: largestTeam(first, analysis) };
  const fit: InvarianceRow["fit"] =
    verdict === null || hidden
      ? suppressed
      : nonLinear(support, { groups, steps: steps.flatMap(stepOf), verdict }, rules);
  return { scale, name, over, rater, wave, status, fit };
};

/** One row per comparison of a scale over waves, arms or raters, in the order of the analysis. */
export const invarianceOf = (
  study: Study,
  analysis: Analysis,
  seen: SeenArms,
  rules: Rules,
): readonly InvarianceRow[] => {
  const comparisons = new Map<string, Invariance[]>();
  for (const step of analysis.invariance) {
    const key = JSON.stringify([step.scale, step.over, step.rater, step.wave]);
    comparisons.set(key, [...(comparisons.get(key) ?? []), step]);
  }
  return [...comparisons.values()].map((steps) => rowOf(study, analysis, steps, seen, rules));
};
