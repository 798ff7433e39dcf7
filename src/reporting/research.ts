import type { Language } from "../errors.ts";
import type { Assets } from "./assets.ts";
import { html, trusted } from "./html.ts";
import { formatDate } from "./locale.ts";
import { page } from "./page.ts";
import { arrowsFigure, drawSignature } from "./research-arrows-figure.ts";
import { attritionTables } from "./research-attrition.ts";
import { balanceFigure } from "./research-balance-figure.ts";
import { boundsTable } from "./research-bounds.ts";
import { chainsTable } from "./research-chains.ts";
import { contrastsAbsent, contrastsTable } from "./research-contrasts.ts";
import type { Part, TablePart } from "./research-drawing.ts";
import { estimatesSection } from "./research-estimates.ts";
import { researchFinding } from "./research-finding.ts";
import { flowFigure } from "./research-flow.ts";
import { forestFigure } from "./research-forest-figure.ts";
import { invarianceStatement } from "./research-invariance.ts";
import { measurementSection } from "./research-measurement.ts";
import { methodsSection } from "./research-methods.ts";
import type { ResearchModel } from "./research-model.ts";
import { movedFigure } from "./research-moved-figure.ts";
import { ratingsFigure } from "./research-ratings-figure.ts";
import { robustnessTables } from "./research-robustness.ts";
import { absentSection } from "./research-sections.ts";
import { surfaceTables } from "./research-surfaces.ts";
import { type ResearchVoice, researchVoice } from "./research-voice.ts";
import { warningsSection } from "./research-warnings.ts";
import { wavesFigure } from "./research-waves-figure.ts";
import { styleOf } from "./theme.ts";

/** Figures and tables in the order of the page, each kind numbered by itself. */
const numbered = async (parts: readonly (Part | TablePart)[]) => {
  const figures = parts.filter((part) => "draw" in part);
  const tables = parts.filter((part) => "table" in part);
  return Promise.all([
    ...parts.map((part) => {
      if ("draw" in part) return part.draw(figures.indexOf(part) + 1);
      return "table" in part ? part.table(tables.indexOf(part) + 1) : null;
    }),
  ]);
};

const body = async (model: ResearchModel, voice: ResearchVoice) => {
  const parts = [
    ...[
      arrowsFigure(model, voice),
      forestFigure(model, voice),
      ...wavesFigure(model, voice),
      ...contrastsTable(model, voice),
      ...robustnessTables(model, voice),
      ...chainsTable(model, voice),
    ],
    ...[ratingsFigure(model, voice), movedFigure(model, voice), ...surfaceTables(model, voice)],
    ...[
      flowFigure(model, voice),
      ...attritionTables(model, voice),
      ...boundsTable(model, voice),
      balanceFigure(model, voice),
    ],
  ];
  const figures = await numbered(parts);
  const estimates = estimatesSection(model, voice);
  const measurement = measurementSection(model, voice);
  const absent = [
    ...parts.flatMap((part) => ("absent" in part ? [part.absent] : [])),
    ...(contrastsAbsent(model) ? [voice.say("absent.contrasts")] : []),
    ...(estimates ? [] : [voice.say("absent.estimates")]),
    ...(measurement ? [] : [voice.say("absent.measurement")]),
  ];
  const sections = [
    ...[estimates, measurement, methodsSection(model, voice), warningsSection(model, voice)],
    absentSection(absent, voice),
  ];
  return { figures: html`${invarianceStatement(model, voice)}${figures}`, sections: html`${sections}` };
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
