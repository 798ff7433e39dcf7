import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import { mainEffects } from "../../effect/main-effects.ts";
import type { Range } from "../../page/axis.ts";
import { chart } from "../../page/chart.ts";
import { covers } from "../../page/ellipse.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { wrapped } from "../../page/measure.ts";
import { figure } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { atStart } from "../../page/words.ts";
import { chanceWords, drawBoth, measureOf, type Part, planStatus, sentences, specOf, synthetic } from "../drawing.ts";
import { type ResearchVoice, within } from "../voice.ts";
import { differencesData, differencesOf } from "./differences.ts";
import { arrowsDomain, type Domain } from "./domain.ts";
import { arrowsData } from "./layout.ts";
import { type ArrowsModel, type DrawnArrows, drawnArrows } from "./model.ts";

const unitWords = ({ index, low, high }: ReportedOutcome, voice: ResearchVoice): string =>
  index ? voice.say("unitIndex") : voice.say("unitRange", { low: voice.number(low, 0), high: voice.number(high, 0) });

const changed = (arrow: Arrow): boolean =>
  arrow.ellipse !== null &&
  !covers({ x: arrow.x.after, y: arrow.y.after }, arrow.ellipse, { x: arrow.x.before, y: arrow.y.before });

const arrowsTitle = ({ arrows }: DrawnArrows, voice: ResearchVoice): string => {
  const known = arrows.filter(({ ellipse }) => ellipse !== null);
  const count = known.filter(changed).length;
  if (known.length === 0) return voice.say("arrowsTitle.unknown");
  if (count === 0) return voice.say("arrowsTitle.none");
  if (count === arrows.length) return voice.say("arrowsTitle.all");
  return voice.say("arrowsTitle.some", { count, total: known.length });
};

const decimalsOf = (range: Range): number => (Number.isInteger(range.low) && Number.isInteger(range.high) ? 0 : 1);

const rangeWords = (range: Range, voice: ResearchVoice): string =>
  `${voice.number(range.low, decimalsOf(range))}–${voice.number(range.high, decimalsOf(range))}`;

const excerptWords = (range: Range, scale: ReportedOutcome, voice: ResearchVoice): string =>
  voice.say("arrowsExcerpt", {
    low: voice.number(range.low, decimalsOf(range)),
    high: voice.number(range.high, decimalsOf(range)),
    from: voice.number(scale.low, 0),
    to: voice.number(scale.high, 0),
  });

/** Every five points of an index, every half of a short scale. */
const ticksOf = (range: Range, scale: ReportedOutcome): readonly number[] => {
  const step = (scale.high - scale.low) / 20;
  const first = Math.ceil(range.low / step - 1e-9);
  const count = Math.floor(range.high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(10)));
};

const isExcerpt = (domain: Domain, { x, y }: DrawnArrows): boolean =>
  domain.x.low > x.low || domain.x.high < x.high || domain.y.low > y.low || domain.y.high < y.high;

const waveWords = (model: ArrowsModel, voice: ResearchVoice) => ({
  before: within(voice.wave(model.baseline ?? "")),
  after: within(voice.wave(model.waves.at(-1)?.id ?? "")),
});

/** How far an arrow goes, as a share of the two scales. */
const reach = ({ x, y }: Arrow, part: DrawnArrows): number =>
  Math.hypot((x.after - x.before) / (part.x.high - part.x.low), (y.after - y.before) / (part.y.high - part.y.low));

const arrowsAlt = (model: ArrowsModel, part: DrawnArrows, voice: ResearchVoice): string => {
  const domain = arrowsDomain(part.arrows, part);
  const value = (number: number, { decimals }: ReportedOutcome) => voice.number(number, decimals);
  const longest = part.arrows.reduce((best, arrow) => (reach(arrow, part) > reach(best, part) ? arrow : best));
  const largest = voice.say("arrowsAltLargest", {
    arm: voice.arm(longest.arm),
    x1: value(longest.x.before, part.x),
    x2: value(longest.x.after, part.x),
    y1: value(longest.y.before, part.y),
    y2: value(longest.y.after, part.y),
  });
  const alike = part.x.low === part.y.low && part.x.high === part.y.high;
  const axes = isExcerpt(domain, part)
    ? ` ${voice.say("arrowsAltAxes", { x: alike ? rangeWords(domain.x, voice) : excerptWords(domain.x, part.x, voice), y: excerptWords(domain.y, part.y, voice) })}`
    : "";
  return voice.say("arrowsAlt", {
    ...waveWords(model, voice),
    x: within(voice.text(part.x.name)),
    y: within(voice.text(part.y.name)),
    count: voice.number(part.arrows.length, 0),
    finding: arrowsTitle(part, voice),
    largest,
    axes,
  });
};

const drawArrows = (
  model: ArrowsModel,
  part: DrawnArrows,
  voice: ResearchVoice,
  id: string,
  total: number,
  description: string,
  panel: string,
): Promise<string> => {
  const narrow = total < 520;
  const measure = measureOf(voice);
  const domain = arrowsDomain(part.arrows, part);
  const scale = (outcome: ReportedOutcome) => ({ scale: voice.text(outcome.name), unit: unitWords(outcome, voice) });
  const line = panel + voice.say("arrowsAxis", scale(part.y));
  const two = [
    panel + voice.say("arrowsAxisPart", { scale: scale(part.y).scale }),
    voice.say("arrowsAxisRest", { unit: scale(part.y).unit }),
  ];
  const fits = measure(line, 12.5, 600) <= total - 4;
  const excerpt = isExcerpt(domain, part);
  const x = voice.say("arrowsAxis", scale(part.x));
  const edges = { left: narrow ? 28 : 34, top: fits ? 26 : 43, right: narrow ? 4 : 8, bottom: 44 };
  const locator = voice.say("arrowsLocator", { low: voice.number(part.x.low, 0), high: voice.number(part.x.high, 0) });
  const { height, data } = arrowsData(part.arrows, model.arms, domain, part, {
    width: total - edges.left - edges.right,
    narrow,
    excerpt,
    left: edges.left,
    titles: { x: measure(x, 12.5, 600) <= total - 8 ? x : scale(part.x).scale, y: fits ? [line] : two },
    locator: narrow || !excerpt ? [] : locator.split("|"),
    nameOf: ({ name }) => voice.text(name),
    countOf: ({ leadersAt: { before, after } }) =>
      voice.say(narrow ? "arrowsCountShort" : "arrowsCount", {
        before: voice.number(before, 0),
        after: voice.number(after, 0),
      }),
    measure,
  });
  return chart(specOf("arrows", voice), data, {
    theme: voice.theme,
    id,
    width: total - edges.left - edges.right,
    height,
    language: voice.language,
    description,
    params: { edges, ticksX: ticksOf(domain.x, part.x), ticksY: ticksOf(domain.y, part.y), stroke: narrow ? 3 : 3.5 },
  });
};

/** Panel B: what the arms differ from the control arm by, in the same plane; empty where it cannot be had. */
const drawDifferences = async (
  model: ArrowsModel,
  part: DrawnArrows,
  voice: ResearchVoice,
  id: string,
  total: number,
): Promise<string> => {
  const differences = differencesOf(model, part);
  if (differences.length === 0) return "";
  const titleOf = (outcome: ReportedOutcome) => voice.say("differencesAxis", { scale: voice.text(outcome.name) });
  const { data, width, height, params } = differencesData(differences, {
    total,
    step: (part.x.high - part.x.low) / 20,
    titles: {
      x: wrapped(titleOf(part.x), total, 12.5, 600, measureOf(voice)),
      y: wrapped(`B. ${titleOf(part.y)}`, total, 12.5, 600, measureOf(voice)),
    },
    nameOf: ({ name }) => voice.text(name),
    measure: measureOf(voice),
  });
  const told = differences.map(({ style, x, y }) =>
    voice.say("differencesAltArm", {
      arm: within(voice.arm(style.arm)),
      x: voice.signed(x.estimate, part.x.decimals),
      y: voice.signed(y.estimate, part.y.decimals),
    }),
  );
  const description = sentences(
    voice.say("differencesAlt", {
      x: within(voice.text(part.x.name)),
      y: within(voice.text(part.y.name)),
      arms: told.join("; "),
    }),
    voice.say("altTable"),
  );
  return chart(specOf("differences", voice), data, {
    theme: voice.theme,
    id: `${id}-b`,
    width,
    height,
    params,
    language: voice.language,
    description,
  });
};

const drawSignatureOf = (model: ArrowsModel, part: DrawnArrows | null, voice: ResearchVoice): Promise<string> | null =>
  part && drawArrows(model, part, voice, "signature", 760, arrowsAlt(model, part, voice), "");

/** The effects figure by itself, 760 px wide; null where the study has none. */
export const drawSignature = (model: ArrowsModel, voice: ResearchVoice): Promise<string> | null =>
  drawSignatureOf(model, drawnArrows(model.arrows), voice);

const intervalWords = (model: ArrowsModel, voice: ResearchVoice): string =>
  mainEffects(model).some(({ numbers }) => numbers.adjusted !== null)
    ? voice.say("ledeCorrection", { correction: voice.correction })
    : "";

const arrowsKey = (model: ArrowsModel, voice: ResearchVoice): Html =>
  html`<span>${trusted(
    '<svg width="44" height="14" aria-hidden="true"><path d="M11 7H32" stroke="#4A5163" stroke-width="3.5"/><circle cx="6.5" cy="7" r="4.5" fill="#FFF" stroke="#4A5163" stroke-width="2.25"/><path d="M42 7L30 1L32.500 7L30 13Z" fill="#4A5163"/></svg>',
  )}${voice.say("keyArrow", waveWords(model, voice))}</span><span>${trusted(
    '<svg width="28" height="18" aria-hidden="true"><ellipse cx="14" cy="9" rx="13" ry="8" fill="#4A5163" fill-opacity=".07" stroke="#4A5163" stroke-opacity=".4" stroke-width=".75"/></svg>',
  )}${voice.say("keyEllipse", { confidence: voice.confidence })}</span>`;

const arrowsNote = (model: ArrowsModel, part: DrawnArrows, voice: ResearchVoice): string => {
  const domain = arrowsDomain(part.arrows, part);
  const seen = model.arms.filter(({ arm }) => part.arrows.some((arrow) => arrow.arm === arm));
  const colors = atStart(
    voice.list(
      seen.map(({ arm, colorName }) =>
        voice.say("arrowsColor", { color: voice.text(colorName), arm: within(voice.arm(arm)) }),
      ),
    ),
  );
  const excerpt = { x: excerptWords(domain.x, part.x, voice), y: excerptWords(domain.y, part.y, voice) };
  return sentences(
    isExcerpt(domain, part) ? voice.say("arrowsNote", { colors, ...excerpt }) : voice.say("arrowsNoteFull", { colors }),
    part.x.high - part.x.low === part.y.high - part.y.low ? voice.say("arrowsEqual") : "",
    part.arrows.some(({ ellipse }) => ellipse === null) ? voice.say("arrowsNoEllipse") : "",
    part.suppressed.length > 0 ? voice.say("hiddenArms", { arms: voice.list(part.suppressed.map(voice.arm)) }) : "",
    planStatus([], model, voice),
    synthetic(model, voice),
  );
};

const arrowsTable = (model: ArrowsModel, part: DrawnArrows, voice: ResearchVoice) => {
  const waves = [model.baseline ?? "", model.waves.at(-1)?.id ?? ""].map(voice.wave);
  const sides = [part.x, part.y] as const;
  const columns = sides.flatMap((side) => {
    const scale = voice.text(side.name);
    return [
      ...waves.map((wave) => voice.say("columnAt", { scale, wave: within(wave) })),
      voice.say("columnChange", { scale }),
      voice.say("columnChangeSe", { scale }),
    ];
  });
  const cells = (arrow: Arrow) =>
    (["x", "y"] as const).flatMap((axis) => {
      const { decimals } = part[axis];
      const { before, after } = arrow[axis];
      const variance = axis === "x" ? arrow.ellipse?.xx : arrow.ellipse?.yy;
      const se = variance === undefined ? null : Math.sqrt(variance);
      return [
        voice.number(before, decimals),
        voice.number(after, decimals),
        voice.signed(after - before, decimals),
        voice.number(se, decimals + 1),
      ];
    });
  return {
    caption: voice.say("arrowsTable"),
    columns: [
      voice.say("columnArm"),
      ...waves.map((wave) => voice.say("columnLeadersAt", { wave: within(wave) })),
      ...columns,
    ],
    rows: model.arms.flatMap(({ arm }) =>
      part.arrows
        .filter((arrow) => arrow.arm === arm)
        .map((arrow) => [
          voice.arm(arm),
          voice.number(arrow.leadersAt.before, 0),
          voice.number(arrow.leadersAt.after, 0),
          ...cells(arrow),
        ]),
    ),
  };
};

/** Figure of the arms' change in the plane of two scales. */
export const arrowsFigure = (model: ArrowsModel, voice: ResearchVoice): Part => {
  if (model.arrows.state === "absent") return { absent: voice.say(`absent.arrows.${model.arrows.why}`) };
  const part = drawnArrows(model.arrows)!;
  const names = { x: within(voice.text(part.x.name)), y: within(voice.text(part.y.name)) };
  const alt = sentences(arrowsAlt(model, part, voice), voice.say("altTable"));
  return {
    draw: async (number) =>
      figure({
        id: "arrows",
        title: voice.say("figureTitle", { number, finding: arrowsTitle(part, voice) }),
        sub: voice.say("arrowsSub", {
          before: voice.wave(model.baseline ?? ""),
          after: voice.wave(model.waves.at(-1)?.id ?? ""),
          ...names,
          leaders: voice.number(
            part.arrows.reduce((sum, { leaders }) => sum + leaders, 0),
            0,
          ),
        }),
        drawing: await drawBoth(
          async (id, total) =>
            (
              await Promise.all([
                drawArrows(model, part, voice, id, total, alt, differencesOf(model, part).length > 0 ? "A. " : ""),
                drawDifferences(model, part, voice, id, total),
              ])
            ).join("\n"),
          "arrows",
        ),
        key: arrowsKey(model, voice),
        reading: sentences(
          voice.say("arrowsReading", names),
          differencesOf(model, part).length > 0
            ? voice.say("differencesReading", { confidence: voice.confidence, correction: intervalWords(model, voice) })
            : "",
          chanceWords(part.arrows.filter(({ ellipse }) => ellipse !== null).length, voice),
        ),
        note: arrowsNote(model, part, voice),
        table: arrowsTable(model, part, voice),
        showTable: voice.say("showTable"),
      }),
  };
};
