import type { Estimate } from "../../../estimation/inference/estimate.ts";
import type { GroupedWarning } from "./model.ts";

/** Every warning of every estimate, equal ones told once with the estimates they are about. */
export const warningsOf = (estimates: readonly Estimate[]): readonly GroupedWarning[] => {
  const groups = new Map<string, GroupedWarning>();
  for (const { outcome, rater, wave, arm, estimator, warnings } of estimates)
    for (const { code, names, count } of warnings) {
      const key = JSON.stringify([code, names, count]);
      const about = [...(groups.get(key)?.about ?? []), { outcome, rater, wave, arm, estimator }];
      groups.set(key, { code, names, count, about });
    }
  return [...groups.values()].sort((a, b) => a.code.localeCompare(b.code, "en"));
};
