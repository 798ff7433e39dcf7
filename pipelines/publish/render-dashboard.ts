import { join, resolve } from "node:path";
import type { Language } from "../../src/errors.ts";
import { managementDashboard } from "../../src/reporting/management/dashboard.ts";
import { dashboardScript } from "../../src/reporting/management/dashboard-script.ts";
import type { ManagementModel } from "../../src/reporting/management/model.ts";
import { styleOf } from "../../src/reporting/page/style.ts";
import { latestRelease, readModel } from "../../src/store/releases.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { writePage } from "./render.ts";

const policy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'";
const linked = { style: "dashboard.css", script: "dashboard.js", policy };

/** Writes the dashboard of the latest release with its filters: a folder that a browser opens from a disk. */
export const renderDashboard = async (
  studyFolder: string,
  folder: string,
  language: Language,
): Promise<readonly string[]> => {
  const model = await readModel<ManagementModel>(await latestRelease(studyFolder), "management");
  const dashboard = managementDashboard(model, language, reportAssets, { page: null, csv: null, linked });
  const write = (name: string, text: string) => writePage(join(resolve(folder), name), text);
  const style = await write(linked.style, styleOf(reportAssets, "reports/management/management.css"));
  const script = await write(linked.script, reportAssets.text(dashboardScript));
  // The page last: what it needs is there once it is.
  const page = await write("index.html", await dashboard.page(dashboard.choose(new URLSearchParams())));
  return [page, script, style];
};
