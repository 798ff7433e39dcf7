import type { PageDecision } from "../../src/disclosure/lattice/own-pages.ts";
import type { PastPage } from "../../src/disclosure/lattice/past.ts";
import { suppressed } from "../../src/disclosure/published.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import { keyOf, type LeaderBasis, leaderBasis, type StudyRows } from "../../src/reporting/leader/basis.ts";
import { type LeaderRows, leaderFacts } from "../../src/reporting/leader/facts.ts";
import { keptBenchmarks, newWave, type PageWave, pageWave } from "../../src/reporting/leader/kept.ts";
import type { LeaderFacts, LeaderModel, LeaderStudy } from "../../src/reporting/leader/model.ts";
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
  standing: StudyRows["standing"],
): Promise<LeaderBasis> => {
  const { respondents } = rulesOf(study.disclosure);
  return leaderBasis(study, {
    spread: await read(vault, leaderSpread, "pipelines/publish/leader-spread.sql"),
    means: await read(vault, leaderMeans, "pipelines/publish/leader-means.sql", { wave, respondents }),
    teams,
    wave,
    open: today <= (study.waves.find(({ id }) => id === wave)?.to ?? ""),
    standing,
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

/** What leaders' pages may say beside those of earlier releases, and how one of these is read; null where it cannot be. */
export interface OwnPages {
  readonly decide: (leader: string, wave: string) => PageDecision;
  readonly read: (release: string, leader: string) => Promise<LeaderModel | null>;
}

/** The waves of a leader's page, each as it was decided; most are new and need nothing read. */
const wavesOf = async (
  leader: string,
  study: LeaderStudy,
  { decide, read }: OwnPages,
): Promise<ReadonlyMap<string, PageWave>> => {
  const waves = new Map<string, PageWave>();
  for (const { id } of study.waves) {
    const decision = decide(leader, id);
    const isNew = decision.kept === null && decision.earlier.length === 0;
    waves.set(id, isNew ? newWave : await pageWave(id, decision, study, (release) => read(release, leader)));
  }
  return waves;
};

/** Of the benchmarks that stand those that the leader's page showed in the release that they are of. */
const benchmarksOf = async (
  leader: string,
  { study, since }: LeaderBasis,
  { read }: OwnPages,
): Promise<LeaderRows["benchmarks"]> => {
  const last = study.waves.at(-1)?.id ?? "";
  const found = new Map<string, ReturnType<LeaderRows["benchmarks"]>>();
  const byRelease = new Map<string, LeaderRows["benchmarks"]>();
  for (const { id } of study.scales) {
    const release = since.get(keyOf(last, id));
    if (release === undefined) continue;
    const shown = byRelease.get(release) ?? keptBenchmarks(await read(release, leader), study);
    byRelease.set(release, shown);
    found.set(id, shown(id));
  }
  return (scale) => found.get(scale) ?? suppressed;
};

/** What the ledger is to say of a page: a wave of which it shows nothing has no line. */
export const pagesOf = (
  { leader, scales, answers }: LeaderFacts,
  study: LeaderStudy,
  decide: OwnPages["decide"],
): readonly PastPage[] =>
  study.waves.flatMap(({ id: wave }, at): readonly PastPage[] => {
    const shown = scales.flatMap(({ employees }, index) =>
      employees[at]?.state === "shown" ? [study.scales[index]!.id] : [],
    );
    if (shown.length === 0) return [];
    const { kept } = decide(leader, wave);
    const isTold = at === study.waves.length - 1 && answers?.items.state === "shown";
    return [
      {
        ...{ leader, wave, scales: shown, answers: isTold ? study.scales[answers!.scale]!.id : null },
        ...(kept === null ? {} : { since: kept }),
      },
    ];
  });

/** Every leader's numbers, a batch at a time in the order of their ids. */
export async function* leaderBatches(
  vault: Vault,
  basis: LeaderBasis,
  wave: string,
  pages: OwnPages,
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
    const batch: LeaderFacts[] = [];
    for (const response of responses) {
      const { leader } = response;
      const waves = await wavesOf(leader, basis.study, pages);
      batch.push(
        leaderFacts(basis, {
          response,
          scores: scores.get(leader) ?? [],
          answers: answers.get(leader) ?? [],
          pages: (id) => waves.get(id) ?? newWave,
          benchmarks: await benchmarksOf(leader, basis, pages),
        }),
      );
    }
    yield batch;
    after = last;
  }
}
