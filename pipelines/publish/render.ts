import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { type Language, Refusal } from "../../src/errors.ts";
import { renderLeader } from "../../src/reporting/leader/page.ts";
import { typesetLeader } from "../../src/reporting/leader/typeset.ts";
import type { ManagementModel } from "../../src/reporting/management/model.ts";
import { renderManagement } from "../../src/reporting/management/page.ts";
import type { ResearchModel } from "../../src/reporting/research/model.ts";
import { renderResearch, signatureFigure } from "../../src/reporting/research/page.ts";
import type { PublicModel } from "../../src/reporting/research/public-model.ts";
import { renderPublic, type SignOff } from "../../src/reporting/research/public-page.ts";
import { fileNameOf } from "../../src/store/file-name.ts";
import { latestRelease, type Release, readLeaderModel, readModel } from "../../src/store/releases.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { naming } from "../../src/store/system-fault.ts";

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
  /** A page for a browser, or of a leader's report a typeset sheet. */
  readonly format: "html" | "pdf";
  /** Folder or `.html` (`.svg`, `.pdf`) file to write to; null for the study's own `reports/`. */
  readonly out: string | null;
}

/** Where a page lies while it is written. */
export const partialOf = (path: string): string => `${path}.partial`;

/** Writes a page whole or not at all, for whoever runs Spejl alone. */
export const writePage = (path: string, page: string | Uint8Array): Promise<string> =>
  naming(path, async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(partialOf(path), page, { mode: 0o600 });
    await rename(partialOf(path), path);
    return path;
  });

const fileName = (report: ReportKind, format: RenderOptions["format"]): string => {
  if (report.kind === "leader") return join("leaders", `${fileNameOf(report.leader)}.${format}`);
  return report.kind === "figure" ? "figure.svg" : `${report.kind}.html`;
};

/** Where a report of a study is written to. */
export const pathOf = (studyFolder: string, report: ReportKind, { format, out }: RenderOptions): string => {
  if (out !== null && [".html", ".svg", ".pdf"].includes(extname(out))) return resolve(out);
  return resolve(out ?? join(studyFolder, "reports"), fileName(report, format));
};

/** The compiler is native code, and takes its time to load: only who asks for a sheet does so. */
const sheetOf = async (release: Release, leader: string, language: Language): Promise<Uint8Array> => {
  const { typeset } = await import("./typeset.ts");
  const model = await readLeaderModel(release, leader);
  return typeset("reports/leader/page.typ", await typesetLeader(model, "file", language, reportAssets));
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

const madeOf = (
  release: Release,
  report: ReportKind,
  { language, format }: RenderOptions,
): Promise<string | Uint8Array> =>
  report.kind === "leader" && format === "pdf"
    ? sheetOf(release, report.leader, language)
    : pageOf(release, report, language);

/** Renders one report of the latest release; returns the path of the page. */
export const renderReport = async (studyFolder: string, report: ReportKind, options: RenderOptions): Promise<string> =>
  writePage(pathOf(studyFolder, report, options), await madeOf(await latestRelease(studyFolder), report, options));

/** Renders the pages of some leaders, one after the other, and says of each when it is whole. */
export const renderSome = async (
  studyFolder: string,
  leaders: readonly string[],
  options: RenderOptions,
  done: (leader: string) => void,
): Promise<void> => {
  const release = await latestRelease(studyFolder);
  for (const leader of leaders) {
    const report = { kind: "leader", leader } as const;
    await writePage(pathOf(studyFolder, report, options), await madeOf(release, report, options));
    done(leader);
  }
};
