import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { html, trusted } from "../page/html.ts";
import { formatMonth } from "../page/locale.ts";
import { page } from "../page/page.ts";
import { dated, plain } from "../page/source.ts";
import { styleOf } from "../page/theme.ts";
import { actionPart } from "./action.ts";
import { answersFigure } from "./answers/figure.ts";
import { developmentFigure } from "./development/figure.ts";
import { findingOf } from "./finding.ts";
import { gapFigure } from "./gap/figure.ts";
import { answersModel, developmentModel, gapModel, type LeaderModel } from "./model.ts";
import { footerPart, hiddenPart, responseOf } from "./parts.ts";
import { type Part, paragraphHeight, printZoom } from "./print.ts";
import { type Voice, voiceOf } from "./voice.ts";

const lock = trusted(
  '<svg width="14" height="16" aria-hidden="true"><path d="M3 7V5a4 4 0 0 1 8 0v2" fill="none" stroke="#5a2a5b" stroke-width="2"/><path d="M1 7H13V15H1Z" fill="#5a2a5b"/></svg>',
);

const headerPart = (model: LeaderModel, voice: Voice): Part => {
  const { title, lede } = findingOf(model, voice);
  const { waves } = model.study;
  const eyebrow = voice.say("eyebrow", {
    round: plain("number", waves.length),
    month: dated(formatMonth(waves.at(-1)!.to, voice.language)),
  });
  const markup = html`<div><p class="eyebrow">${eyebrow}</p><h1>${title}</h1>${lede === "" ? null : html`<p class="lede">${lede}</p>`}</div><div class="aside"><p class="confidential">${lock}<span><b>${voice.say("confidential")}</b> ${voice.say("confidentialText")}</span></p>${responseOf(model, voice)}</div>`;
  const text = paragraphHeight(title, 27, 31, 460, voice) + paragraphHeight(lede, 16.5, 24, 464, voice);
  return { html: markup, height: Math.max(28 + text, 120) };
};

const pageStyle = (zoom: number, assets: Assets): string =>
  `${styleOf(assets, "reports/leader/page.css")}\n.sheet{--print-zoom:${zoom}}`;

/** One leader's report as one HTML file: fonts, styles and charts inside it, no script, nothing fetched. */
export const renderLeader = async (model: LeaderModel, language: Language, assets: Assets): Promise<string> => {
  const voice = voiceOf(language, assets);
  const header = headerPart(model, voice);
  const footer = footerPart(model, voice);
  const answers = answersModel(model);
  const parts = [
    await gapFigure(gapModel(model), voice),
    hiddenPart(model, voice),
    await developmentFigure(developmentModel(model), voice),
    answers ? await answersFigure(answers, voice) : null,
    actionPart(model, voice),
  ].filter((part) => part !== null);
  const head = {
    language,
    title: voice.say("documentTitle", { study: model.study.title[language] }),
    style: pageStyle(printZoom([header, ...parts, footer]), assets),
    skip: voice.say("skip"),
  };
  const slots = {
    header: header.html,
    main: html`${parts.map((part) => part.html)}`,
    footer: footer.html,
  };
  return page("leader", head, slots, assets);
};
