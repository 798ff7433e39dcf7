import { type Html, html } from "../../reporting/page/html.ts";
import { formatDate } from "../../reporting/page/locale.ts";
import { dataTable } from "../../reporting/page/page.ts";
import type { Voice } from "../pages/form-page.ts";
import type { Schedule } from "../state/schedule.ts";
import { dayOf, type Session } from "./programme.ts";

/** When a session is: a day, with its time of the day, or from a day to another. */
export const whenOf = ({ from, to }: Session, { say, language }: Voice): string => {
  const [day, last] = [formatDate(dayOf(from), language), formatDate(dayOf(to), language)];
  if (day !== last) return say("days", { from: day, to: last });
  if (!from.includes("T")) return say("day", { day });
  return say("dayTime", { day, from: from.slice(11), to: to.slice(11) });
};

export const kindOf = ({ kind }: Session, { say }: Voice): string => say(`kind.${kind}`);

const isNow = ({ from, to }: { readonly from: string; readonly to: string }, now: string): boolean =>
  from <= dayOf(now) && dayOf(now) <= to;

/** The learning goals, and which the current phase sets out to develop. */
export const goalsList = ({ goals, phases }: Schedule, now: string, voice: Voice): Html | null => {
  const { say, language } = voice;
  if (goals.length === 0) return null;
  const entries = goals.map(({ id, name }) => {
    const phase = phases.find((one) => one.goals.includes(id))!;
    const period = say("phasePeriod", {
      from: formatDate(phase.from, language),
      to: formatDate(phase.to, language),
    });
    // A phase is often called after what it sets out to develop.
    const when =
      phase.name[language] === name[language] ? period : say("goalPeriod", { phase: phase.name[language], period });
    const text = html`<h3>${name[language]}</h3><p class="sub">${when}</p>`;
    return isNow(phase, now)
      ? html`<li aria-current="step">${text}<p class="now">${say("phaseNow")}</p></li>`
      : html`<li>${text}</li>`;
  });
  return html`<section><h2>${say("goalsTitle")}</h2><ul class="goals">${entries}</ul></section>`;
};

/** Knowledge → reflection → action, each step with where it is worked on. */
export const cycle = (
  steps: readonly { readonly title: string; readonly text: string; readonly links: readonly Html[] }[],
  { say }: Voice,
): Html =>
  html`<section><h2>${say("cycleTitle")}</h2><ol class="cycle">${steps.map(
    ({ title, text, links }) =>
      html`<li><h3>${title}</h3><p>${text}</p>${links.map((link) => html`<p>${link}</p>`)}</li>`,
  )}</ol><p class="note">${say("cycleAgain")}</p></section>`;

/** The phases in time, with the one that it is now. */
export const phaseStrip = ({ phases }: Schedule, now: string, { say, language }: Voice): Html =>
  html`<section><h2>${say("phasesTitle")}</h2><ol class="phases">${phases.map((phase) => {
    const text = html`<h3>${phase.name[language]}</h3><p class="sub">${say("phasePeriod", { from: formatDate(phase.from, language), to: formatDate(phase.to, language) })}</p>`;
    if (isNow(phase, now)) return html`<li aria-current="step">${text}<p class="now">${say("phaseNow")}</p></li>`;
    return html`<li>${text}${phase.to < dayOf(now) ? html`<p class="sub">${say("phaseOver")}</p>` : null}</li>`;
  })}</ol><p class="note">${say("phasesToday", { date: formatDate(dayOf(now), language) })}</p></section>`;

const describe = (session: Session, voice: Voice): string =>
  [kindOf(session, voice), session.coach === null ? "" : voice.say("withCoach", { coach: session.coach })]
    .filter((word) => word !== "")
    .join(" ");

export const nextMeeting = (next: Session | null, calendar: string, voice: Voice): Html => {
  const { say, language } = voice;
  const what =
    next === null
      ? html`<p>${say("nextNone")}</p>`
      : html`<p class="next"><strong>${whenOf(next, voice)}</strong><br>${[describe(next, voice), next.place].filter((word) => word !== "").join(" · ")}</p>`;
  return html`<section><h2>${say("nextTitle")}</h2>${what}<p><a href="${calendar}?lang=${language}">${say("nextCalendar")}</a></p></section>`;
};

/** All meetings, with what else there is to say of each. */
export const meetings = (
  sessions: readonly Session[],
  came: ((session: Session) => string) | null,
  voice: Voice,
): Html => {
  const { say } = voice;
  const table = dataTable({
    caption: say("meetingsCaption", { count: sessions.length }),
    columns: [
      say("columnTime"),
      say("columnMeeting"),
      say("columnPlace"),
      ...(came === null ? [] : [say("columnCame")]),
    ],
    rows: sessions.map((session) => [
      whenOf(session, voice),
      describe(session, voice),
      session.place || "–",
      ...(came === null ? [] : [came(session)]),
    ]),
  });
  return html`<section><h2>${say("meetingsTitle")}</h2>${table}</section>`;
};
