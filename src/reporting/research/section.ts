import type { EffectNumbers } from "../effect/effect.ts";
import { type Html, html } from "../page/html.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { ResearchVoice } from "./voice.ts";

/** A part of the report under its own heading. */
export const section = (id: string, title: string, body: Html): Html =>
  html`<section id="${id}" aria-labelledby="${id}-t"><h2 id="${id}-t">${title}</h2>${body}</section>`;

/** What a reader might look for and why it is not here. */
export const absentSection = (reasons: readonly string[], voice: ResearchVoice): Html | null =>
  reasons.length === 0
    ? null
    : section("absent", voice.say("absentTitle"), html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`);

/** Headings of what stands beside an estimate about the effects that could have been found. */
export const precisionColumns = ({ say, smallest }: ResearchVoice): readonly string[] =>
  smallest === null ? [say("columnDetectable")] : [say("columnDetectable"), say("columnSmallest", { value: smallest })];

/** The cells under `precisionColumns`. */
export const precisionCells = (
  numbers: EffectNumbers | null,
  { decimals }: ReportedOutcome,
  voice: ResearchVoice,
): readonly string[] => {
  const detectable = voice.number(numbers?.minimumDetectable ?? null, decimals);
  if (voice.smallest === null) return [detectable];
  const against = numbers?.againstSmallest;
  return [detectable, against ? voice.say(`smallest.${against.verdict}`) : voice.say("none")];
};

/** What those columns mean, and what they do not. */
export const precisionNotes = ({ say, smallest, alpha }: ResearchVoice): readonly string[] =>
  smallest === null
    ? [say("detectableNote")]
    : [say("detectableNote"), say("smallestNote", { value: smallest, alpha })];
