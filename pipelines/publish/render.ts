import { mkdir, rename, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Language, type Problem, Refusal } from "../../src/errors.ts";
import { renderLeader } from "../../src/reporting/leader/page.ts";
import type { ManagementModel } from "../../src/reporting/management/model.ts";
import { renderManagement } from "../../src/reporting/management/page.ts";
import type { ResearchModel } from "../../src/reporting/research/model.ts";
import { renderResearch, signatureFigure } from "../../src/reporting/research/page.ts";
import type { PublicModel } from "../../src/reporting/research/public-model.ts";
import { renderPublic, type SignOff } from "../../src/reporting/research/public-page.ts";
import { fileNameOf } from "../../src/store/file-name.ts";
import { latestRelease, leadersOf, type Release, readLeaderModel, readModel } from "../../src/store/releases.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { naming } from "../../src/store/system-fault.ts";
import type { Progress } from "../stage.ts";

/** One report of the latest release. */
export type ReportKind =
  | { readonly kind: "leader"; readonly leader: string }
  | { readonly kind: "management" }
  | { readonly kind: "research" }
  /** What of it may leave the project group, and who says so. */
  | { readonly kind: "research-public"; readonly signed: SignOff }
  /** The effects figure alone, as SVG. */
  | { readonly kind: "figure" };

export interface RenderOptions {
  readonly language: Language;
  /** Folder or `.html` (`.svg`) file to write to; null for the study's own `reports/`. */
  readonly out: string | null;
}

/** Writes a page whole or not at all, for whoever runs Spejl alone. */
const writePage = (path: string, page: string): Promise<string> =>
  naming(path, async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.partial`, page, { mode: 0o600 });
    await rename(`${path}.partial`, path);
    return path;
  });

const fileName = (report: ReportKind): string => {
  if (report.kind === "leader") return join("leaders", `${fileNameOf(report.leader)}.html`);
  return report.kind === "figure" ? "figure.svg" : `${report.kind}.html`;
};

const pathOf = (studyFolder: string, report: ReportKind, out: string | null): string => {
  if (out !== null && [".html", ".svg"].includes(extname(out))) return resolve(out);
  return resolve(out ?? join(studyFolder, "reports"), fileName(report));
};

const pageOf = async (release: Release, report: ReportKind, language: Language): Promise<string> => {
  if (report.kind === "leader")
    return renderLeader(await readLeaderModel(release, report.leader), "file", language, reportAssets);
  if (report.kind === "management")
    return renderManagement(await readModel<ManagementModel>(release, "management"), language, reportAssets);
  if (report.kind === "research-public")
    return renderPublic(await readModel<PublicModel>(release, report.kind), report.signed, language, reportAssets);
  const model = await readModel<ResearchModel>(release, "research");
  if (report.kind === "research") return renderResearch(model, language, reportAssets);
  const figure = await signatureFigure(model, language, reportAssets);
  if (figure === null) throw new Refusal({ code: "figure-missing", study: release.folder });
  // On its own it may stand on any ground, a dark one too.
  return figure.replace("<svg", '<svg style="background:#fff"');
};

/** Renders one report of the latest release; returns the path of the page. */
export const renderReport = async (
  studyFolder: string,
  report: ReportKind,
  { language, out }: RenderOptions,
): Promise<string> =>
  writePage(pathOf(studyFolder, report, out), await pageOf(await latestRelease(studyFolder), report, language));

/** Renders the pages of some leaders, one after the other; what a worker does. */
export const renderSome = async (
  studyFolder: string,
  leaders: readonly string[],
  options: RenderOptions,
  done: () => void,
): Promise<void> => {
  const release = await latestRelease(studyFolder);
  for (const leader of leaders) {
    const report = { kind: "leader", leader } as const;
    await writePage(pathOf(studyFolder, report, options.out), await pageOf(release, report, options.language));
    done();
  }
};

/** A worker takes about a second to start; a page about a twentieth of one. */
const worthAWorker = 40;

const inWorker = (work: object, done: () => void): Promise<void> =>
  new Promise((finish, fail) => {
    const own = extname(fileURLToPath(import.meta.url));
    const worker = new Worker(new URL(`./render-worker${own}`, import.meta.url), { workerData: work });
    worker.on("message", (problems: readonly Problem[] | null) => {
      if (problems === null) done();
      else fail(new Refusal(...problems));
    });
    worker.on("error", fail);
    worker.on("exit", (code) => (code === 0 ? finish() : fail(new Error(`A rendering worker stopped with ${code}`))));
  });

/** Renders every leader's page of the latest release, on all cores where there are many; returns their folder and number. */
export const renderLeaders = async (
  studyFolder: string,
  options: RenderOptions,
  progress: Progress,
): Promise<{ readonly folder: string; readonly pages: number }> => {
  const leaders = await leadersOf(await latestRelease(studyFolder));
  const workers = Math.min(availableParallelism(), Math.floor(leaders.length / worthAWorker));
  let rendered = 0;
  const done = () => {
    rendered += 1;
    progress("leaders", rendered / leaders.length);
  };
  const share = (worker: number) => leaders.filter((_, index) => index % workers === worker);
  if (workers < 2) await renderSome(studyFolder, leaders, options, done);
  else {
    const parts = Array.from({ length: workers }, (_, worker) => ({ studyFolder, leaders: share(worker), options }));
    await Promise.all(parts.map((part) => inWorker(part, done)));
  }
  const folder = dirname(pathOf(studyFolder, { kind: "leader", leader: "any" }, options.out));
  return { folder, pages: rendered };
};
