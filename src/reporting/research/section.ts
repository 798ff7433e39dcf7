import { type Html, html } from "../page/html.ts";
import type { ResearchVoice } from "./voice.ts";

/** A part of the report under its own heading. */
export const section = (id: string, title: string, body: Html): Html =>
  html`<section id="${id}" aria-labelledby="${id}-t"><h2 id="${id}-t">${title}</h2>${body}</section>`;

/** What a reader might look for and why it is not here. */
export const absentSection = (reasons: readonly string[], voice: ResearchVoice): Html | null =>
  reasons.length === 0
    ? null
    : section("absent", voice.say("absentTitle"), html`<ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`);
