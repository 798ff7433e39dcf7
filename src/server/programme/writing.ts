import { type Html, html } from "../../reporting/page/html.ts";
import type { Voice } from "../pages/form-page.ts";
import type { Saved, Sharing } from "../state/texts.ts";
import type { Part } from "./programme.ts";

export const mostCharacters = 8000;
const mostActions = 10;
const actionFields = ["action", "actionWhen", "actionHappened", "actionLearnt"] as const;

/** Whom a part may be shared with, beside nobody. */
export const sharingsOf: Readonly<Record<Part, readonly Sharing[]>> = {
  foundation: ["private", "coach"],
  focus: ["private", "coach", "group"],
  arena: ["private", "coach", "group"],
  actions: ["private", "coach", "group"],
  dilemma: ["private", "coach"],
};

/** Marks that nobody sees and that turn the order of what others read, and controls; line breaks are one character. */
const unseen = /[\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]|(?![\n\t])\p{Cc}/gu;
export const tidyWriting = (text: string): string => text.replaceAll(/\r\n?/g, "\n").replaceAll(unseen, "").trimEnd();

const rows = Array.from({ length: mostActions }, (_, row) => row);

/** What a form says of a part: its text, or field by field its trial actions, without those that say nothing. */
export const fieldsIn = (part: Part, form: URLSearchParams): readonly string[] => {
  const field = (name: string): string => tidyWriting(form.get(name) ?? "");
  if (part !== "actions") return [field("text")];
  return rows
    .map((row) => actionFields.map((name) => field(`${name}${row + 1}`)))
    .filter((fields) => fields.some((text) => text !== ""))
    .flat();
};

export const lengthOf = (fields: readonly string[]): number => fields.reduce((sum, { length }) => sum + length, 0);

/** Trial actions, each with its four fields. */
const actionsIn = (fields: readonly string[]): readonly (readonly string[])[] =>
  rows.map((row) => fields.slice(4 * row, 4 * row + 4)).filter(({ length }) => length > 0);

/** A text as whoever may read it sees it. */
export const writtenText = (part: Part, { fields }: Pick<Saved, "fields">, { say }: Voice): Html => {
  if (part !== "actions") return html`<p class="own">${fields[0] ?? ""}</p>`;
  const one = (texts: readonly string[]): Html =>
    html`<li><dl>${actionFields.map((name, at) =>
      (texts[at] ?? "") === "" ? null : html`<dt>${say(name)}</dt><dd class="own">${texts[at]!}</dd>`,
    )}</dl></li>`;
  return html`<ol class="actions">${actionsIn(fields).map(one)}</ol>`;
};

/** A line break right after the tag is not part of the text; without it a text that begins with one would lose it. */
const area = (name: string, label: string, text: string, lines: string): Html =>
  html`<label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="${lines}" maxlength="${String(mostCharacters)}">
${text}</textarea>`;

/** The fields in which a part is written; one trial action more than there are, up to ten. */
export const writingFields = (part: Part, fields: readonly string[], { say }: Voice): Html => {
  if (part !== "actions") return area("text", say("partText"), fields[0] ?? "", "12");
  const written = actionsIn(fields);
  return html`${rows.slice(0, Math.min(written.length + 1, mostActions)).map((row) => {
    const number = String(row + 1);
    const texts = written[row] ?? [];
    return html`<fieldset><legend>${say("actionNumber", { number })}</legend>${actionFields.map((name, at) =>
      area(`${name}${number}`, say(name), texts[at] ?? "", at === 1 ? "1" : "3"),
    )}</fieldset>`;
  })}`;
};

/** Something that was wrong with a form, above it; read out at once. */
export const faultBox = (text: string, more: Html | null, { say }: Voice): Html =>
  html`<div class="fault" role="alert"><h2>${say("faultTitle")}</h2><p>${text}</p>${more}</div>`;

/** A form that deletes, with the box to be ticked first. */
export const sureForm = (
  action: string,
  words: { readonly title: string; readonly text: string; readonly sure: string; readonly button: string },
  hidden: Html,
  id: string,
): Html =>
  html`<section><h2>${words.title}</h2><p>${words.text}</p><form method="post" action="${action}">${hidden}<p class="tick"><input type="checkbox" id="${id}" name="sure" value="yes"><label for="${id}">${words.sure}</label></p><button class="quiet">${words.button}</button></form></section>`;
