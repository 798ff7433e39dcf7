import { Buffer } from "node:buffer";
import { type Language, Refusal } from "../../errors.ts";
import { renderLeader } from "../../reporting/leader/page.ts";
import { addressOf } from "../../reporting/management/cube/choice.ts";
import { type Dashboard, managementDashboard } from "../../reporting/management/dashboard.ts";
import type { ManagementModel } from "../../reporting/management/model.ts";
import type { ResearchModel } from "../../reporting/research/model.ts";
import { renderResearch } from "../../reporting/research/page.ts";
import { openRelease, type Release, readLeaderModel, readModel } from "../../store/releases.ts";
import { serveAssets } from "../assets.ts";
import { policyOf, reportPolicy } from "../headers.ts";
import { barStyle, withBar } from "./bar.ts";
import { sayIn } from "./form-page.ts";
import { lastKept } from "./last-kept.ts";
import type { Draw, ServedPage, Wanted } from "./report-pages.ts";

const mostOpen = 4;

const page = (text: string, policy: string): ServedPage => ({
  body: Buffer.from(text),
  headers: { "content-security-policy": policy },
});

/** Draws pages of a study's releases; null where a leader is not in one. */
export const openDrawing = (studyFolder: string): Draw => {
  const { assets, dashboard: linked } = serveAssets();
  const releases = lastKept<Release>(mostOpen);
  const dashboards = lastKept<Dashboard>(mostOpen);
  const place = { page: "/management", csv: "/management/cells.csv", linked: { ...linked, policy: "" } };

  const withWay = (text: string, language: Language, shown: string): string =>
    withBar(text, language, shown, sayIn(language, assets));
  const report = (text: string, language: Language): ServedPage => {
    const own = text.replace("</head>", () => `<style>${barStyle}</style>\n</head>`);
    const whole = withWay(own, language, "");
    return page(whole, reportPolicy(whole));
  };

  const drawn = async (release: Release, { report: wanted, language }: Wanted): Promise<ServedPage> => {
    if (wanted.kind === "leader") {
      const model = await readLeaderModel(release, wanted.leader);
      return report(await renderLeader(model, wanted.place, language, assets), language);
    }
    if (wanted.kind === "research") {
      const model = await readModel<ResearchModel>(release, "research");
      return report(await renderResearch(model, language, assets), language);
    }
    const dashboard = await dashboards(`${release.id} ${language}`, async () =>
      managementDashboard(await readModel<ManagementModel>(release, "management"), language, assets, place),
    );
    const choice = dashboard.choose(new URLSearchParams(wanted.asked));
    if (wanted.kind === "cells")
      return {
        body: Buffer.from(dashboard.csv(choice)),
        type: "text/csv; charset=utf-8",
        headers: { "content-disposition": `attachment; filename="${dashboard.fileName}"` },
      };
    const shown = addressOf(choice).toString();
    return page(withWay(await dashboard.page(choice), language, shown), policyOf("dashboard"));
  };

  return async (wanted) => {
    try {
      const release = await releases(wanted.release, () => openRelease(studyFolder, wanted.release));
      return await drawn(release, wanted);
    } catch (fault) {
      // The nearest id that there is helps at a terminal; here it would tell of another leader.
      if (fault instanceof Refusal && fault.problems.every(({ code }) => code === "leader-unknown")) return null;
      throw fault;
    }
  };
};
