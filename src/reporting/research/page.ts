import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { html } from "../page/html.ts";
import { formatDate } from "../page/locale.ts";
import { page } from "../page/page.ts";
import { arrowsFigure, drawSignature } from "./arrows/figure.ts";
import { attritionTables } from "./attrition/table.ts";
import { balanceFigure } from "./balance/figure.ts";
import { boundsTable } from "./bounds/table.ts";
import { chainsTable } from "./chains/table.ts";
import { contrastsAbsent, contrastsTable } from "./contrasts/table.ts";
import type { Part, TablePart } from "./drawing.ts";
import { estimatesSection } from "./estimates/table.ts";
import { researchFinding } from "./finding.ts";
import { flowFigure } from "./flow/figure.ts";
import { forestFigure } from "./forest/figure.ts";
import { invarianceStatement } from "./measurement/invariance.ts";
import { measurementSection } from "./measurement/table.ts";
import { methodsSection } from "./methods/text.ts";
import type { ResearchModel } from "./model.ts";
import { movedFigure } from "./moved/figure.ts";
import { ratingsFigure } from "./ratings/figure.ts";
import { robustnessTables } from "./robustness/table.ts";
import { absentSection } from "./section.ts";
import { surfaceTables } from "./surfaces/table.ts";
import { type ResearchVoice, researchVoice } from "./voice.ts";
import { warningsSection } from "./warnings/list.ts";
import { wavesFigure } from "./waves/figure.ts";

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
  const head = {
    language,
    title: voice.say("documentTitle", { study }),
    css: "reports/research/research.css",
    skip: voice.say("skip"),
  };
  const slots = {
    eyebrow: html`${voice.say(model.plan.locked && model.arms.length > 0 ? "eyebrowLocked" : "eyebrow", { study })}`,
    title: html`${title}`,
    lede: html`${lede}`,
    figures,
    sections,
    footer: html`${footer}${model.synthetic ? ` ${voice.say("synthetic")}` : null}`,
  };
  return page("research", head, slots, assets);
};

/** The effects figure alone, as an SVG of its own; null where the study has none. */
export const signatureFigure = (model: ResearchModel, language: Language, assets: Assets): Promise<string> | null =>
  drawSignature(model, researchVoice(model, language, assets));
