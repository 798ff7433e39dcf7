import { valueIn } from "../../../disclosure/published.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Estimator } from "../../../study/study.ts";
import { omitsZero } from "../../effect/clear.ts";
import type { Effect, EffectNumbers } from "../../effect/effect.ts";
import { type Html, html } from "../../page/html.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { RobustnessModel } from "./model.ts";

/** One estimator's differences from the control arm, in the order of the arms. */
interface Specification {
  readonly estimator: Estimator;
  readonly effects: readonly (Effect | undefined)[];
}

interface Comparison {
  readonly outcome: ReportedOutcome;
  readonly arms: readonly string[];
  /** The plan's own estimator first. */
  readonly specifications: readonly Specification[];
}

const comparisonOf = (outcome: ReportedOutcome, model: RobustnessModel): Comparison => {
  const own = model.effects.filter(
    (effect) =>
      effect.outcome === outcome.scale && effect.rater === outcome.rater && effect.wave === model.waves.at(-1)?.id,
  );
  const arms = model.arms.flatMap(({ arm }) => (own.some((effect) => effect.arm === arm) ? [arm] : []));
  const estimators = [...new Set([model.plan.estimator, ...model.plan.robustness])];
  const specifications = estimators
    .filter((estimator) => own.some((effect) => effect.estimator === estimator))
    .map((estimator) => ({
      estimator,
      effects: arms.map((arm) => own.find((effect) => effect.arm === arm && effect.estimator === estimator)),
    }));
  return { outcome, arms, specifications };
};

const shownIn = ({ specifications }: Comparison, arm: number): readonly EffectNumbers[] =>
  specifications.flatMap(({ effects }) => {
    const effect = effects[arm];
    return (effect && valueIn(effect.numbers)) ?? [];
  });

const alike = (values: readonly unknown[]): boolean => new Set(values).size <= 1;

/** Arms in which at least two estimators may be compared, and in how many of these they agree. */
const agreement = (comparison: Comparison) => {
  const columns = comparison.arms.map((_, arm) => shownIn(comparison, arm)).filter((numbers) => numbers.length > 1);
  const verdicts = (numbers: readonly EffectNumbers[]) =>
    numbers.flatMap(({ interval }) => (interval ? [!omitsZero(interval)] : []));
  return {
    total: columns.length,
    sign: columns.filter((numbers) => alike(numbers.map(({ estimate }) => Math.sign(estimate)))).length,
    verdict: columns.filter((numbers) => alike(verdicts(numbers))).length,
  };
};

/** Effects on other leaders than those who were randomised: no other estimate of the same number. */
const ofOthers: readonly Estimator[] = ["complier"];

/** The estimate that lies furthest from the main model's, as displayed; null where all are the same. */
const furthest = ({ specifications, arms, outcome }: Comparison) => {
  const [main, ...rest] = specifications;
  const others = rest.filter(({ estimator }) => !ofOthers.includes(estimator));
  const distances = others.flatMap(({ estimator, effects }) =>
    effects.flatMap((effect, index) => {
      const reference = main?.effects[index];
      const [own, its] = [effect && valueIn(effect.numbers), reference && valueIn(reference.numbers)];
      if (!own || !its) return [];
      return [{ estimator, arm: arms[index]!, difference: roundTo(own.estimate - its.estimate, outcome.decimals) }];
    }),
  );
  const most = Math.max(0, ...distances.map(({ difference }) => Math.abs(difference)));
  return distances.find(({ difference }) => difference !== 0 && Math.abs(difference) === most) ?? null;
};

/** Estimators that share their estimates and differ in their errors only bear the sign once. */
const differentEstimates = ({ specifications }: Comparison): number => {
  const estimates = specifications.flatMap(({ effects }) => {
    const shown = effects.map((effect) => effect && valueIn(effect.numbers)?.estimate);
    return shown.some((estimate) => estimate !== undefined) ? [shown.join(" ")] : [];
  });
  return new Set(estimates).size;
};

const titleOf = (comparison: Comparison, voice: ResearchVoice): string => {
  const { sign, total } = agreement(comparison);
  const outcome = voice.text(comparison.outcome.name);
  const count = differentEstimates(comparison);
  if (count === 1) return voice.say("robustnessTitle.same", { outcome });
  return sign === total
    ? voice.say("robustnessTitle.all", { outcome, count })
    : voice.say("robustnessTitle.some", { outcome, count: sign, total });
};

const readingOf = (comparison: Comparison, voice: ResearchVoice): string => {
  const { verdict, total } = agreement(comparison);
  const far = furthest(comparison);
  const { index, decimals } = comparison.outcome;
  return sentences(
    voice.say("robustnessReading"),
    far === null
      ? ""
      : voice.say(index ? "robustnessFurthest" : "robustnessFurthestRange", {
          estimator: within(voice.estimator(far.estimator)),
          arm: within(voice.arm(far.arm)),
          difference: voice.signed(far.difference, decimals),
        }),
    voice.say("robustnessAgree", { count: verdict, total }),
  );
};

const effectWords = (effect: Effect | undefined, decimals: number, voice: ResearchVoice): string => {
  if (!effect) return voice.say("none");
  const numbers = valueIn(effect.numbers);
  if (!numbers) return effect.status === "estimated" ? voice.say("hidden") : voice.status(effect.status);
  const estimate = voice.signed(numbers.estimate, decimals);
  if (numbers.interval) return `${estimate} (${voice.range(numbers.interval, decimals)})`;
  return numbers.p === null ? estimate : voice.say("robustnessP", { estimate, p: voice.pWords(numbers.p) });
};

const spread = (counts: readonly number[], voice: ResearchVoice): string => {
  const [low, high] = [Math.min(...counts), Math.max(...counts)].map((count) => voice.number(count, 0));
  return low === high ? low! : `${low}–${high}`;
};

const nWords = ({ effects }: Specification, voice: ResearchVoice): string => {
  const estimated = effects.flatMap((effect) => (effect?.status === "estimated" ? [effect] : []));
  if (estimated.length === 0) return voice.say("none");
  const [leaders, respondents] = [estimated.map((each) => each.leaders), estimated.map((each) => each.respondents)];
  return `${spread(leaders, voice)} / ${spread(respondents, voice)}`;
};

const cellsOf = ({ effects }: Specification, decimals: number, voice: ResearchVoice): Html => {
  const words = effects.map((effect) => effectWords(effect, decimals, voice));
  const reason = effects.every((effect) => effect && effect.status !== "estimated") && alike(words);
  return reason
    ? html`<td class="reason" colspan="${`${words.length}`}">${words[0] ?? null}</td>`
    : html`${words.map((word, index) =>
        effects[index]?.status === "estimated" ? html`<td>${word}</td>` : html`<td class="reason">${word}</td>`,
      )}`;
};

const rowOf = (specification: Specification, main: boolean, decimals: number, voice: ResearchVoice): Html => {
  const { estimator, effects } = specification;
  const deviates = effects.some((effect) => effect?.planned === "deviation");
  const differs = [
    voice.say(main ? "robustnessMain" : `robustness.${estimator}`),
    ...(deviates ? [voice.say("planned.deviation")] : []),
  ].join("; ");
  return html`<tr${main ? html` class="main"` : null}><th scope="row">${voice.estimator(estimator)} <span>${differs}</span></th>${cellsOf(
    specification,
    decimals,
    voice,
  )}<td>${nWords(specification, voice)}</td></tr>`;
};

const tableOf = ({ outcome, arms, specifications }: Comparison, voice: ResearchVoice): Html => {
  const caption = voice.say("robustnessCaption", { outcome: voice.outcome(outcome) });
  const columns = [voice.say("columnEstimator"), ...arms.map(voice.arm), voice.say("columnN")];
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table><caption>${caption}</caption><thead><tr>${columns.map(
    (name) => html`<th scope="col">${name}</th>`,
  )}</tr></thead><tbody>${specifications.map((specification, index) =>
    rowOf(specification, index === 0, outcome.decimals, voice),
  )}</tbody></table></div>`;
};

const subOf = ({ outcome }: Comparison, model: RobustnessModel, voice: ResearchVoice): string => {
  const ends = { low: voice.number(outcome.low, 0), high: voice.number(outcome.high, 0) };
  return voice.say("robustnessSub", {
    wave: voice.wave(model.waves.at(-1)?.id ?? ""),
    unit: outcome.index ? voice.say("robustnessPoints") : voice.say("robustnessRange", ends),
    confidence: voice.confidence,
  });
};

/** A table for each primary outcome at the last wave: every estimator of the plan beside the main one. */
export const robustnessTables = (model: RobustnessModel, voice: ResearchVoice): readonly TablePart[] =>
  model.outcomes
    .filter(({ role }) => role === "primary")
    .map((outcome) => comparisonOf(outcome, model))
    .filter((comparison) => agreement(comparison).total > 0)
    .map((comparison) => ({
      table: (number) => {
        const others = comparison.specifications.some(({ estimator }) => ofOthers.includes(estimator));
        const { correction } = voice;
        const corrected = model.effects.some(({ numbers }) => valueIn(numbers)?.adjusted != null);
        const note = sentences(
          corrected ? voice.say("robustnessUncorrected", { correction }) : "",
          others ? voice.say("robustnessComplier") : "",
          synthetic(model, voice),
        );
        return section(
          `robustness-${number}`,
          voice.say("tableTitle", { number, finding: titleOf(comparison, voice) }),
          html`<p class="sub">${subOf(comparison, model, voice)}</p>${tableOf(comparison, voice)}<p class="read">${readingOf(comparison, voice)}</p>${
            note === "" ? null : html`<p class="note">${note}</p>`
          }`,
        );
      },
    }));
