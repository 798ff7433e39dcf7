import { Buffer } from "node:buffer";
import type { Voice } from "../pages/form-page.ts";
import type { Answer } from "../visit.ts";
import { kindOf } from "./course.ts";
import { dayOf, type Session } from "./programme.ts";

const escaped = (text: string): string => text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");

/** A line of at most 75 octets; what is longer goes on in the next, after a space (RFC 5545, 3.1). */
const folded = (line: string): string => {
  const lines: string[] = [];
  let current = "";
  for (const character of line) {
    if (Buffer.byteLength(current + character) > 75) {
      lines.push(current);
      current = " ";
    }
    current += character;
  }
  return [...lines, current].join("\r\n");
};

const compact = (moment: string): string => moment.replaceAll(/[-:]/g, "");
const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Clocks on the spot, whatever zone the reader's calendar is in; a day alone is the whole of it, its end not included. */
const timesOf = ({ from, to }: Session): readonly string[] =>
  from.includes("T") && to.includes("T")
    ? [`DTSTART:${compact(from)}00`, `DTEND:${compact(to)}00`]
    : [`DTSTART;VALUE=DATE:${compact(dayOf(from))}`, `DTEND;VALUE=DATE:${compact(dayAfter(dayOf(to)))}`];

/** Meetings as calendars take them in; nothing of what anybody wrote. */
export const calendarOf = (sessions: readonly Session[], voice: Voice, host: string): Answer => {
  const events = sessions.flatMap((session) => [
    "BEGIN:VEVENT",
    `UID:${encodeURIComponent(session.id)}@${host}`,
    `DTSTAMP:${compact(dayOf(session.from))}T000000Z`,
    ...timesOf(session),
    `SUMMARY:${escaped(`${kindOf(session, voice)} · ${voice.study}`)}`,
    ...(session.place === "" ? [] : [`LOCATION:${escaped(session.place)}`]),
    "END:VEVENT",
  ]);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Spejl//Spejl//DA", ...events, "END:VCALENDAR"];
  return {
    status: 200,
    body: `${lines.map(folded).join("\r\n")}\r\n`,
    type: "text/calendar; charset=utf-8",
    headers: { "content-disposition": 'attachment; filename="spejl.ics"' },
  };
};
