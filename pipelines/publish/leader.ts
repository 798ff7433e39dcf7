import { rulesOf } from "../../src/disclosure/rules.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import { type LeaderBasis, leaderBasis } from "../../src/reporting/leader/basis.ts";
import { leaderFacts } from "../../src/reporting/leader/facts.ts";
import type { LeaderFacts } from "../../src/reporting/leader/model.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import type { Study } from "../../src/study/study.ts";
import {
  latestWave,
  leaderAnswers,
  leaderMeans,
  leaderResponses,
  leaderScores,
  leaderSpread,
} from "../../src/tables/published.ts";

const size = 1000;

/** The wave that the reports are about: the last with any answer; the study's first before there is one. */
export const reportedWave = async (vault: Vault, study: Study): Promise<string> => {
  const waves = study.waves.map(({ id }) => id);
  const [row] = await read(vault, latestWave, "pipelines/publish/latest-wave.sql", { waves });
  return row?.wave ?? waves[0] ?? "";
};

/** What all leaders' reports share. `today` is an ISO day. */
export const leaderStudy = async (
  vault: Vault,
  study: Study,
  { intendedPerceived: teams }: Pick<Analysis, "intendedPerceived">,
  wave: string,
  today: string,
): Promise<LeaderBasis> => {
  const { respondents } = rulesOf(study.disclosure);
  return leaderBasis(study, {
    spread: await read(vault, leaderSpread, "pipelines/publish/leader-spread.sql"),
    means: await read(vault, leaderMeans, "pipelines/publish/leader-means.sql", { wave, respondents }),
    teams,
    wave,
    open: today <= (study.waves.find(({ id }) => id === wave)?.to ?? ""),
  });
};

const byLeader = <T extends { readonly leader: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.leader);
    if (group) group.push(row);
    else groups.set(row.leader, [row]);
  }
  return groups;
};

/** Every leader's numbers, a batch at a time in the order of their ids. */
export async function* leaderBatches(
  vault: Vault,
  basis: LeaderBasis,
  wave: string,
): AsyncGenerator<readonly LeaderFacts[]> {
  let after = "";
  while (true) {
    const responses = await read(vault, leaderResponses, "pipelines/publish/leader-responses.sql", {
      after,
      size,
      wave,
    });
    const [first, last] = [responses[0]?.leader, responses.at(-1)?.leader];
    if (first === undefined || last === undefined) return;
    const scores = byLeader(await read(vault, leaderScores, "pipelines/publish/leader-scores.sql", { first, last }));
    const answers = byLeader(await read(vault, leaderAnswers, "pipelines/publish/leader-answers.sql", { first, last }));
    yield responses.map((response) =>
      leaderFacts(basis, {
        response,
        scores: scores.get(response.leader) ?? [],
        answers: answers.get(response.leader) ?? [],
      }),
    );
    after = last;
  }
}
