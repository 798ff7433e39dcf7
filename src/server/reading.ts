import type { Place } from "../reporting/leader/sheet.ts";
import { askedIn } from "../reporting/management/cube/choice.ts";
import { type Html, html } from "../reporting/page/html.ts";
import { formatDate } from "../reporting/page/locale.ts";
import type { Release } from "../store/releases.ts";
import { lede, paragraph, type Say, type Voice } from "./pages/form-page.ts";
import type { ReportPages, ServedReport } from "./pages/report-pages.ts";
import type { Handlers } from "./policy.ts";
import { coachedBy, memberOf, type Programme, showsReport } from "./programme/programme.ts";
import type { Refusals } from "./refusals.ts";
import type { CurrentRelease } from "./release.ts";
import type { Site } from "./site.ts";
import type { Person } from "./state/people.ts";
import { type Answer, redirect, type Visit } from "./visit.ts";

export interface Reading {
  readonly site: Site;
  readonly refusals: Refusals;
  readonly current: CurrentRelease;
  /** The last release of each earlier wave. */
  readonly earlier: (current: Release) => Promise<readonly Release[]>;
  readonly pages: ReportPages;
  readonly programme: Programme;
}

const shownOf = async (
  { pages, refusals }: Reading,
  release: Release | null,
  report: ServedReport,
  visit: Visit,
): Promise<Answer> => {
  const { language } = visit;
  const page = release && (await pages.page({ release: release.id, report, language }));
  if (release === null || page === null) return refusals.notFound(language);
  return { status: 200, ...page, release: release.id };
};
const shown = async (reading: Reading, report: ServedReport, visit: Visit): Promise<Answer> =>
  shownOf(reading, await reading.current(), report, visit);

const entry = (path: string, title: string, text: string, { language }: Voice): Html =>
  html`<li><h2><a href="${path}?lang=${language}">${title}</a></h2><p>${text}</p></li>`;

const has = ({ viewers }: Person, ...any: readonly Person["viewers"][number][]): boolean =>
  any.some((viewer) => viewers.includes(viewer));

/** The earlier releases in which a person has a report as a leader. */
const ownEarlier = async ({ current, earlier }: Reading, { person }: Visit): Promise<readonly Release[]> => {
  const release = await current();
  const leader = person?.leader ?? null;
  if (release === null || leader === null) return [];
  const all = await earlier(release);
  const has = await Promise.all(all.map(async (one) => (await one.index()).has(leader)));
  return all.filter((_, at) => has[at]);
};

const reportEntries = async (
  release: Release,
  person: Person,
  before: readonly Release[],
  voice: Voice,
): Promise<readonly Html[]> => {
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
          ...(before.length > 0 ? [entry("/reports", say("earlierTitle"), say("earlierText"), voice)] : []),
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

const home = async (reading: Reading, visit: Visit): Promise<Answer> => {
  const { site, current, programme } = reading;
  const { person, language } = visit;
  if (person === null) return redirect(`/sign-in?lang=${language}`);
  const voice = site.voiceOf(language);
  const { say } = voice;
  const release = await current();
  const reports = release === null ? [] : await reportEntries(release, person, await ownEarlier(reading, visit), voice);
  const own = has(person, "administrator")
    ? [
        entry("/status", say("statusTitle"), say("statusText"), voice),
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

const absent = ({ refusals }: Reading, { language }: Visit): Answer => refusals.notFound(language);

/** Who a report says can see it, by what study and leader have chosen. */
const placeOf = async (programme: Programme, person: Person): Promise<Place> => {
  const member = await memberOf(programme, { person });
  if (member === null || !member.schedule.coachSeesReport) return "signed-in";
  return (await showsReport(programme, member.schedule, member.group, member.leader)) ? "coach-sees" : "coach-may";
};

/** A leader's own report, as that person is shown it. */
export const ownReport = async (programme: Programme, person: Person, leader: string): Promise<ServedReport> => ({
  kind: "leader",
  leader,
  place: await placeOf(programme, person),
});

/** Only a leader's own report has an address, and it names nobody: there is no other to ask for. */
const report = async (reading: Reading, visit: Visit): Promise<Answer> => {
  const { person } = visit;
  if (person === null || person.leader === null) return absent(reading, visit);
  return shown(reading, await ownReport(reading.programme, person, person.leader), visit);
};

/** An earlier report is shown to nobody but the leader. */
const earlierReport = async (reading: Reading, visit: Visit): Promise<Answer> => {
  const leader = visit.person?.leader ?? null;
  const release = (await ownEarlier(reading, visit)).find(({ id }) => id === visit.parameter) ?? null;
  if (leader === null) return absent(reading, visit);
  return shownOf(reading, release, { kind: "leader", leader, place: "signed-in" }, visit);
};

const earlierList = async (reading: Reading, visit: Visit): Promise<Answer> => {
  const { site } = reading;
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const entries = (await ownEarlier(reading, visit)).map(
    ({ id, date }) =>
      html`<li><a href="/reports/${id}?lang=${language}">${say("earlierLink", { date: formatDate(date, language) })}</a></li>`,
  );
  const content = html`${lede(say(entries.length === 0 ? "earlierNone" : "earlierLede"))}${entries.length === 0 ? null : html`<ul class="reports">${entries}</ul>`}`;
  return site.page(visit, "/reports", say("earlierTitle"), content);
};

/** The report of a leader who lets the own coach see it. */
const sharedReport = async (reading: Reading, visit: Visit): Promise<Answer> => {
  const { programme } = reading;
  const leader = visit.parameter;
  const coached = await coachedBy(programme, visit);
  const group = coached?.groups.find(({ leaders }) => leaders.some((one) => one.leader === leader));
  if (coached === null || group === undefined) return absent(reading, visit);
  if (!(await showsReport(programme, coached.schedule, group, leader))) return absent(reading, visit);
  return shown(reading, { kind: "leader", leader, place: "coach-sees" }, visit);
};

type Routes =
  | "GET /"
  | "GET /report"
  | "GET /reports"
  | "GET /reports/:release"
  | "GET /shared/:leader"
  | "GET /management"
  | "GET /management/cells.csv"
  | "GET /research";

export const readingHandlers = (reading: Reading): Pick<Handlers, Routes> => ({
  "GET /": (visit) => home(reading, visit),
  "GET /report": (visit) => report(reading, visit),
  "GET /reports": (visit) => earlierList(reading, visit),
  "GET /reports/:release": (visit) => earlierReport(reading, visit),
  "GET /shared/:leader": (visit) => sharedReport(reading, visit),
  "GET /management": (visit) => shown(reading, { kind: "management", asked: askedIn(visit.query) }, visit),
  "GET /management/cells.csv": (visit) => shown(reading, { kind: "cells", asked: askedIn(visit.query) }, visit),
  "GET /research": (visit) => shown(reading, { kind: "research" }, visit),
});
