import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html, trusted } from "../page/html.ts";
import { figure, page, suppressedPanel } from "../page/page.ts";
import { styleOf } from "../page/style.ts";
import type { LeaderModel } from "./model.ts";
import type { Responded } from "./parts.ts";
import { type Print, printOf } from "./print.ts";
import type { Action, Drawn, Field, LeaderFigure, Notice, Section } from "./section.ts";
import { type Place, type Sheet, sheetOf } from "./sheet.ts";
import { type Voice, voiceOf } from "./voice.ts";

const lock = trusted(
  '<svg width="14" height="16" aria-hidden="true"><path d="M3 7V5a4 4 0 0 1 8 0v2" fill="none" stroke="#5a2a5b" stroke-width="2"/><path d="M1 7H13V15H1Z" fill="#5a2a5b"/></svg>',
);

const responded = (response: Responded | null): Html | null =>
  response &&
  html`<p class="response"><b>${response.count}</b> ${response.text}</p>${response.picture === null ? null : trusted(response.picture)}`;

const headerHtml = ({ eyebrow, title, lede, confidential, confidentialText, response }: Sheet): Html =>
  html`<div><p class="eyebrow">${eyebrow}</p><h1>${title}</h1>${lede === "" ? null : html`<p class="lede">${lede}</p>`}</div><div class="aside"><p class="confidential">${lock}<span><b>${confidential}</b> ${confidentialText}</span></p>${responded(response)}</div>`;

const drawing = async ({ draw }: Drawn) => ({ wide: await draw("wide"), narrow: await draw("narrow") });

const foldHtml = async (fold: LeaderFigure["fold"]): Promise<Html | null> => {
  if (fold === null) return null;
  const { wide, narrow } = await drawing(fold);
  return html`<details class="tbl fold"><summary>${fold.summary}</summary><div class="chart wide">${trusted(wide)}</div><div class="chart narrow">${trusted(narrow)}</div></details>`;
};

const figureHtml = async (each: LeaderFigure, voice: Voice): Promise<Html> => {
  const key =
    each.key.length === 0
      ? null
      : html`${each.key.map(({ mark, text }) => html`<span>${trusted(mark)}${text}</span>`)}`;
  const markup = figure({ ...each, drawing: await drawing(each), key, showTable: voice.say("showTable") });
  return html`${markup}${await foldHtml(each.fold)}`;
};

const noticeHtml = ({ id, title, heading, text, reading }: Notice): Html =>
  html`<section aria-labelledby="${id}-t"><h2 id="${id}-t">${title}</h2>${suppressedPanel(heading, text)}${reading === "" ? null : html`<p class="read">${reading}</p>`}</section>`;

const field = ({ id, title, question }: Field): Html =>
  html`<div><h3><label for="${id}">${title}</label></h3><p class="ask" id="${id}-q">${question}</p><textarea id="${id}" rows="3" aria-describedby="${id}-q kept"></textarea></div>`;

const actionHtml = ({ title, heading, questions, fields, kept }: Action): Html => {
  const list = html`<h3>${heading}</h3><ol>${questions.map((question) => html`<li>${question}</li>`)}</ol>`;
  return html`<section class="act" aria-labelledby="act-t"><h2 id="act-t">${title}</h2>${list}<div class="columns">${fields.map(field)}</div><p class="note kept" id="kept">${kept}</p></section>`;
};

const sectionHtml = (section: Section, voice: Voice): Html | Promise<Html> => {
  if (section.kind === "figure") return figureHtml(section, voice);
  return section.kind === "notice" ? noticeHtml(section) : actionHtml(section);
};

/** Lines to write on, each drawn by itself: a pattern that repeats prints some of them too thin to see. */
const ruling = (lines: number): string =>
  Array.from(
    { length: lines },
    (_, line) => `linear-gradient(var(--axis),var(--axis)) 0 ${25 * line + 24}px/100% 1px no-repeat`,
  ).join(",");

const pageStyle = ({ zoom, lines }: Print, assets: Assets): string =>
  `${styleOf(assets, "reports/leader/page.css")}\n.sheet{--print-zoom:${zoom};--print-lines:${lines};--print-ruling:${ruling(lines)}}`;

/** One leader's report as one HTML file: fonts, styles and charts inside it, no script, nothing fetched. */
export const renderLeader = async (
  model: LeaderModel,
  place: Place,
  language: Language,
  assets: Assets,
): Promise<string> => {
  const voice = voiceOf(language, assets);
  const sheet = sheetOf(model, place, voice);
  const main: Html[] = [];
  for (const section of sheet.sections) main.push(await sectionHtml(section, voice));
  const head = {
    language,
    title: sheet.name,
    style: pageStyle(printOf(sheet, voice), assets),
    skip: voice.say("skip"),
  };
  return page(
    "leader",
    head,
    { header: headerHtml(sheet), main: html`${main}`, footer: html`${sheet.footer}` },
    assets,
  );
};
