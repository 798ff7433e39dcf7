import { Buffer } from "node:buffer";
import { type Language, Refusal } from "../../errors.ts";
import { renderLeader } from "../../reporting/leader/page.ts";
import type { Place } from "../../reporting/leader/sheet.ts";
import { addressOf } from "../../reporting/management/cube/choice.ts";
import type { Assets } from "../../reporting/page/assets.ts";
import type { ResearchModel } from "../../reporting/research/model.ts";
import { renderResearch } from "../../reporting/research/page.ts";
import { type Release, readLeaderModel, readModel } from "../../store/releases.ts";
import { policyOf, reportPolicy } from "../headers.ts";
import { barStyle, withBar } from "./bar.ts";
import type { Dashboards } from "./dashboards.ts";
import type { Say } from "./form-page.ts";

export type ServedReport =
  | { readonly kind: "leader"; readonly leader: string; readonly place: Place }
  | { readonly kind: "research" }
  /** With what its filters are set to. */
  | { readonly kind: "management"; readonly asked: URLSearchParams };

/** A page ready to be sent, and what a browser may do with it. */
export interface ServedPage {
  readonly body: Buffer;
  readonly policy: string;
}

/** What is rendered once: a page, and what of it is kept in the address of the other language. */
interface Rendering {
  readonly key: string;
  readonly shown: string;
  readonly page: () => Promise<string>;
}

const renderingOf = async (
  release: Release,
  report: ServedReport,
  language: Language,
  assets: Assets,
  dashboards: Dashboards,
): Promise<Rendering> => {
  const key = [release.id, report.kind, language];
  if (report.kind === "leader") {
    const page = async () =>
      renderLeader(await readLeaderModel(release, report.leader), report.place, language, assets);
    return { key: JSON.stringify([...key, report.leader, report.place]), shown: "", page };
  }
  if (report.kind === "research") {
    const page = async () => renderResearch(await readModel<ResearchModel>(release, "research"), language, assets);
    return { key: JSON.stringify(key), shown: "", page };
  }
  const dashboard = await dashboards(release, language);
  const choice = dashboard.choose(report.asked);
  const shown = addressOf(choice).toString();
  return { key: JSON.stringify([...key, shown]), shown, page: () => dashboard.page(choice) };
};

const served = (page: string, kind: ServedReport["kind"], shown: string, language: Language, say: Say): ServedPage => {
  const own = kind === "management" ? page : page.replace("</head>", () => `<style>${barStyle}</style>\n</head>`);
  const text = withBar(own, language, shown, say);
  return { body: Buffer.from(text), policy: kind === "management" ? policyOf("dashboard") : reportPolicy(text) };
};

/**
 * Pages of reports, each rendered once and kept while there is room: a release is frozen, so its pages never change.
 * Null where a leader is not in the release.
 */
export const openReportPages = (
  assets: Assets,
  words: (language: Language) => Say,
  dashboards: Dashboards,
  mostBytes: number,
) => {
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
  const make = async ({ key, shown, page }: Rendering, { kind }: ServedReport, language: Language) => {
    try {
      return keep(key, served(await page(), kind, shown, language, words(language)));
    } catch (fault) {
      // The nearest id that there is helps at a terminal; here it would tell of another leader.
      if (fault instanceof Refusal && fault.problems.every(({ code }) => code === "leader-unknown")) return null;
      throw fault;
    }
  };
  return async (release: Release, report: ServedReport, language: Language): Promise<ServedPage | null> => {
    const rendering = await renderingOf(release, report, language, assets, dashboards);
    const { key } = rendering;
    const page = kept.get(key);
    if (page !== undefined) {
      kept.delete(key);
      kept.set(key, page);
      return page;
    }
    const begun = making.get(key) ?? make(rendering, report, language).finally(() => making.delete(key));
    making.set(key, begun);
    return begun;
  };
};

export type ReportPages = ReturnType<typeof openReportPages>;
