import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import { type Html, html } from "../page/html.ts";
import { formatDate } from "../page/locale.ts";
import { page } from "../page/page.ts";
import { chartFace, styleOf } from "../page/style.ts";
import { arrowsFigure, drawSignature } from "./arrows/figure.ts";
import { attritionTables } from "./attrition/table.ts";
import { balanceFigure } from "./balance/figure.ts";
import { boundsTable } from "./bounds/table.ts";
import { chainsTable } from "./chains/table.ts";
import { contrastsAbsent, contrastsTable } from "./contrasts/table.ts";
import type { Part, TablePart } from "./drawing.ts";
import { estimatesSection } from "./estimates/table.ts";
import { researchFinding } from "./finding.ts";
import { flowFigure, flowStyle } from "./flow/figure.ts";
import { forestFigure } from "./forest/figure.ts";
import { invarianceLine, invarianceSection } from "./measurement/invariance.ts";
import { itemsSection } from "./measurement/items.ts";
import { measurementSection } from "./measurement/table.ts";
import { methodsSection } from "./methods/text.ts";
import type { ResearchModel } from "./model.ts";
import { movedFigure } from "./moved/figure.ts";
import { ratingsFigure } from "./ratings/figure.ts";
import { responseTables } from "./response/table.ts";
import { robustnessTables } from "./robustness/table.ts";
import { absentSection } from "./section.ts";
import { subgroupsFigure } from "./subgroups/figure.ts";
import { surfaceTables } from "./surfaces/table.ts";
import { type ResearchVoice, researchVoice } from "./voice.ts";
import { warningsSection } from "./warnings/list.ts";
import { wavesFigure } from "./waves/figure.ts";

/** What the contents list names, in the order of the page. */
const groups = ["effects", "robustness", "gap", "sample", "measurement", "methods", "appendix"] as const;
type Group = (typeof groups)[number];

type Numbered = Part | TablePart;

const partsOf = (
  model: ResearchModel,
  voice: ResearchVoice,
): Readonly<Partial<Record<Group, readonly Numbered[]>>> => ({
  effects: [
    arrowsFigure(model, voice),
    forestFigure(model, voice),
    ...wavesFigure(model, voice),
    ...contrastsTable(model, voice),
  ],
  robustness: [...robustnessTables(model, voice), ...subgroupsFigure(model, voice), ...chainsTable(model, voice)],
  gap: [ratingsFigure(model, voice), movedFigure(model, voice), ...surfaceTables(model, voice)],
  sample: [
    flowFigure(model, voice),
    ...attritionTables(model, voice),
    ...boundsTable(model, voice),
    ...responseTables(model, voice),
    balanceFigure(model, voice),
  ],
});

/** Figures and tables drawn in the order of the page, each kind numbered by itself. */
const numbered = async (all: readonly Numbered[], own: readonly Numbered[]): Promise<readonly Html[]> => {
  const figures = all.filter((part) => "draw" in part);
  const tables = all.filter((part) => "table" in part);
  const drawn = await Promise.all(
    own.map((part) => {
      if ("draw" in part) return part.draw(figures.indexOf(part) + 1);
      return "table" in part ? part.table(tables.indexOf(part) + 1) : null;
    }),
  );
  return drawn.filter((each) => each !== null);
};

const sectionsOf = (
  model: ResearchModel,
  voice: ResearchVoice,
): Readonly<Partial<Record<Group, readonly (Html | null)[]>>> => ({
  measurement: [measurementSection(model, voice)],
  methods: [methodsSection(model, voice), warningsSection(model, voice)],
  appendix: [estimatesSection(model, voice), itemsSection(model, voice), invarianceSection(model, voice)],
});

const absentIn = (parts: readonly Numbered[], model: ResearchModel, voice: ResearchVoice): Html | null => {
  const reasons = parts.flatMap((part) => ("absent" in part ? [part.absent] : []));
  if (contrastsAbsent(model)) reasons.push(voice.say("absent.contrasts"));
  if (estimatesSection(model, voice) === null) reasons.push(voice.say("absent.estimates"));
  if (measurementSection(model, voice) === null) reasons.push(voice.say("absent.measurement"));
  return absentSection(reasons, voice);
};

/** The groups that hold anything, each with what it holds. */
const body = async (model: ResearchModel, voice: ResearchVoice) => {
  const parts = partsOf(model, voice);
  const sections = sectionsOf(model, voice);
  const all = groups.flatMap((group) => parts[group] ?? []);
  const drawn = await Promise.all(
    groups.map(async (group) => ({
      group,
      pieces: [
        ...(await numbered(all, parts[group] ?? [])),
        ...(sections[group] ?? []).filter((piece) => piece !== null),
      ],
    })),
  );
  return { held: drawn.filter(({ pieces }) => pieces.length > 0), absent: absentIn(all, model, voice) };
};

const contentsOf = (held: readonly { readonly group: Group }[], voice: ResearchVoice): Html =>
  html`<nav class="contents" aria-label="${voice.say("contents")}"><ol><li><a href="#content">${voice.say(
    "contents.summary",
  )}</a></li>${held.map(({ group }) => html`<li><a href="#${group}-part">${voice.say(`contents.${group}`)}</a></li>`)}</ol></nav>`;

const groupOf = (group: Group, pieces: readonly Html[], voice: ResearchVoice): Html =>
  html`<div class="part" id="${group}-part">${
    group === "appendix" ? html`<p class="eyebrow">${voice.say("contents.appendix")}</p>` : null
  }${pieces}</div>`;

/** A plan is called preregistered only where no answer that it decides on was in when it was locked. */
const eyebrowOf = ({ plan, arms }: ResearchModel, study: string, voice: ResearchVoice): string => {
  if (plan.locked === null || arms.length === 0) return voice.say("eyebrow", { study });
  if (plan.lockedAfter.length === 0) return voice.say("eyebrowLocked", { study });
  return voice.say("eyebrowLockedAfter", { study, waves: voice.list(plan.lockedAfter.map(voice.wave)) });
};

/** The research report as one HTML page that needs nothing else. */
export const renderResearch = async (model: ResearchModel, language: Language, assets: Assets): Promise<string> => {
  const voice = researchVoice(model, language, assets);
  const { title, lede } = researchFinding(model, voice);
  const { held, absent } = await body(model, voice);
  const study = voice.text(model.title);
  const { respondents, leaders } = model.rules;
  const footer = voice.say("footer", { respondents, leaders, date: formatDate(model.date, language) });
  const head = {
    language,
    title: voice.say("documentTitle", { study }),
    style: [styleOf(assets, "reports/research/research.css"), flowStyle(model)].join("\n"),
    skip: voice.say("skip"),
  };
  const slots = {
    eyebrow: html`${eyebrowOf(model, study, voice)} · ${voice.say("internal")}`,
    title: html`${title}`,
    lede: html`${lede}`,
    contents: contentsOf(held, voice),
    invariance: html`${invarianceLine(model, voice)}`,
    body: html`${held.filter(({ group }) => group !== "appendix").map(({ group, pieces }) => groupOf(group, pieces, voice))}${absent}`,
    appendix: html`${held.filter(({ group }) => group === "appendix").map(({ group, pieces }) => groupOf(group, pieces, voice))}`,
    footer: html`${footer}${model.synthetic ? ` ${voice.say("synthetic")}` : null}`,
  };
  return page("research", head, slots, assets);
};

/** The effects figure alone, as an SVG of its own; null where the study has none. */
export const signatureFigure = (model: ResearchModel, language: Language, assets: Assets): Promise<string> | null => {
  const drawn = drawSignature(model, researchVoice(model, language, assets));
  return (
    drawn?.then((svg) => svg.replace(/^<svg[^>]*>/, (head) => `${head}<style>${chartFace(assets)}</style>`)) ?? null
  );
};
