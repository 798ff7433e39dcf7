import { existsSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { followUpWaves } from "../../src/estimation/design/design.ts";
import { packageVersion } from "../../src/store/assets.ts";
import { planLockPlace, readPlanLock, writePlanLock } from "../../src/store/plan-lock-file.ts";
import { type Vault, vaultFile } from "../../src/store/vault/open.ts";
import { exists, read } from "../../src/store/vault/read.ts";
import { withVault } from "../../src/store/vault/with-vault.ts";
import { decidingPlan, planHash } from "../../src/study/plan-hash.ts";
import { type PlanDifference, type PlanLock, planDifferences, sealed } from "../../src/study/plan-lock.ts";
import { type EstimateKey, plannedAs } from "../../src/study/planned.ts";
import type { Study } from "../../src/study/study.ts";
import { stages } from "../../src/tables/staged.ts";
import type { IngestReport } from "../ingest/report.ts";

/** Where the plan of a study stands. */
export interface PlanState {
  readonly study: string;
  readonly hash: string;
  readonly locked: string | null;
  readonly lockedHash: string | null;
  readonly lockedAfter: readonly string[];
  readonly delivered: readonly string[];
  readonly differences: readonly PlanDifference[];
  /** Estimates that the plan has now, by whether they are as locked; null while no plan is locked. */
  readonly estimates: { readonly asPlanned: number; readonly deviation: number } | null;
  readonly plan: ReturnType<typeof decidingPlan>;
}

/** Waves of which ingest has accepted responses, as far as the vault knows. */
const wavesIn = async (vault: Vault): Promise<ReadonlySet<string>> => {
  if (!(await exists(vault, stages))) return new Set();
  const found = (await read(vault, stages, "pipelines/stage.sql", { stage: "ingest" }))[0];
  const { deliveries } = found ? (JSON.parse(found.report) as IngestReport) : { deliveries: [] };
  return new Set(deliveries.filter(({ accepted }) => accepted > 0).map(({ wave }) => wave));
};

const ingestedWaves = async (folder: string): Promise<ReadonlySet<string>> => {
  if (!existsSync(vaultFile(folder))) return new Set();
  return withVault(folder, wavesIn, (problem) => {
    // A new vault would say that nothing had been ingested.
    throw new Refusal(problem);
  });
};

/** What was known when the plan was locked: which waves after the baseline had answers. */
const knownWaves = async (study: Study): Promise<Pick<PlanLock, "lockedAfter" | "delivered">> => {
  const after = followUpWaves(study).map((wave) => study.waves[wave]!.id);
  const ingested = await ingestedWaves(study.folder);
  const lying = study.deliveries.filter(({ file }) => existsSync(join(study.folder, file))).map(({ wave }) => wave);
  return {
    lockedAfter: after.filter((wave) => ingested.has(wave)),
    delivered: after.filter((wave) => lying.includes(wave)),
  };
};

const keysOf = (study: Study): readonly EstimateKey[] => {
  const { primary, secondary, estimator, robustness } = study.plan;
  const reference = study.arms.find(({ control }) => control)?.id ?? "";
  return [...primary, ...secondary].flatMap((outcome) =>
    followUpWaves(study).flatMap((wave) =>
      [estimator, ...robustness].flatMap((by) =>
        study.arms
          .filter(({ control }) => !control)
          .map(({ id }) => ({
            estimator: by,
            outcome: outcome.scale,
            rater: outcome.rater,
            wave: study.waves[wave]!.id,
            arm: id,
            reference,
          })),
      ),
    ),
  );
};

const countPlanned = (study: Study, lock: PlanLock): PlanState["estimates"] => {
  const now = decidingPlan(study);
  const marks = keysOf(study).map((key) => plannedAs(lock.plan, now, key));
  const asPlanned = marks.filter((mark) => mark === "as-planned").length;
  return { asPlanned, deviation: marks.length - asPlanned };
};

const stateOf = (study: Study, lock: PlanLock | null): PlanState => ({
  study: study.id,
  hash: planHash(study),
  locked: lock?.locked ?? null,
  lockedHash: lock?.hash ?? null,
  lockedAfter: lock?.lockedAfter ?? [],
  delivered: lock?.delivered ?? [],
  differences: lock ? planDifferences(lock, study) : [],
  estimates: lock && countPlanned(study, lock),
  plan: decidingPlan(study),
});

export const showPlan = async (study: Study): Promise<PlanState> => stateOf(study, await readPlanLock(study.folder));

/** Freezes the plan of a study; one that is frozen already stays as it is. Refuses where it has changed since. */
export const lockPlan = async (study: Study): Promise<PlanState & { readonly isNew: boolean }> => {
  const before = await readPlanLock(study.folder);
  if (before !== null) {
    const differences = planDifferences(before, study).map(({ path }) => path);
    const { locked } = before;
    const place = planLockPlace(study.folder);
    if (differences.length > 0) throw new Refusal({ code: "plan-locked", place, locked, differences });
    return { ...stateOf(study, before), isNew: false };
  }
  const lock = sealed({
    spejl: packageVersion(),
    study: study.id,
    locked: new Date().toISOString(),
    ...(await knownWaves(study)),
    plan: decidingPlan(study),
  });
  await writePlanLock(study.folder, lock);
  return { ...stateOf(study, lock), isNew: true };
};
