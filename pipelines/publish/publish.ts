import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { latestFault, latestKnown } from "../../src/store/releases.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Study } from "../../src/study/study.ts";
import { filesHash, type Progress, runStage, type StageRun } from "../stage.ts";
import { today } from "../today.ts";
import type { Publication, Published } from "./freeze.ts";

/** Pages say whether a wave is still open, so a release is made anew when one has closed. */
const openWaves = (study: Study): readonly string[] =>
  study.waves.filter(({ to }) => today() <= to).map(({ id }) => id);

/** A page by its path from the study's folder, which may be moved. */
const inside = (study: Study, publication: Publication): Publication => ({
  ...publication,
  files: publication.files.map((file) => relative(resolve(study.folder), file)),
});
const placed = (study: Study, publication: Publication): Publication => ({
  ...publication,
  files: publication.files.map((file) => resolve(study.folder, file)),
});

/**
 * Freezes every report's model under disclosure control as a release, and renders the research report and the
 * management dashboard from it. Unchanged inputs make nothing new, unless what they made is gone or damaged.
 */
export const publish = async (
  vault: Vault,
  study: Study,
  from: Published,
  progress: Progress,
): Promise<StageRun<Publication>> => {
  const { folder: _, ...content } = study;
  // A run where nothing changed is spared the code of reports and charts.
  const frozen = async () => {
    const { freeze } = await import("./freeze.ts");
    return freeze(vault, study, from, today(), progress);
  };
  const fault = await latestFault(study.folder);
  const repaired = fault === null ? [] : [fault];
  const run = await runStage(
    vault,
    "publish",
    [from.key, from.measurement, content, openWaves(study), filesHash("reports")],
    async () => inside(study, await frozen()),
  );
  const report = placed(study, run.report);
  const isThere = fault === null && (await latestKnown(study.folder)) === report.release;
  if (!run.skipped || (isThere && report.files.every((file) => existsSync(file)))) return { ...run, report, repaired };
  return { ...run, report: await frozen(), skipped: false, repaired };
};
