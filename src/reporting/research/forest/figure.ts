import { isClear, statedInterval } from "../../effect/clear.ts";
import { type ForestGroup, type ForestLayout, forestData } from "../../effect/forest-layout.ts";
import { type MainEffect, mainEffects } from "../../effect/main-effects.ts";
import { chart } from "../../page/chart.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { figure } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import {
  allocationWords,
  byUnit,
  chanceWords,
  drawBoth,
  intervalKey,
  measureOf,
  type Part,
  planStatus,
  sentences,
  specOf,
  synthetic,
} from "../drawing.ts";
import { precisionCells, precisionColumns } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { ForestModel } from "./model.ts";

const effectWords = ({ numbers, outcome }: MainEffect, voice: ResearchVoice): string => {
  const estimate = voice.signed(numbers.estimate, outcome.decimals);
  const interval = statedInterval(numbers);
  return interval ? `${estimate} (${voice.range(interval, outcome.decimals)})` : estimate;
};

/** Corrected, but by draws that give no interval to go with it. */
const isDrawn = ({ numbers }: MainEffect): boolean => numbers.pAdjusted !== null && numbers.adjusted === null;

const forestTitle = (effects: readonly MainEffect[], voice: ResearchVoice): string => {
  const tested = effects.filter(({ numbers }) => statedInterval(numbers) || numbers.p !== null);
  const total = tested.length;
  const count = tested.filter(({ numbers }) => isClear(numbers, 1 - voice.level)).length;
  if (tested.some(({ numbers }) => statedInterval(numbers) === null) || tested.some(isDrawn))
    return voice.say("forestTitle.drawn", { count, total });
  if (total === 1) return voice.say(count === 1 ? "forestTitle.allOne" : "forestTitle.noneOne");
  if (count === 0) return voice.say("forestTitle.none", { total });
  return count === total ? voice.say("forestTitle.all", { total }) : voice.say("forestTitle.some", { count, total });
};

const sameOutcome = (a: ReportedOutcome, b: ReportedOutcome): boolean => a.scale === b.scale && a.rater === b.rater;

const forestGroups = (
  effects: readonly MainEffect[],
  model: ForestModel,
  voice: ResearchVoice,
): readonly ForestGroup[] =>
  model.outcomes.flatMap((outcome) => {
    const own = effects.filter((effect) => sameOutcome(effect.outcome, outcome));
    if (own.length === 0) return [];
    const rows = own.map((effect) => ({
      label: voice.arm(effect.effect.arm),
      written: effectWords(effect, voice),
      style: model.arms.find(({ arm }) => arm === effect.effect.arm)!,
      estimate: effect.numbers.estimate,
      interval: statedInterval(effect.numbers),
      half: effect.numbers.half,
    }));
    return [{ heading: voice.outcome(outcome), rows }];
  });

const forestAlt = (effects: readonly MainEffect[], voice: ResearchVoice): string => {
  const size = ({ numbers, outcome }: MainEffect) => Math.abs(numbers.estimate) / (outcome.high - outcome.low);
  const largest = effects.reduce((best, effect) => (size(effect) > size(best) ? effect : best));
  const words = voice.say("forestAlt", {
    outcomes: voice.number(new Set(effects.map(({ outcome }) => voice.outcome(outcome))).size, 0),
    finding: forestTitle(effects, voice),
    largest: voice.say("forestAltLargest", {
      outcome: within(voice.outcome(largest.outcome)),
      arm: within(voice.arm(largest.effect.arm)),
      estimate: effectWords(largest, voice),
    }),
  });
  return sentences(words, voice.say("altTable"));
};

const drawForest = async (
  effects: readonly MainEffect[],
  model: ForestModel,
  voice: ResearchVoice,
  id: string,
  total: number,
) => {
  const drawings = byUnit(effects, ({ outcome }) => outcome).map((own, index) => {
    const groups = forestGroups(own, model, voice);
    const { outcome } = own[0]!;
    const axis = outcome.index
      ? voice.say("forestAxis")
      : voice.say("forestAxisRange", { low: voice.number(outcome.low, 0), high: voice.number(outcome.high, 0) });
    const hasPrimary = own.some((effect) => effect.outcome.role === "primary");
    const layout: ForestLayout = {
      total,
      narrow: total < 520,
      axis,
      measure: measureOf(voice),
      band: hasPrimary ? model.plan.smallestEffectOfInterest : null,
    };
    const { data, width, height, params } = forestData(groups, layout);
    return chart(specOf("forest", voice), data, {
      theme: voice.theme,
      id: `${id}${index}`,
      width,
      height,
      params,
      language: voice.language,
      description: forestAlt(own, voice),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const forestKey = (voice: ResearchVoice): Html =>
  html`${intervalKey(voice)}${
    voice.smallest === null
      ? null
      : html`<span>${trusted('<svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#E9E5DB"/></svg>')}${voice.say("keyBand", { value: voice.smallest })}</span>`
  }`;

const isCorrected = ({ numbers }: MainEffect): boolean => numbers.adjusted !== null;

const correctedColumn = (effects: readonly MainEffect[], voice: ResearchVoice): readonly string[] => {
  const { confidence, correction } = voice;
  return effects.some(isCorrected) ? [voice.say("columnIntervalCorrected", { confidence, correction })] : [];
};

/** Which intervals are corrected for several comparisons, and how many would omit zero by chance. */
const correctionReading = (effects: readonly MainEffect[], voice: ResearchVoice): string => {
  const { alpha, alphaPercent, correction } = voice;
  if (effects.some(isDrawn)) return voice.say("forestDrawn");
  const corrected = effects.filter(isCorrected).length;
  const others = effects.length - corrected;
  if (corrected === 0) return chanceWords(effects.length, voice);
  return sentences(
    corrected === 1
      ? voice.say("forestCorrectedOne", { correction, alpha })
      : voice.say("forestCorrected", { count: corrected, correction, alpha }),
    voice.say("chanceFamily", { alpha: alphaPercent }),
    others === 0 ? "" : voice.say("forestOthers", { count: others, chance: chanceWords(others, voice) }),
  );
};

const forestTable = (effects: readonly MainEffect[], model: ForestModel, voice: ResearchVoice) => ({
  caption: voice.say("forestTable", { wave: voice.wave(model.waves.at(-1)?.id ?? "") }),
  columns: [
    voice.say("columnOutcome"),
    voice.say("columnArm"),
    voice.say("columnEstimate"),
    voice.say("columnInterval", { confidence: voice.confidence }),
    ...correctedColumn(effects, voice),
    voice.say("columnHalf"),
    voice.say("columnP"),
    voice.adjusted,
    voice.say("columnStandardised"),
    ...precisionColumns(voice),
    voice.say("columnLeaders"),
    voice.say("columnRespondents"),
    ...(model.plan.locked ? [voice.say("columnPlanned")] : []),
  ],
  rows: effects.map(({ effect, outcome, numbers }) => [
    voice.outcome(outcome),
    voice.arm(effect.arm),
    voice.signed(numbers.estimate, outcome.decimals),
    voice.range(numbers.interval, outcome.decimals),
    ...(effects.some(isCorrected) ? [voice.range(numbers.adjusted, outcome.decimals)] : []),
    voice.range(numbers.half, outcome.decimals),
    voice.p(numbers.p),
    voice.p(numbers.pAdjusted),
    numbers.standardised === null ? voice.say("none") : voice.signed(numbers.standardised, 2),
    ...precisionCells(numbers, outcome, voice),
    voice.number(effect.leaders, 0),
    voice.number(effect.respondents, 0),
    ...(model.plan.locked ? [voice.say(`planned.${effect.planned ?? "none"}`)] : []),
  ]),
});

/** How many primary effects are surely larger than the plan's smallest one, surely smaller, or neither. */
const smallestReading = (effects: readonly MainEffect[], voice: ResearchVoice): string => {
  const value = voice.smallest;
  const verdicts = effects.flatMap(({ outcome, numbers }) =>
    outcome.role === "primary" && numbers.againstSmallest ? [numbers.againstSmallest.verdict] : [],
  );
  if (value === null || verdicts.length === 0) return "";
  const count = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  return sentences(
    voice.say("forestSmallest", {
      value,
      total: verdicts.length,
      beyond: count("beyond"),
      within: count("within"),
      confidence: voice.confidence,
      alpha: voice.alphaPercent,
    }),
    count("undecided") > 0 ? voice.say("forestUndecided", { count: count("undecided") }) : "",
  );
};

/** Figure of the differences from the control arm at the last wave. */
export const forestFigure = (model: ForestModel, voice: ResearchVoice): Part => {
  if (model.arms.length === 0) return { absent: voice.say("absent.forest.no-arms") };
  const effects = mainEffects(model);
  const [first] = effects;
  if (!first) return { absent: voice.say("absent.forest.none") };
  const band = model.plan.smallestEffectOfInterest !== null;
  const differences = [
    ...new Set(effects.filter(({ outcome }) => outcome.rater === null).map(({ outcome }) => outcome)),
  ];
  return {
    draw: async (number) =>
      figure({
        id: "effects",
        title: voice.say("figureTitle", { number, finding: forestTitle(effects, voice) }),
        sub: sentences(
          voice.say("forestSub", {
            wave: voice.wave(first.effect.wave),
            estimator: voice.estimator(model.plan.estimator),
            se: first.effect.seType ?? model.plan.standardErrors,
          }),
          allocationWords(model, voice),
        ),
        drawing: await drawBoth((id, total) => drawForest(effects, model, voice, id, total), "effects"),
        key: forestKey(voice),
        reading: sentences(
          voice.say("forestReading"),
          correctionReading(effects, voice),
          band ? voice.say("forestReadingBand") : "",
          smallestReading(effects, voice),
        ),
        note: sentences(
          voice.say("forestNote"),
          planStatus(
            effects.map(({ effect }) => effect.planned),
            model,
            voice,
          ),
          ...differences.map(({ name }) => voice.say("forestNoteDifference", { outcome: voice.text(name) })),
          synthetic(model, voice),
        ),
        table: forestTable(effects, model, voice),
        showTable: voice.say("showTable"),
      }),
  };
};
