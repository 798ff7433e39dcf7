import { Buffer } from "node:buffer";
import { type Language, Refusal } from "../../errors.ts";
import { renderLeader } from "../../reporting/leader/page.ts";
import type { Place } from "../../reporting/leader/sheet.ts";
import type { ManagementModel } from "../../reporting/management/model.ts";
import { renderManagement } from "../../reporting/management/page.ts";
import type { Assets } from "../../reporting/page/assets.ts";
import { html, toText } from "../../reporting/page/html.ts";
import type { ResearchModel } from "../../reporting/research/model.ts";
import { renderResearch } from "../../reporting/research/page.ts";
import { type Release, readLeaderModel, readModel } from "../../store/releases.ts";
import { reportPolicy } from "../headers.ts";
import type { Say } from "./form-page.ts";

export type ServedReport =
  | { readonly kind: "leader"; readonly leader: string; readonly place: Place }
  | { readonly kind: "management" | "research" };

/** A page ready to be sent, and what a browser may do with it. */
export interface ServedPage {
  readonly body: Buffer;
  readonly policy: string;
}

const rendered = async (
  release: Release,
  report: ServedReport,
  language: Language,
  assets: Assets,
): Promise<string> => {
  if (report.kind === "leader")
    return renderLeader(await readLeaderModel(release, report.leader), report.place, language, assets);
  if (report.kind === "management")
    return renderManagement(await readModel<ManagementModel>(release, "management"), language, assets);
  return renderResearch(await readModel<ResearchModel>(release, "research"), language, assets);
};

const barStyle = `.way{display:flex;justify-content:space-between;gap:16px;padding:8px 16px;font-size:14px;line-height:24px}
@media print{.way{display:none}}`;

/** The way back and the other language stand above the page; its policy comes with the answer, not inside the page. */
const served = (page: string, language: Language, say: Say): ServedPage => {
  const other = language === "da" ? "en" : "da";
  const way = html`<nav class="way" aria-label="${say("way")}"><a href="/?lang=${language}">${say("toOverview")}</a><a href="?lang=${other}" lang="${other}" hreflang="${other}">${say("otherLanguage")}</a></nav>`;
  const text = page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, "")
    .replace("</head>", () => `<style>${barStyle}</style>\n</head>`)
    .replace(/<a class="skip"[^>]*>[^<]*<\/a>\n/, (skip) => `${skip}${toText(way)}\n`);
  return { body: Buffer.from(text), policy: reportPolicy(text) };
};

const keyOf = (release: Release, report: ServedReport, language: Language): string =>
  JSON.stringify([
    release.id,
    report.kind,
    ...(report.kind === "leader" ? [report.leader, report.place] : []),
    language,
  ]);

/**
 * Pages of reports, each rendered once and kept while there is room: a release is frozen, so its pages never change.
 * Null where a leader is not in the release.
 */
export const openReportPages = (assets: Assets, words: (language: Language) => Say, mostBytes: number) => {
  const kept = new Map<string, ServedPage>();
  const making = new Map<string, Promise<ServedPage | null>>();
  let bytes = 0;
  const keep = (key: string, page: ServedPage): ServedPage => {
    kept.set(key, page);
    bytes += page.body.length;
    for (const [oldest, { body }] of kept) {
      if (bytes <= mostBytes) break;
      kept.delete(oldest);
      bytes -= body.length;
    }
    return page;
  };
  const make = async (key: string, release: Release, report: ServedReport, language: Language) => {
    try {
      return keep(key, served(await rendered(release, report, language, assets), language, words(language)));
    } catch (fault) {
      // The nearest id that there is helps at a terminal; here it would tell of another leader.
      if (fault instanceof Refusal && fault.problems.every(({ code }) => code === "leader-unknown")) return null;
      throw fault;
    }
  };
  return async (release: Release, report: ServedReport, language: Language): Promise<ServedPage | null> => {
    const key = keyOf(release, report, language);
    const page = kept.get(key);
    if (page !== undefined) {
      kept.delete(key);
      kept.set(key, page);
      return page;
    }
    const begun = making.get(key) ?? make(key, release, report, language).finally(() => making.delete(key));
    making.set(key, begun);
    return begun;
  };
};

export type ReportPages = ReturnType<typeof openReportPages>;
