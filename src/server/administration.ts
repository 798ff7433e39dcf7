import type { Place } from "../errors.ts";
import { explainQuarantine } from "../explain/quarantine.ts";
import { type Html, html } from "../reporting/page/html.ts";
import { formatDate } from "../reporting/page/locale.ts";
import { dataTable } from "../reporting/page/page.ts";
import { emptyLog } from "../store/log/chain.ts";
import { waveOf } from "../store/release-manifest.ts";
import { type RunStatus, readRunStatus } from "../store/run-status.ts";
import { lede, paragraph, type Voice } from "./pages/form-page.ts";
import type { Handlers } from "./policy.ts";
import type { CurrentRelease } from "./release.ts";
import type { Site } from "./site.ts";
import { type Access, readAccess } from "./state/access-log.ts";
import type { People } from "./state/people.ts";
import type { Answer, Visit } from "./visit.ts";

export interface Administration {
  readonly site: Site;
  readonly people: People;
  readonly studyFolder: string;
  readonly stateFolder: string;
  readonly current: CurrentRelease;
}

const mostShown = 200;

const timeOf = (at: string): string => at.slice(0, 19).replace("T", " ");

const lastSignIns = (entries: readonly Access[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ person, action, result, at }) =>
      person !== null && action === "sign-in" && result === "303" ? [[person, at] as const] : [],
    ),
  );

const peoplePage = async ({ site, people, stateFolder }: Administration, visit: Visit): Promise<Answer> => {
  const { say, language } = site.voiceOf(visit.language);
  const all = await people.all();
  const { entries = [], from = emptyLog } = (await readAccess(stateFolder)) ?? {};
  const last = lastSignIns(entries);
  // Who does not stand in what is left of the log may have signed in before.
  const oldest = from.entries === 0 ? undefined : entries[0]?.at.slice(0, 10);
  const none = oldest === undefined ? say("never") : say("notSince", { date: formatDate(oldest, language) });
  const table = dataTable({
    caption: say("peopleCaption", { count: all.length }),
    columns: [say("columnPerson"), say("columnViewers"), say("columnLeader"), say("columnMail"), say("columnLast")],
    rows: all.map(({ id, viewers, leader, mail }) => [
      id,
      viewers.map((viewer) => say(`viewer.${viewer}`)).join(", "),
      leader ?? "–",
      say(mail === null ? "no" : "yes"),
      last.has(id) ? timeOf(last.get(id)!) : none,
    ]),
  });
  return site.page(visit, "/people", say("peopleTitle"), html`${lede(say("peopleLede"))}${table}`);
};

const accessPage = async ({ site, stateFolder }: Administration, visit: Visit): Promise<Answer> => {
  const { say } = site.voiceOf(visit.language);
  const { entries = [], broken = [] } = (await readAccess(stateFolder)) ?? {};
  const recent = entries.slice(-mostShown).reverse();
  const chain =
    broken.length === 0
      ? say("accessWhole", { count: entries.length })
      : say("accessBroken", { lines: broken.slice(0, 12).join(", ") });
  const table = dataTable({
    caption: say("accessCaption", { count: recent.length }),
    columns: [
      say("columnNumber"),
      say("columnTime"),
      say("columnPerson"),
      say("columnAction"),
      say("columnObject"),
      say("columnRelease"),
      say("columnResult"),
    ],
    rows: recent.map(({ n, at, person, action, object, release, result }) => [
      String(n),
      timeOf(at),
      person ?? say("server"),
      say(`action.${action}`),
      object,
      release ?? "–",
      result,
    ]),
  });
  return site.page(visit, "/access", say("accessTitle"), html`${lede(say("accessLede"))}${paragraph(chain)}${table}`);
};

/** Releases in the order in which they were first shown, with how often a page of each was read. */
const shownReleases = (entries: readonly Access[]) => {
  const shown = new Map<string, { readonly since: string; reads: number }>();
  for (const { release, at, action, result } of entries) {
    if (release === null) continue;
    const one = shown.get(release) ?? { since: at, reads: 0 };
    if (action === "read" && result === "200") one.reads += 1;
    shown.set(release, one);
  }
  return [...shown];
};

const numberOf = (value: number | string | undefined): string => (value === undefined ? "–" : String(value));

/** How the last run of the stages ended: counts of each delivery, and where rows and files were not taken. */
const lastRun = (status: RunStatus | null, { say, language }: Voice): Html => {
  if (status === null) return html`<section><h2>${say("runTitle")}</h2>${paragraph(say("runNone"))}</section>`;
  const { at, command, refused, deliveries, quarantined, quarantine } = status;
  const values = { time: timeOf(at), command };
  const rows = deliveries.map(({ file, wave, rater, ...counts }) => [
    file,
    wave,
    say(`rater.${rater as "self"}`),
    ...[counts.rows, counts.accepted, counts.rejected, counts.skipped].map(String),
  ]);
  const placed = <C>(all: readonly (Partial<Place> & { readonly code: C })[], reason: (code: C) => string) =>
    all.map(({ file, line, column, code }) => [file ?? "–", numberOf(line), numberOf(column), reason(code)]);
  const places = [say("columnFile"), say("columnLine"), say("columnColumn"), say("columnReason")];
  const faults = dataTable({
    caption: say("refusedCaption", { count: refused.length }),
    columns: places,
    rows: placed(refused, (code) => code),
  });
  const read = dataTable({
    caption: say("deliveriesCaption", { count: deliveries.length }),
    columns: [
      ...[say("columnFile"), say("columnWave"), say("columnRater"), say("columnRows")],
      ...[say("columnAccepted"), say("columnRejected"), say("columnSkipped")],
    ],
    rows,
  });
  const kept = dataTable({
    caption: say("quarantineCaption", { count: quarantined, shown: quarantine.length }),
    columns: places,
    rows: placed(quarantine, (code) => `${explainQuarantine(code, language)} (${code})`),
  });
  return html`<section><h2>${say("runTitle")}</h2>${paragraph(say(refused.length > 0 ? "runRefused" : "runDone", values))}${
    refused.length > 0 ? faults : null
  }${deliveries.length > 0 ? read : null}${quarantine.length > 0 ? kept : null}</section>`;
};

const statusPage = async (
  { site, studyFolder, stateFolder, current }: Administration,
  visit: Visit,
): Promise<Answer> => {
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const release = await current();
  const { entries = [], from = emptyLog } = (await readAccess(stateFolder)) ?? {};
  const started = entries.findLast(({ action, result }) => action === "serve" && result === "started");
  const shown = shownReleases(entries).toReversed();
  const now =
    release === null
      ? say("statusNone")
      : say("statusNow", {
          release: release.id,
          date: formatDate(release.date, language),
          wave: waveOf(release.id),
        });
  const table = dataTable({
    caption: say("statusCaption", { count: shown.length }),
    columns: [say("columnRelease"), say("columnSince"), say("columnReads")],
    rows: shown.map(([id, { since, reads }]) => [id, timeOf(since), String(reads)]),
  });
  const since = started && paragraph(say("statusStarted", { time: timeOf(started.at) }));
  const pruned = from.entries > 0 ? paragraph(say("prunedNote", { count: from.entries })) : null;
  const content = html`${lede(say("statusLede"))}${paragraph(now)}${since ?? null}${table}${pruned}${lastRun(await readRunStatus(studyFolder), voice)}`;
  return site.page(visit, "/status", say("statusTitle"), content);
};

export const administrationHandlers = (
  administration: Administration,
): Pick<Handlers, "GET /people" | "GET /access" | "GET /status"> => ({
  "GET /status": (visit) => statusPage(administration, visit),
  "GET /people": (visit) => peoplePage(administration, visit),
  "GET /access": (visit) => accessPage(administration, visit),
});
