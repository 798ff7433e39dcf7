import { valueIn } from "../../disclosure/published.ts";
import { isClear, omitsZero, statedInterval } from "../effect/clear.ts";
import { type MainEffect, mainEffects, reservationsOf } from "../effect/main-effects.ts";
import type { Finding } from "../page/page.ts";
import { atStart } from "../page/words.ts";
import { chanceWords, sentences } from "./drawing.ts";
import type { MeasurementRow } from "./measurement/model.ts";
import type { ResearchModel } from "./model.ts";
import { type ResearchVoice, within } from "./voice.ts";

/** More clauses than this no heading carries. */
const mostClauses = 3;

const outcomeName = ({ outcome }: MainEffect, voice: ResearchVoice): string => {
  const name = within(voice.text(outcome.name));
  return outcome.rater === "employee" ? voice.say("findingPerceived", { outcome: name }) : name;
};

interface Clause {
  readonly up: boolean;
  readonly arms: readonly string[];
  readonly outcomes: readonly string[];
}

/** Which arms moved which outcomes up, and which down: outcomes that the same arms moved the same way stand together. */
const clausesOf = (clear: readonly MainEffect[], voice: ResearchVoice): readonly Clause[] => {
  const clauses = new Map<string, Clause>();
  for (const outcome of new Set(clear.map((effect) => effect.outcome)))
    for (const up of [true, false]) {
      const own = clear.filter((each) => each.outcome === outcome && each.numbers.estimate > 0 === up);
      if (own.length === 0) continue;
      const arms = own.map(({ effect }) => effect.arm);
      const key = JSON.stringify([up, arms]);
      const outcomes = [...(clauses.get(key)?.outcomes ?? []), outcomeName(own[0]!, voice)];
      clauses.set(key, { up, arms, outcomes });
    }
  return [...clauses.values()];
};

const clauseWords = (
  { up, arms, outcomes }: Clause,
  compared: number,
  causal: boolean,
  voice: ResearchVoice,
): string => {
  const names = arms.map((arm, index) => (index === 0 ? voice.arm(arm) : within(voice.arm(arm))));
  const who = arms.length > 1 && arms.length === compared ? voice.say("findingTraining") : voice.list(names);
  const told = { who, outcomes: voice.list(outcomes) };
  if (!causal) return voice.say(up ? "findingHigher" : "findingLower", told);
  return voice.say(up ? "findingUp" : "findingDown", told);
};

const reservations = (model: ResearchModel, voice: ResearchVoice): readonly string[] => {
  const wave = voice.wave(model.waves.at(-1)?.id ?? "");
  return reservationsOf(model).map((each) =>
    each === "uneven-response" ? voice.say(`reservation.${each}`, { wave }) : voice.say(`reservation.${each}`),
  );
};

/** What moved what, from the clear effects alone; a count where that would be too long to read. */
const titleOf = (
  primary: readonly MainEffect[],
  clear: readonly MainEffect[],
  causal: boolean,
  voice: ResearchVoice,
): string => {
  if (clear.length === 0) return voice.say("findingNone");
  const clauses = clausesOf(clear, voice);
  if (clauses.length > mostClauses) return voice.say("findingSome", { count: clear.length, total: primary.length });
  const compared = new Set(primary.map(({ effect }) => effect.arm)).size;
  const words = clauses.map((clause) => clauseWords(clause, compared, causal, voice));
  return atStart(words.map((clause, index) => (index === 0 ? clause : within(clause))).join("; "));
};

/** Effects on scales of different length are compared by what share of the scale they are. */
const share = ({ numbers, outcome }: MainEffect): number => Math.abs(numbers.estimate) / (outcome.high - outcome.low);

const isAdjusted = ({ numbers }: MainEffect): boolean => numbers.pAdjusted !== null;

const correctionWords = (primary: readonly MainEffect[], voice: ResearchVoice): string =>
  primary.some(isAdjusted) ? voice.say("ledeCorrection", { correction: voice.correction }) : "";

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

const noneLede = (primary: readonly MainEffect[], voice: ResearchVoice): string => {
  const estimates = [...primary].sort((a, b) => a.numbers.estimate - b.numbers.estimate);
  const [low, high] = [estimates[0]!, estimates.at(-1)!].map(({ numbers, outcome }) =>
    voice.signed(numbers.estimate, outcome.decimals),
  );
  const told = { low: low!, alpha: voice.alpha, correction: correctionWords(primary, voice) };
  const none = primary.length === 1 ? voice.say("ledeNoneOne", told) : voice.say("ledeNone", { ...told, high: high! });
  return sentences(none, detectableWords(primary, voice));
};

const effectsLede = (primary: readonly MainEffect[], clear: readonly MainEffect[], voice: ResearchVoice): string => {
  const { effect, outcome, numbers } = clear.reduce((best, next) => (share(next) > share(best) ? next : best));
  const corrected = primary.every(isAdjusted);
  const counted = {
    count: clear.length,
    total: primary.length,
    chance: corrected ? voice.say("chanceFamily", { alpha: voice.alphaPercent }) : chanceWords(primary.length, voice),
  };
  const told = {
    ...(primary.length === 1 ? {} : counted),
    correction: correctionWords(primary, voice),
    arm: within(voice.arm(effect.arm)),
    outcome: within(voice.text(outcome.name)),
    estimate: voice.signed(numbers.estimate, outcome.decimals),
  };
  const key = (words: "ledeEffects" | "ledeDrawn") => (primary.length === 1 ? (`${words}One` as const) : words);
  const interval = statedInterval(numbers);
  return interval !== null && omitsZero(interval) && (numbers.adjusted !== null || numbers.pAdjusted === null)
    ? voice.say(key("ledeEffects"), {
        ...told,
        confidence: voice.confidence,
        range: voice.range(interval, outcome.decimals),
      })
    : voice.say(key("ledeDrawn"), { ...told, alpha: voice.alpha });
};

const effectsFinding = (primary: readonly MainEffect[], model: ResearchModel, voice: ResearchVoice): Finding => {
  const clear = primary.filter(({ numbers }) => isClear(numbers, model.plan.confidence));
  const against = reservations(model, voice);
  const title = titleOf(primary, clear, against.length === 0, voice);
  const lede = clear.length === 0 ? noneLede(primary, voice) : effectsLede(primary, clear, voice);
  return { title, lede: sentences(lede, ...against) };
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
