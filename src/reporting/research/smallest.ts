import type { EffectNumbers } from "../effect/effect.ts";
import type { ReportedOutcome } from "../page/reported-outcome.ts";
import type { ResearchModel } from "./model.ts";
import type { ResearchVoice } from "./voice.ts";

/** The plan's smallest effect of interest as a number; null where it names none. */
export const smallestWords = ({ plan: { smallestEffectOfInterest: smallest } }: ResearchModel, voice: ResearchVoice) =>
  smallest === null ? null : voice.number(smallest, Number.isInteger(smallest) ? 0 : 2);

/** Headings of what stands beside an estimate about the effects that could have been found. */
export const precisionColumns = (model: ResearchModel, voice: ResearchVoice): readonly string[] => {
  const value = smallestWords(model, voice);
  return [voice.say("columnDetectable"), ...(value === null ? [] : [voice.say("columnSmallest", { value })])];
};

/** The cells under `precisionColumns`. */
export const precisionCells = (
  numbers: EffectNumbers | null,
  { decimals }: ReportedOutcome,
  model: ResearchModel,
  voice: ResearchVoice,
): readonly string[] => {
  const detectable = voice.number(numbers?.minimumDetectable ?? null, decimals);
  if (model.plan.smallestEffectOfInterest === null) return [detectable];
  const against = numbers?.againstSmallest;
  return [detectable, against ? voice.say(`smallest.${against.verdict}`) : voice.say("none")];
};

/** What those columns mean, and what they do not. */
export const precisionNotes = (model: ResearchModel, voice: ResearchVoice): readonly string[] => {
  const value = smallestWords(model, voice);
  const alpha = voice.number(1 - model.plan.confidence, 2);
  return [voice.say("detectableNote"), ...(value === null ? [] : [voice.say("smallestNote", { value, alpha })])];
};
