import { type Published, reveal, valueIn } from "../../disclosure/published.ts";
import type { ChangedSeries } from "../page/level-change.ts";
import { type Level, publishedLevel } from "../page/levels.ts";
import type { Finding } from "../page/page.ts";
import { atStart, inSentence } from "../page/words.ts";
import { sentences } from "./drawing.ts";
import { claims, clearCount, correctionWords, differenceWords, shownComparisons } from "./effects/reading.ts";
import type { ManagementModel } from "./model.ts";
import type { ManagementVoice } from "./voice.ts";

const mostInLede = 3;

const effectsLede = ({ effects }: ManagementModel, voice: ManagementVoice): string => {
  const total = shownComparisons(effects).length;
  const listed = effects.comparisons.map((each) =>
    voice.say("ledeEffect", { arm: inSentence(voice.arm(each.arm)), difference: differenceWords(each, voice) }),
  );
  const outcomes = new Set(effects.comparisons.map(({ outcome }) => outcome)).size;
  return sentences(
    effects.comparisons.length > mostInLede || outcomes > 1
      ? voice.say("ledeCount", { count: voice.tally(clearCount(effects)), total: voice.tally(total) })
      : voice.say("ledeEffects", { confidence: voice.confidence, effects: voice.list(listed) }),
    correctionWords(effects, voice),
    ...effects.reservations.map((each) => voice.say(`reservation.${each}`)),
  );
};

const effectsFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  const { effects } = model;
  const lede = effectsLede(model, voice);
  const count = clearCount(effects);
  if (count === 0) return { title: voice.say("findingNone"), lede };
  const claimed = claims(effects, voice);
  if (claimed !== null) return { title: atStart(claimed), lede };
  return {
    title: voice.say("findingSome", {
      count: voice.tally(count),
      total: voice.tally(shownComparisons(effects).length),
    }),
    lede,
  };
};

/** Of a study without an outcome that employees answer, the answers are all there is to say. */
const answersFinding = ({ coverage }: ManagementModel, voice: ManagementVoice): Finding => ({
  title:
    coverage && reveal(coverage.answers) > 0
      ? voice.say("findingAnswers", { count: voice.count(coverage.answers) })
      : voice.say("findingFewAnswers"),
  lede: voice.say("ledeNoOutcome"),
});

const levelTitle = (level: Published<Level>, voice: ManagementVoice): string =>
  voice.say("findingLevel", { scale: voice.scaleAtStart, mean: voice.number(level.part("mean")) });

const changeTitle = (
  first: Published<Level>,
  last: Published<Level>,
  { change }: ChangedSeries,
  voice: ManagementVoice,
): string => {
  const means = { first: voice.number(first.part("mean")), last: voice.number(last.part("mean")) };
  const tested = valueIn(change);
  if (tested === null) return voice.say("findingLevels.untested", { scale: voice.scaleAtStart, ...means });
  if (tested === "none") return voice.say("findingLevels.none", { scale: voice.scale, ...means });
  return voice.say("findingLevels.changed", { scale: voice.scaleAtStart, ...means });
};

const levelFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  const shown = model.whole.levels.flatMap((cell) => publishedLevel(cell) ?? []);
  const respondents = voice.threshold(model.rules.respondents);
  const leaders = voice.threshold(model.rules.leaders);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last)
    return { title: voice.say("findingHidden"), lede: voice.say("ledeHidden", { respondents, leaders }) };
  const title = first === last ? levelTitle(last, voice) : changeTitle(first, last, model.whole, voice);
  const { low, high } = reveal(last);
  if (low === null || high === null) return { title, lede: voice.say("ledePlain") };
  const range = voice.range(last, model.outcome?.decimals ?? 1);
  return { title, lede: voice.say("ledeLevel", { confidence: voice.confidence, range }) };
};

/** The heading and the first sentence, from fixed templates that the numbers alone decide. */
export const managementFinding = (model: ManagementModel, voice: ManagementVoice): Finding => {
  if (model.waves.length === 0) return { title: voice.say("findingEmpty"), lede: voice.say("ledeEmpty") };
  if (shownComparisons(model.effects).length > 0) return effectsFinding(model, voice);
  return model.outcome ? levelFinding(model, voice) : answersFinding(model, voice);
};
