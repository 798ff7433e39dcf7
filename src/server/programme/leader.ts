import { type Html, html } from "../../reporting/page/html.ts";
import { formatDate } from "../../reporting/page/locale.ts";
import { lede, paragraph, type Voice } from "../pages/form-page.ts";
import type { Handlers } from "../policy.ts";
import { groupOwner, type Saved, type Sharing, sharings } from "../state/texts.ts";
import { type Answer, redirect, type Visit } from "../visit.ts";
import { calendarOf } from "./calendar.ts";
import { casesOf } from "./cases.ts";
import { cycle, goalsList, meetings, nextMeeting, phaseStrip } from "./course.ts";
import {
  cameTo,
  dayOf,
  type Member,
  memberOf,
  nextOf,
  type Part,
  type Programme,
  sessionsOf,
  sharedIn,
} from "./programme.ts";
import {
  faultBox,
  fieldsIn,
  lengthOf,
  mostCharacters,
  sharingsOf,
  sureForm,
  writingFields,
  writtenText,
} from "./writing.ts";

const absent = ({ refusals }: Programme, { language }: Visit): Answer => refusals.notFound(language);

/** A line that is true of who can read a text now. */
const accessLine = (saved: Saved | null, { say }: Voice): Html =>
  html`<p class="sub">${say(`access.${saved?.shared ?? "private"}`)}</p>`;

const partSection = (part: Part, saved: Saved | null, voice: Voice): Html => {
  const { say, language } = voice;
  const text = saved === null ? paragraph(say("partEmpty")) : writtenText(part, saved, voice);
  const date = saved && html`<p class="sub">${say("partSaved", { date: formatDate(saved.changed, language) })}</p>`;
  return html`<section id="${part}"><h2>${say(`part.${part}`)}</h2>${accessLine(saved, voice)}${text}${date}<p><a class="button quiet" href="/programme/${part}?lang=${language}">${say(saved === null ? "partWrite" : "partChange")}<span class="unseen"> ${say(`part.${part}`)}</span></a></p></section>`;
};

const steps = (parts: readonly Part[], { say, language }: Voice) => {
  const links = (wanted: readonly Part[]): readonly Html[] =>
    parts.filter((part) => wanted.includes(part)).map((part) => html`<a href="#${part}">${say(`part.${part}`)}</a>`);
  return [
    {
      title: say("cycleKnowledge"),
      text: say("cycleKnowledgeText"),
      links: [html`<a href="/report?lang=${language}">${say("leaderTitle")}</a>`],
    },
    {
      title: say("cycleReflection"),
      text: say("cycleReflectionText"),
      links: links(["foundation", "focus", "dilemma"]),
    },
    { title: say("cycleAction"), text: say("cycleActionText"), links: links(["arena", "actions"]) },
  ];
};

/** The leader's own choice whether the coach sees the report, where the study gives it. */
const coachReport = async (
  { site, texts }: Programme,
  visit: Visit,
  { schedule, owner }: Member,
  { say, language }: Voice,
): Promise<Html | null> => {
  if (!schedule.coachSeesReport) return null;
  const isShown = await texts.showsReport(owner);
  return html`<section id="coach-report"><h2>${say("coachReportTitle")}</h2><p>${say(isShown ? "coachReportOn" : "coachReportOff")}</p><form method="post" action="/report/coach?lang=${language}">${site.field(visit)}<input type="hidden" name="shown" value="${isShown ? "no" : "yes"}"><button class="quiet">${say(isShown ? "coachReportHide" : "coachReportShow")}</button></form></section>`;
};

/** What the other leaders of a group have shared with it, and its cases. */
const ofGroup = async (programme: Programme, { schedule, group, leader }: Member, voice: Voice): Promise<Html> => {
  const { say } = voice;
  const shared = (await sharedIn(programme, schedule, group, "group")).filter((one) => one.leader !== leader);
  const cases = await casesOf(programme, groupOwner(programme.secret, group.id));
  const others =
    shared.length === 0
      ? null
      : html`<section><h2>${say("groupSharedTitle")}</h2>${shared.map(
          (one) =>
            html`<h3>${say("leaderName", { leader: one.leader })}: ${say(`part.${one.part}`)}</h3>${writtenText(one.part, one.saved, voice)}`,
        )}</section>`;
  return html`${others}${cases.length === 0 ? null : html`<section><h2>${say("casesTitle")}</h2><p class="sub">${say("casesText")}</p>${cases.map((text, at) => html`<h3>${say("caseNumber", { number: at + 1 })}</h3><p class="own">${text}</p>`)}</section>`}`;
};

const ownPage = async (programme: Programme, visit: Visit, member: Member, fault: Html | null): Promise<Answer> => {
  const { site, texts, now } = programme;
  const { schedule, group, leader, owner } = member;
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const saved = await Promise.all(schedule.parts.map((part) => texts.read(owner, part)));
  const sessions = sessionsOf(schedule, group);
  const came = await cameTo(programme, schedule);
  const camePast = (session: (typeof sessions)[number]): string => {
    const did = came(session.id, leader);
    return session.from > now() ? "–" : say(did === null ? "cameUnknown" : did ? "came" : "cameNot");
  };
  const erase = {
    title: say("eraseTitle"),
    text: say("eraseText"),
    sure: say("eraseSure"),
    button: say("eraseButton"),
  };
  const content = html`${fault}${lede(say("programmeLede"))}
${goalsList(schedule, now(), voice)}${cycle(steps(schedule.parts, voice), voice)}
${nextMeeting(nextOf(sessions, now()), "/programme/calendar.ics", voice)}${phaseStrip(schedule, now(), voice)}
${schedule.parts.map((part, at) => partSection(part, saved[at]!, voice))}
${await ofGroup(programme, member, voice)}
${await coachReport(programme, visit, member, voice)}
${meetings(sessions, schedule.coachesMark ? camePast : null, voice)}
${sureForm(`/programme/erase?lang=${language}`, erase, site.field(visit), "sure")}
<p class="note">${say("keepText", { date: formatDate(schedule.until, language) })}</p>`;
  const answer = site.page(visit, "/programme", say("programmeTitle"), content);
  return fault === null ? answer : { ...answer, status: 400 };
};

interface Draft {
  readonly fields: readonly string[];
  readonly shared: Sharing;
  readonly count: number;
  readonly fault: Html | null;
  readonly status: Answer["status"];
}

const partPage = ({ site }: Programme, visit: Visit, part: Part, draft: Draft): Answer => {
  const voice = site.voiceOf(visit.language);
  const { say, language } = voice;
  const choices = sharingsOf[part].map(
    (each) =>
      html`<p class="tick"><input type="radio" id="share-${each}" name="shared" value="${each}"${each === draft.shared ? html` checked` : null}><label for="share-${each}">${say(`share.${each}`)}</label></p>`,
  );
  const content = html`${draft.fault}${lede(say(`prompt.${part}`))}
<form class="writing" method="post" action="/programme/${part}?lang=${language}">${site.field(visit)}<input type="hidden" name="count" value="${String(draft.count)}">${writingFields(part, draft.fields, voice)}<p class="note">${say("partLimit", { count: mostCharacters })}</p><fieldset><legend>${say("share")}</legend>${choices}</fieldset><button>${say("partSave")}</button></form>
<p><a href="/programme?lang=${language}#${part}">${say("partBack")}</a></p>`;
  return { ...site.page(visit, `/programme/${part}`, say(`part.${part}`), content), status: draft.status };
};

const partOf = ({ schedule }: Member, { parameter }: Visit): Part | null =>
  schedule.parts.find((part) => part === parameter) ?? null;

const show = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  const part = member && partOf(member, visit);
  if (member === null || part === null) return absent(programme, visit);
  const saved = await programme.texts.read(member.owner, part);
  const { fields = [], shared = "private", count = 0 } = saved ?? {};
  const answer = partPage(programme, visit, part, { fields, shared, count, fault: null, status: 200 });
  return { ...answer, object: `/programme/${part}` };
};

const save = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  const part = member && partOf(member, visit);
  if (member === null || part === null) return absent(programme, visit);
  const { form, language } = visit;
  const voice = programme.site.voiceOf(language);
  const { say } = voice;
  const fields = fieldsIn(part, form);
  const shared = sharings.find((each) => each === form.get("shared")) ?? "private";
  const count = Number.parseInt(form.get("count") ?? "0", 10) || 0;
  const object = `/programme/${part}`;
  const again = (fault: Html, status: Answer["status"], newer = count): Answer => ({
    ...partPage(programme, visit, part, { fields, shared, count: newer, fault, status }),
    object,
  });
  const length = lengthOf(fields);
  if (length > mostCharacters)
    return again(faultBox(say("faultLong", { length, most: mostCharacters }), null, voice), 400);
  if (!sharingsOf[part].includes(shared)) return again(faultBox(say("faultShare"), null, voice), 400);
  const changed = dayOf(programme.now());
  const newer = await programme.texts.save(member.owner, part, { fields, shared, changed, count });
  if (newer === null) return { ...redirect(`/programme?lang=${language}#${part}`), object };
  const theirs = newer.count === 0 ? null : writtenText(part, newer, voice);
  return again(faultBox(say(theirs === null ? "faultStaleEmpty" : "faultStale"), theirs, voice), 409, newer.count);
};

const own = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  return member === null ? absent(programme, visit) : ownPage(programme, visit, member, null);
};

const eraseOwn = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  if (member === null) return absent(programme, visit);
  const voice = programme.site.voiceOf(visit.language);
  if (visit.form.get("sure") !== "yes")
    return ownPage(programme, visit, member, faultBox(voice.say("faultSure"), null, voice));
  await programme.texts.erase(member.owner);
  return redirect(`/programme?lang=${visit.language}`);
};

const calendar = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  if (member === null) return absent(programme, visit);
  return calendarOf(sessionsOf(member.schedule, member.group), programme.site.voiceOf(visit.language), programme.host);
};

const showReport = async (programme: Programme, visit: Visit): Promise<Answer> => {
  const member = await memberOf(programme, visit);
  if (member === null || !member.schedule.coachSeesReport) return absent(programme, visit);
  await programme.texts.showReport(member.owner, visit.form.get("shown") === "yes");
  return redirect(`/programme?lang=${visit.language}#coach-report`);
};

type Routes =
  | "POST /report/coach"
  | "GET /programme"
  | "GET /programme/calendar.ics"
  | "POST /programme/erase"
  | "GET /programme/:part"
  | "POST /programme/:part";

/** A leader's own programme. What stands under a fixed name comes before `:part`, which would take it. */
export const leaderHandlers = (programme: Programme): Pick<Handlers, Routes> => ({
  "POST /report/coach": (visit) => showReport(programme, visit),
  "GET /programme": (visit) => own(programme, visit),
  "GET /programme/calendar.ics": (visit) => calendar(programme, visit),
  "POST /programme/erase": (visit) => eraseOwn(programme, visit),
  "GET /programme/:part": (visit) => show(programme, visit),
  "POST /programme/:part": (visit) => save(programme, visit),
});
