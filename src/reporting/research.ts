import type { Language } from "../errors.ts";
import type { Assets } from "./assets.ts";
import { html, trusted } from "./html.ts";
import { formatDate } from "./locale.ts";
import { page } from "./page.ts";
import { arrowsFigure, drawSignature } from "./research-arrows-figure.ts";
import { balanceFigure } from "./research-balance-figure.ts";
import { researchFinding } from "./research-finding.ts";
import { flowFigure } from "./research-flow.ts";
import { forestFigure } from "./research-forest-figure.ts";
import type { ResearchModel } from "./research-model.ts";
import {
  absentSection,
  estimatesSection,
  measurementSection,
  methodsSection,
  warningsSection,
} from "./research-sections.ts";
import { type ResearchVoice, researchVoice } from "./research-voice.ts";
import { styleOf } from "./theme.ts";

const body = async (model: ResearchModel, voice: ResearchVoice) => {
  const parts = [arrowsFigure, forestFigure, flowFigure, balanceFigure].map((part) => part(model, voice));
  const shown = parts.flatMap((part) => ("draw" in part ? [part] : []));
  const figures = await Promise.all(shown.map(({ draw }, index) => draw(index + 1)));
  const estimates = estimatesSection(model, voice);
  const measurement = measurementSection(model, voice);
  const absent = [
    ...parts.flatMap((part) => ("absent" in part ? [part.absent] : [])),
    ...(estimates ? [] : [voice.say("absent.estimates")]),
    ...(measurement ? [] : [voice.say("absent.measurement")]),
  ];
  const sections = [
    ...[estimates, measurement, methodsSection(model, voice), warningsSection(model, voice)],
    absentSection(absent, voice),
  ];
  return { figures: html`${figures}`, sections: html`${sections}` };
};

/** The research report as one HTML page that needs nothing else. */
export const renderResearch = async (model: ResearchModel, language: Language, assets: Assets): Promise<string> => {
  const voice = researchVoice(model, language, assets);
  const { title, lede } = researchFinding(model, voice);
  const { figures, sections } = await body(model, voice);
  const study = voice.text(model.title);
  const { respondents, leaders } = model.rules;
  const footer = voice.say("footer", { respondents, leaders, date: formatDate(model.date, language) });
  return page(assets.text("reports/research/page.html"), {
    language: html`${language}`,
    documentTitle: html`${voice.say("documentTitle", { study })}`,
    style: trusted(styleOf(assets, "reports/research/research.css")),
    skip: html`${voice.say("skip")}`,
    eyebrow: html`${voice.say(model.plan.locked && model.arms.length > 0 ? "eyebrowLocked" : "eyebrow", { study })}`,
    title: html`${title}`,
    lede: html`${lede}`,
    figures,
    sections,
    footer: html`${footer}${model.synthetic ? ` ${voice.say("synthetic")}` : null}`,
  });
};

/** The effects figure alone, as an SVG of its own; null where the study has none. */
export const signatureFigure = (model: ResearchModel, language: Language, assets: Assets): Promise<string> | null =>
  drawSignature(model, researchVoice(model, language, assets));
