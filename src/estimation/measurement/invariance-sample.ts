import type { ClusterGroup } from "../../stats/measurement/cluster-gradients.ts";
import { availableMoments, type GroupMoments } from "../../stats/measurement/factor-moments.ts";
import { pairCounts } from "../../stats/measurement/saturated-moments.ts";
import type { Comparison } from "./invariance-groups.ts";
import { groupMoments, incomplete, itemsAnswered } from "./item-moments.ts";
import { clusterGroup, type LeaderItems } from "./leader-items.ts";

interface SampledGroup {
  readonly group: string;
  readonly moments: GroupMoments;
  readonly clustered: ClusterGroup;
}

/** What of a comparison can be compared. */
export interface Sample {
  readonly items: readonly string[];
  readonly groups: readonly SampledGroup[];
  /** Places of leaders that there are. */
  readonly clusters: number;
  readonly incomplete: number;
  readonly notes: readonly string[];
}

/** A sentence that names something; none where there is nothing to name. */
export const named = (text: string, names: readonly string[]): readonly string[] =>
  names.length > 0 ? [`${text}: ${names.join(", ")}.`] : [];

/** Answers to the items that every group was asked, of the groups in which more respondents than items answered any two. */
export function sampleOf({ scale, groups }: Comparison, leaders: LeaderItems): Sample {
  const ids = scale.items.map(({ id }) => id);
  const asked = groups.map(({ cells }) => itemsAnswered(cells, ids.length));
  const kept = [...ids.keys()].filter((i) => asked.every((answered) => answered[i]));
  const found = groups.map(({ group, cells, where }): SampledGroup => {
    return { group, moments: groupMoments(cells, kept), clustered: clusterGroup(leaders, where, kept) };
  });
  const order = kept.length;
  const enough = found.filter(({ moments }) => pairCounts(moments, order).every((n) => n > order));
  const small = found.filter((one) => !enough.includes(one)).map(({ group }) => group);
  const unanswered = enough.reduce((sum, { moments }) => sum + incomplete(moments, order), 0);
  return {
    items: kept.map((i) => ids[i]!),
    groups: enough,
    clusters: leaders.leader.reduce((last, place) => Math.max(last, place + 1), 0),
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
export function constantItems({ items, groups }: Sample): readonly string[] {
  const order = items.length;
  const available = groups.map(({ moments }) => availableMoments(moments, order));
  return items.filter((_, i) =>
    available.some(({ covariance, means }) => covariance[i * order + i]! <= 1e-12 * (1 + means[i]! ** 2)),
  );
}
