import { fromRelease } from "../../src/disclosure/published.ts";
import { type LeaderModel, leaderNumbers, sharedNumbers } from "../../src/reporting/leader/model.ts";
import { type ManagementModel, managementNumbers } from "../../src/reporting/management/model.ts";
import { researchNumbers } from "../../src/reporting/research/model.ts";
import type { PublicModel } from "../../src/reporting/research/public-model.ts";
import { frozenText } from "../../src/store/release-parts.ts";

/** Models as a release holds them, which is how pages come to them: every value has the name of its fact. */
export const releasedDashboard = (model: ManagementModel): ManagementModel =>
  fromRelease(frozenText("management.json", model, managementNumbers));

export const releasedPublic = (model: PublicModel): PublicModel =>
  fromRelease(frozenText("research-public.json", model, researchNumbers));

export const releasedLeader = ({ study, facts }: LeaderModel): LeaderModel => ({
  study: fromRelease(frozenText("leader-study.json", study, sharedNumbers)),
  facts: fromRelease(frozenText("leaders.jsonl", facts, leaderNumbers)),
});

/** A page with its numbers as they are read, without the elements that say what they are. */
export const readPage = (page: string): string => page.replace(/<\/?(?:data|tspan)\b[^>]*>/g, "");
