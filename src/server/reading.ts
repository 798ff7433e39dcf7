import { type Html, html } from "../reporting/page/html.ts";
import { formatDate } from "../reporting/page/locale.ts";
import type { Release } from "../store/releases.ts";
import type { Dashboards } from "./pages/dashboards.ts";
import { lede, paragraph, type Say, type Voice } from "./pages/form-page.ts";
import type { ReportPages, ServedReport } from "./pages/report-pages.ts";
import type { Handlers } from "./policy.ts";
import { coachedBy, memberOf, type Programme } from "./programme/programme.ts";
import type { Refusals } from "./refusals.ts";
import type { CurrentRelease } from "./release.ts";
import type { Site } from "./site.ts";
import type { Person } from "./state/people.ts";
import { type Answer, redirect, type Visit } from "./visit.ts";

export interface Reading {
  readonly site: Site;
  readonly refusals: Refusals;
  readonly current: CurrentRelease;
  readonly pages: ReportPages;
  readonly dashboards: Dashboards;
  readonly programme: Programme;
}

const shown = async ({ current, pages, refusals }: Reading, report: ServedReport, visit: Visit): Promise<Answer> => {
  const release = await current();
  const page = release && (await pages(release, report, visit.language));
  if (release === null || page === null) return refusals.notFound(visit.language);
  return { status: 200, body: page.body, headers: { "content-security-policy": page.policy }, release: release.id };
};

const entry = (path: string, title: string, text: string, { language }: Voice): Html =>
  html`<li><h2><a href="${path}?lang=${language}">${title}</a></h2><p>${text}</p></li>`;

const has = ({ viewers }: Person, ...any: readonly Person["viewers"][number][]): boolean =>
  any.some((viewer) => viewers.includes(viewer));

const reportEntries = async (release: Release, person: Person, voice: Voice): Promise<readonly Html[]> => {
  const { say, language } = voice;
  const released = say("released", { date: formatDate(release.date, language) });
  const text = (key: Parameters<Say>[0]): string => `${say(key)} ${released}`;
  const own = person.leader !== null && (await release.index()).has(person.leader);
  return [
    ...(has(person, "leader")
      ? [
          own
            ? entry("/report", say("leaderTitle"), text("leaderText"), voice)
            : html`<li><p>${say("leaderNone")}</p></li>`,
        ]
      : []),
    ...(has(person, "management", "researcher")
      ? [entry("/management", say("managementTitle"), text("managementText"), voice)]
      : []),
    ...(has(person, "researcher") ? [entry("/research", say("researchTitle"), text("researchText"), voice)] : []),
  ];
};

const programmeEntries = async (programme: Programme, visit: Visit, voice: Voice): Promise<readonly Html[]> => {
  const { say } = voice;
  const isCoach = visit.person !== null && has(visit.person, "coach") && (await coachedBy(programme, visit)) !== null;
  const isMember = visit.person !== null && has(visit.person, "leader") && (await memberOf(programme, visit)) !== null;
  return [
    ...(isMember ? [entry("/programme", say("programmeTitle"), say("programmeText"), voice)] : []),
    ...(isCoach ? [entry("/groups", say("groupsTitle"), say("groupsText"), voice)] : []),
  ];
};

const home = async ({ site, current, programme }: Reading, visit: Visit): Promise<Answer> => {
  const { person, language } = visit;
  if (person === null) return redirect(`/sign-in?lang=${language}`);
  const voice = site.voiceOf(language);
  const { say } = voice;
  const release = await current();
  const reports = release === null ? [] : await reportEntries(release, person, voice);
  const own = has(person, "administrator")
    ? [
        entry("/people", say("peopleTitle"), say("peopleText"), voice),
        entry("/access", say("accessTitle"), say("accessText"), voice),
      ]
    : [];
  const entries = [...reports, ...(await programmeEntries(programme, visit, voice)), ...own];
  const waits = release === null && has(person, "leader", "management", "researcher");
  const content = html`${waits ? lede(say("noRelease")) : null}${
    entries.length > 0 ? html`<ul class="reports">${entries}</ul>` : waits ? null : paragraph(say("noPages"))
  }`;
  return site.page(visit, "/", say("homeTitle"), content);
};

/** Only a leader's own report has an address, and it names nobody: there is no other to ask for. */
const report = (reading: Reading, visit: Visit): Promise<Answer> => {
  const leader = visit.person?.leader ?? null;
  return leader === null
    ? Promise.resolve(reading.refusals.notFound(visit.language))
    : shown(reading, { kind: "leader", leader }, visit);
};

/** The rows that a dashboard shows, as a file. */
const cells = async ({ current, dashboards, refusals }: Reading, visit: Visit): Promise<Answer> => {
  const release = await current();
  if (release === null) return refusals.notFound(visit.language);
  const dashboard = await dashboards(release, visit.language);
  return {
    status: 200,
    body: dashboard.csv(dashboard.choose(visit.query)),
    type: "text/csv; charset=utf-8",
    headers: { "content-disposition": `attachment; filename="${dashboard.fileName}"` },
    release: release.id,
  };
};

type Routes = "GET /" | "GET /report" | "GET /management" | "GET /management/cells.csv" | "GET /research";

export const readingHandlers = (reading: Reading): Pick<Handlers, Routes> => ({
  "GET /": (visit) => home(reading, visit),
  "GET /report": (visit) => report(reading, visit),
  "GET /management": (visit) => shown(reading, { kind: "management", asked: visit.query }, visit),
  "GET /management/cells.csv": (visit) => cells(reading, visit),
  "GET /research": (visit) => shown(reading, { kind: "research" }, visit),
});
