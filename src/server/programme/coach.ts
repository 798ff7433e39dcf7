import { type Html, html } from "../../reporting/page/html.ts";
import { lede, paragraph, type Voice } from "../pages/form-page.ts";
import type { Handlers } from "../policy.ts";
import type { Group, Schedule } from "../state/schedule.ts";
import { groupOwner } from "../state/texts.ts";
import { type Answer, redirect, type Visit } from "../visit.ts";
import { calendarOf } from "./calendar.ts";
import { addCase, casesOf } from "./cases.ts";
import { goalsList, kindOf, meetings, nextMeeting, phaseStrip, whenOf } from "./course.ts";
import {
  cameTo,
  coachedBy,
  hasBegun,
  nextOf,
  type Programme,
  removeDilemmas,
  type Session,
  type Shared,
  sessionsOf,
  sharedIn,
  showsReport,
} from "./programme.ts";
import { faultBox, lengthOf, mostCharacters, sureForm, tidyWriting, writtenText } from "./writing.ts";

const fewestDilemmas = 2;

interface Own {
  readonly schedule: Schedule;
  readonly group: Group;
}

/** The group of an address, where it is the visitor's own: any other is not there. */
const ownGroup = async (programme: Programme, visit: Visit): Promise<Own | null> => {
  const coached = await coachedBy(programme, visit);
  const group = coached?.groups.find(({ id }) => id === visit.parameter);
  return coached === null || group === undefined ? null : { schedule: coached.schedule, group };
};

const absent = ({ refusals }: Programme, { language }: Visit): Answer => refusals.notFound(language);

const pathOf = ({ id }: Group): string => `/groups/${encodeURIComponent(id)}`;

const list = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const coached = await coachedBy(programme, visit);
  if (coached === null) return absent(programme, visit);
  const { site, now } = programme;
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const groups = coached.groups
    .map((group) => ({ group, next: nextOf(sessionsOf(coached.schedule, group), now()) }))
    .sort((a, b) => ((a.next?.from ?? "9") < (b.next?.from ?? "9") ? -1 : 1));
  const entries = groups.map(({ group, next }) => {
    const count = group.leaders.length;
    const text = next === null ? say("groupNoNext", { count }) : say("groupNext", { count, when: whenOf(next, voice) });
    return html`<li><h2><a href="${pathOf(group)}?lang=${language}">${say("groupLink", { group: group.id })}</a></h2><p>${text}</p></li>`;
  });
  const content = html`${lede(say(entries.length === 0 ? "groupsNone" : coached.schedule.coachSeesReport ? "groupsLedeReports" : "groupsLede"))}
${goalsList(coached.schedule, now(), voice)}<p class="note">${say("cycleCoach")}</p>
${entries.length === 0 ? null : html`<ul class="reports">${entries}</ul>`}${phaseStrip(coached.schedule, now(), voice)}`;
  return site.page(visit, "/groups", say("groupsTitle"), content);
};

/** A leader who shares nothing reads like one who has written nothing. */
const sharedSection = (
  { leaders }: Group,
  shared: readonly Shared[],
  reports: ReadonlySet<string>,
  voice: Voice,
): Html => {
  const { say, language } = voice;
  return html`<section><h2>${say("sharedTitle")}</h2>${leaders.map(({ leader }) => {
    const own = shared.filter((one) => one.leader === leader);
    const texts = own.map(({ part, saved }) => html`<h4>${say(`part.${part}`)}</h4>${writtenText(part, saved, voice)}`);
    const report = reports.has(leader)
      ? html`<p><a href="/shared/${encodeURIComponent(leader)}?lang=${language}">${say("coachReportLink")}<span class="unseen"> ${say("leaderName", { leader })}</span></a></p>`
      : null;
    return html`<h3>${say("leaderName", { leader })}</h3>${report}${texts.length === 0 && report === null ? html`<p class="sub">${say("sharedNothing")}</p>` : texts}`;
  })}</section>`;
};

type Came = (session: string, leader: string) => boolean | null;

const isMarked = ({ id }: Session, { leaders }: Group, came: Came): boolean =>
  leaders.some(({ leader }) => came(id, leader) !== null);

const attendanceForm = (session: Session, { group }: Own, came: Came, hidden: Html, voice: Voice): Html => {
  const { say, language } = voice;
  const boxes = group.leaders.map(({ leader }, at) => {
    const id = `${session.id}-${at}`;
    return html`<p class="tick"><input type="checkbox" id="${id}" name="came" value="${leader}"${came(session.id, leader) === true ? html` checked` : null}><label for="${id}">${say("leaderName", { leader })}</label></p>`;
  });
  return html`<form class="marks" method="post" action="${pathOf(group)}/attendance?lang=${language}">${hidden}<input type="hidden" name="session" value="${session.id}"><fieldset><legend>${kindOf(session, voice)}, ${whenOf(session, voice)}</legend>${isMarked(session, group, came) ? null : html`<p class="sub">${say("attendanceNotKept")}</p>`}${boxes}</fieldset><button class="quiet">${say("attendanceSave")}</button></form>`;
};

const attendanceSection = async (programme: Programme, own: Own, hidden: Html, voice: Voice): Promise<Html> => {
  const { say } = voice;
  const begun = sessionsOf(own.schedule, own.group)
    .filter((session) => hasBegun(session, programme.now()))
    .toReversed();
  const came = await cameTo(programme, own.schedule);
  const form = (session: Session): Html => attendanceForm(session, own, came, hidden, voice);
  const [marked, open] = [true, false].map((wanted) =>
    begun.filter((session) => isMarked(session, own.group, came) === wanted),
  ) as [Session[], Session[]];
  const kept = html`<details><summary>${say("attendanceKept")}</summary>${marked.map(form)}</details>`;
  const forms = !own.schedule.coachesMark
    ? paragraph(say("attendanceRoster"))
    : begun.length === 0
      ? paragraph(say("attendanceNone"))
      : html`<p>${say("attendanceHelp")}</p>${open.map(form)}${marked.length === 0 ? null : kept}`;
  return html`<section id="attendance"><h2>${say("attendanceTitle")}</h2>${forms}</section>`;
};

const lastCoaching = ({ schedule, group }: Own): Session | undefined =>
  sessionsOf(schedule, group).findLast(({ kind }) => kind === "coaching");

interface Fault {
  readonly box: Html;
  /** A case that was written and not taken. */
  readonly text: string;
}

const dilemmasIn = (shared: readonly Shared[]): number => shared.filter(({ part }) => part === "dilemma").length;

const groupPage = async (programme: Programme, visit: Visit, own: Own, fault: Fault | null): Promise<Answer> => {
  const { site, now, secret } = programme;
  const { schedule, group } = own;
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const hidden = site.field(visit);
  const sessions = sessionsOf(schedule, group);
  const shared = await sharedIn(programme, schedule, group, "coach");
  const showing = await Promise.all(
    group.leaders.map(async ({ leader }) => ((await showsReport(programme, schedule, group, leader)) ? [leader] : [])),
  );
  const cases = await casesOf(programme, groupOwner(secret, group.id));
  const [last, path] = [lastCoaching(own), pathOf(group)];
  const writing = html`<section id="cases"><h2>${say("caseTitle")}</h2><p>${say("caseHelp", { count: dilemmasIn(shared) })}</p><form class="writing" method="post" action="${path}/cases?lang=${language}">${hidden}<label for="case">${say("caseText")}</label><textarea id="case" name="text" rows="8" maxlength="${String(mostCharacters)}">
${fault?.text ?? ""}</textarea><button>${say("caseSave")}</button></form>${cases.map((text, at) => html`<h3>${say("caseNumber", { number: at + 1 })}</h3><p class="own">${text}</p>`)}</section>`;
  const closing = {
    title: say("closeTitle"),
    text: say("closeText"),
    sure: say("closeSure"),
    button: say("closeButton"),
  };
  const content = html`${fault?.box ?? null}${lede(say("groupLede", { count: group.leaders.length }))}
${goalsList(schedule, now(), voice)}<p class="note">${say("cycleCoach")}</p>
${nextMeeting(nextOf(sessions, now()), `${path}/calendar.ics`, voice)}
${sharedSection(group, shared, new Set(showing.flat()), voice)}
${writing}
${await attendanceSection(programme, own, hidden, voice)}
${last === undefined || !hasBegun(last, now()) ? null : sureForm(`${path}/close?lang=${language}`, closing, hidden, "sure")}
${meetings(sessions, null, voice)}
<p><a href="/groups?lang=${language}">${say("groupsTitle")}</a></p>`;
  const answer = site.page(visit, path, say("groupTitle", { group: group.id }), content);
  return { ...answer, status: fault === null ? 200 : 400, object: "/groups/:group" };
};

const onOwn =
  (programme: Programme, work: (own: Own, visit: Visit) => Promise<Answer>) =>
  async (visit: Visit): Promise<Answer> => {
    const own = await ownGroup(programme, visit);
    return own === null ? absent(programme, visit) : work(own, visit);
  };

const faulty = (programme: Programme, visit: Visit, own: Own, text: string, written = ""): Promise<Answer> =>
  groupPage(programme, visit, own, {
    box: faultBox(text, null, programme.site.voiceOf(visit.language)),
    text: written,
  });

const mark = async (programme: Programme, own: Own, visit: Visit): Promise<Answer> => {
  const { form, language } = visit;
  const { schedule, group } = own;
  const session = sessionsOf(schedule, group).find(({ id }) => id === form.get("session"));
  const [leaders, came] = [group.leaders.map(({ leader }) => leader), form.getAll("came")];
  const isOurs =
    session !== undefined && hasBegun(session, programme.now()) && came.every((one) => leaders.includes(one));
  if (!isOurs || !schedule.coachesMark)
    return faulty(programme, visit, own, programme.site.voiceOf(language).say("faultMeeting"));
  await programme.attendance.mark(session.id, new Map(leaders.map((leader) => [leader, came.includes(leader)])));
  return redirect(`${pathOf(group)}?lang=${language}#attendance`);
};

const write = async (programme: Programme, own: Own, visit: Visit): Promise<Answer> => {
  const { schedule, group } = own;
  const { say } = programme.site.voiceOf(visit.language);
  const text = tidyWriting(visit.form.get("text") ?? "");
  const count = dilemmasIn(await sharedIn(programme, schedule, group, "coach"));
  const length = lengthOf([text]);
  const fault =
    text.trim() === ""
      ? say("faultCaseEmpty")
      : length > mostCharacters
        ? say("faultLong", { length, most: mostCharacters })
        : count < fewestDilemmas
          ? say("faultCase", { count })
          : null;
  if (fault !== null) return faulty(programme, visit, own, fault, text);
  await addCase(programme, groupOwner(programme.secret, group.id), text);
  return redirect(`${pathOf(group)}?lang=${visit.language}#cases`);
};

const close = async (programme: Programme, own: Own, visit: Visit): Promise<Answer> => {
  const { say } = programme.site.voiceOf(visit.language);
  const last = lastCoaching(own);
  if (last === undefined || !hasBegun(last, programme.now())) return faulty(programme, visit, own, say("faultClose"));
  if (visit.form.get("sure") !== "yes") return faulty(programme, visit, own, say("faultSure"));
  await removeDilemmas(programme, own.group);
  return redirect(`${pathOf(own.group)}?lang=${visit.language}`);
};

type Routes =
  | "GET /groups"
  | "GET /groups/:group"
  | "GET /groups/:group/calendar.ics"
  | "POST /groups/:group/attendance"
  | "POST /groups/:group/cases"
  | "POST /groups/:group/close";

/** A coach's own groups: what is shared there. A shared report has its own page. */
export const coachHandlers = (programme: Programme): Pick<Handlers, Routes> => ({
  "GET /groups": (visit) => list(programme, visit),
  "GET /groups/:group": onOwn(programme, (own, visit) => groupPage(programme, visit, own, null)),
  "GET /groups/:group/calendar.ics": onOwn(programme, async ({ schedule, group }, { language }) =>
    calendarOf(sessionsOf(schedule, group), programme.site.voiceOf(language), programme.host),
  ),
  "POST /groups/:group/attendance": onOwn(programme, (own, visit) => mark(programme, own, visit)),
  "POST /groups/:group/cases": onOwn(programme, (own, visit) => write(programme, own, visit)),
  "POST /groups/:group/close": onOwn(programme, (own, visit) => close(programme, own, visit)),
});
