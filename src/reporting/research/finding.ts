import { valueIn } from "../../disclosure/published.ts";
import { type MainEffect, mainEffects, significant } from "../effect/main-effects.ts";
import type { Finding } from "../page/page.ts";
import type { MeasurementRow } from "./measurement/model.ts";
import type { ResearchModel } from "./model.ts";
import { type ResearchVoice, within } from "./voice.ts";

const outcomeNames = (effects: readonly MainEffect[], voice: ResearchVoice): string =>
  voice.list([...new Set(effects.map(({ outcome }) => within(voice.text(outcome.name))))]);

const titleOf = (primary: readonly MainEffect[], clear: readonly MainEffect[], voice: ResearchVoice): string => {
  if (clear.length === 0) return voice.say("findingNone");
  if (clear.length < primary.length) return voice.say("findingSome", { count: clear.length, total: primary.length });
  const outcomes = outcomeNames(primary, voice);
  if (clear.every(({ numbers }) => numbers.estimate > 0)) return voice.say("findingUp", { outcomes });
  if (clear.every(({ numbers }) => numbers.estimate < 0)) return voice.say("findingDown", { outcomes });
  return voice.say("findingBoth", { outcomes });
};

/** Effects on scales of different length are compared by what share of the scale they are. */
const share = ({ numbers, outcome }: MainEffect): number => Math.abs(numbers.estimate) / (outcome.high - outcome.low);

const correctionWords = ({ plan: { multiplicity } }: ResearchModel, voice: ResearchVoice): string => {
  if (multiplicity === "none") return "";
  return voice.say(multiplicity === "holm" ? "ledeHolm" : "ledeRomanoWolf");
};

/** How large an effect would have had to be: what no clear difference does not rule out. */
const detectableWords = (primary: readonly MainEffect[], voice: ResearchVoice): string => {
  const known = primary.filter(({ numbers }) => numbers.minimumDetectable !== null);
  if (known.length === 0) return "";
  const sorted = [...known].sort((a, b) => a.numbers.minimumDetectable! - b.numbers.minimumDetectable!);
  const [least, most] = [sorted[0]!, sorted.at(-1)!].map(({ numbers, outcome }) =>
    voice.number(numbers.minimumDetectable, outcome.decimals),
  );
  const detectable = least === most ? least! : voice.say("interval", { low: least!, high: most! });
  return voice.say("ledeDetectable", { detectable });
};

const effectsFinding = (primary: readonly MainEffect[], model: ResearchModel, voice: ResearchVoice): Finding => {
  const clear = primary.filter((effect) => significant(effect, model.plan.confidence));
  const adjusted = primary.some(({ numbers }) => numbers.pAdjusted !== null);
  const tested = {
    alpha: voice.number(1 - model.plan.confidence, 2),
    correction: adjusted ? correctionWords(model, voice) : "",
  };
  const title = titleOf(primary, clear, voice);
  if (clear.length === 0) {
    const estimates = [...primary].sort((a, b) => a.numbers.estimate - b.numbers.estimate);
    const [least, most] = [estimates[0]!, estimates.at(-1)!];
    const low = voice.signed(least.numbers.estimate, least.outcome.decimals);
    const none = voice.say("ledeNone", {
      ...tested,
      low,
      high: voice.signed(most.numbers.estimate, most.outcome.decimals),
    });
    return { title, lede: [none, detectableWords(primary, voice)].filter((sentence) => sentence !== "").join(" ") };
  }
  const { effect, outcome, numbers } = clear.reduce((best, next) => (share(next) > share(best) ? next : best));
  return {
    title,
    lede: voice.say("ledeEffects", {
      ...tested,
      count: clear.length,
      total: primary.length,
      arm: within(voice.arm(effect.arm)),
      outcome: within(voice.text(outcome.name)),
      estimate: voice.signed(numbers.estimate, outcome.decimals),
      confidence: voice.confidence,
      range: voice.range(numbers.interval, outcome.decimals),
    }),
  };
};

const levelFinding = (model: ResearchModel, voice: ResearchVoice): Finding => {
  const primary = model.outcomes[0];
  const rows = model.measurement.filter(({ scale, rater }) => scale === primary?.scale && rater === primary.rater);
  const shown = model.waves.flatMap(({ id }) =>
    rows.filter(({ wave, level }) => wave === id && valueIn(level)?.mean != null),
  );
  const mean = (row: MeasurementRow) => voice.number(valueIn(row.level)?.mean ?? null, row.decimals);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return { title: voice.say("findingNothing"), lede: voice.say("ledeNothing") };
  const outcome = voice.text(last.name);
  return {
    title:
      first === last
        ? voice.say("findingLevel", { outcome, mean: mean(last) })
        : voice.say("findingLevels", { outcome, first: mean(first), last: mean(last) }),
    lede: voice.say("ledeLevel", {
      respondents: voice.number(last.respondents, 0),
      leaders: voice.number(last.leaders, 0),
    }),
  };
};

/** The heading and the first sentences, from fixed templates that the numbers alone decide. */
export const researchFinding = (model: ResearchModel, voice: ResearchVoice): Finding => {
  if (model.arms.length === 0) return levelFinding(model, voice);
  const primary = mainEffects(model).filter(({ outcome }) => outcome.role === "primary");
  if (primary.length === 0) return { title: voice.say("findingUnknown"), lede: voice.say("ledeUnknown") };
  return effectsFinding(primary, model, voice);
};
