import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { decidePages } from "../../src/disclosure/lattice/own-pages.ts";
import { type PastPage, pastOf } from "../../src/disclosure/lattice/past.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { ScaleMeasurement } from "../../src/estimation/measurement/measurement.ts";
import { sharedFacts } from "../../src/reporting/leader/basis.ts";
import { standingOf } from "../../src/reporting/leader/shared-numbers.ts";
import { managementRelease } from "../../src/reporting/management/facts.ts";
import { researchModel } from "../../src/reporting/research/facts.ts";
import { researchFinding } from "../../src/reporting/research/finding.ts";
import type { ResearchModel } from "../../src/reporting/research/model.ts";
import { publicModel } from "../../src/reporting/research/public-facts.ts";
import { researchVoice } from "../../src/reporting/research/voice.ts";
import { packageRoot } from "../../src/store/assets.ts";
import { appendLedger, readLedger } from "../../src/store/ledger.ts";
import { leaderParts, modelPart, pointTo, removeRelease, writeRelease } from "../../src/store/release-parts.ts";
import { latestKnown, leaderModelIn } from "../../src/store/releases.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import type { Study, Text } from "../../src/study/study.ts";
import { type Audited, auditCandidate } from "../audit/candidate.ts";
import { pseudonymKey } from "../ingest/key.ts";
import type { Progress } from "../stage.ts";
import { leaderBatches, leaderStudy, type OwnPages, pagesOf, reportedWave } from "./leader.ts";
import { managementFacts } from "./management.ts";
import { renderReport } from "./render.ts";

/** What publishing made: the frozen release, the pages rendered from it, and the main finding in a sentence. */
export interface Publication {
  readonly release: string;
  /** What was looked at before the release could be read. */
  readonly audited: Audited;
  readonly files: readonly string[];
  readonly finding: Text;
}

/** What the stages before it hand over. */
export interface Published {
  readonly analysis: Analysis;
  readonly measurement: readonly ScaleMeasurement[];
  /** Content hash of the estimates' inputs. */
  readonly key: string;
}

const versionOf = (folder: string): string =>
  (JSON.parse(readFileSync(join(packageRoot, folder, "package.json"), "utf8")) as { version: string }).version;

const versions = () => ({ spejl: versionOf("."), node: process.versions.node });

const findingOf = (model: ResearchModel): Text => {
  const inWords = (language: Language): string => {
    const { title, lede } = researchFinding(model, researchVoice(model, language, reportAssets));
    return `${title}.\n${lede}`;
  };
  return { da: inWords("da"), en: inWords("en") };
};

/** Freezes every report's model as a release and renders the research report and the management dashboard from it. */
export const freeze = async (
  vault: Vault,
  study: Study,
  { analysis, measurement }: Published,
  today: string,
  progress: Progress,
): Promise<Publication> => {
  const software = versions();
  progress("models", 0);
  const wave = await reportedWave(vault, study);
  const research = researchModel(study, analysis, measurement, software, today);
  const past = await readLedger(study.folder);
  const found = await managementFacts(vault, study, { key: await pseudonymKey(vault, study.folder), past });
  const management = managementRelease(study, found, research);
  const rules = rulesOf(study.disclosure);
  const employees = management.atoms.filter(({ rater }) => rater === undefined);
  const known = pastOf(past, "employee");
  const basis = await leaderStudy(vault, study, analysis, wave, today, standingOf(employees, known, rules));
  const own: OwnPages = {
    decide: decidePages(employees, known, rules),
    read: leaderModelIn(study.folder),
  };
  const pages: PastPage[] = [];
  const leaders = async function* () {
    for await (const batch of leaderBatches(vault, basis, wave, own)) {
      pages.push(...batch.flatMap((facts) => pagesOf(facts, basis.study, own.decide)));
      yield batch;
    }
  };
  const parts = [
    modelPart("research", research),
    modelPart("research-public", publicModel(research)),
    modelPart("management", management.model),
    ...leaderParts(basis.study, leaders),
  ];
  const atoms = management.atoms.map(({ sums: _, ...atom }) => atom);
  const release = await writeRelease(study.folder, { date: today, versions: software, wave }, parts);
  const earlier = await latestKnown(study.folder);
  progress("audit", 0.5);
  const made = { release, atoms, facts: [...management.facts, ...sharedFacts(basis)], pages };
  const audited = await auditCandidate(study, made).catch(async (fault) => {
    const isPublished = earlier === release || past.some((each) => each.release === release);
    if (!isPublished) await removeRelease(study.folder, release);
    throw fault;
  });
  await appendLedger(study.folder, wave, made);
  // Leaders' pages of another release would tell of numbers that this one may have hidden. They go before it is read.
  if (earlier !== release) await rm(join(study.folder, "reports", "leaders"), { recursive: true, force: true });
  await pointTo(
    study.folder,
    release,
    past.map((each) => each.release),
  );
  progress("pages", 0.7);
  const options = { language: study.language, format: "html", out: null } as const;
  const files = [
    await renderReport(study.folder, { kind: "research" }, options),
    await renderReport(study.folder, { kind: "management" }, options),
  ];
  return { release, audited, files, finding: findingOf(research) };
};
