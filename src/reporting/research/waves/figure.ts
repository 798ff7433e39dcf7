import { valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import type { Effect } from "../../effect/effect.ts";
import { armsKey } from "../../page/arms-key.ts";
import { middleOf } from "../../page/axis.ts";
import { chart } from "../../page/chart.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { locales } from "../../page/locale.ts";
import { figure } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { chanceWords, drawBoth, measureOf, type Part, planStatus, sentences, specOf, synthetic } from "../drawing.ts";
import { type ResearchVoice, within } from "../voice.ts";
import { type WaveLine, wavesData, wavesValues } from "./layout.ts";
import type { FadeRow, WavesModel } from "./model.ts";

/** Effects of the primary outcomes by one estimator at two or more waves. */
interface OverWaves {
  readonly estimator: Effect["estimator"];
  readonly waves: WavesModel["waves"];
  readonly outcomes: readonly { readonly outcome: ReportedOutcome; readonly lines: readonly WaveLine[] }[];
}

const estimatorOf = ({ plan }: WavesModel): Effect["estimator"] =>
  [plan.estimator, ...plan.robustness].includes("event-time") ? "event-time" : plan.estimator;

const overWaves = (model: WavesModel, voice: ResearchVoice): OverWaves => {
  const estimator = estimatorOf(model);
  const own = model.effects.filter((effect) => effect.estimator === estimator);
  const waves = model.waves.filter(({ id }) =>
    own.some(({ wave, numbers }) => wave === id && numbers.state === "shown"),
  );
  const outcomes = model.outcomes.flatMap((outcome) => {
    if (outcome.role !== "primary") return [];
    const lines = model.arms.flatMap((style): WaveLine[] => {
      const effects = waves.map(({ id }) => {
        const found = own.find(
          (each) =>
            each.wave === id &&
            each.arm === style.arm &&
            each.outcome === outcome.scale &&
            each.rater === outcome.rater,
        );
        return found ? valueIn(found.numbers) : null;
      });
      return effects.some(Boolean) ? [{ label: voice.arm(style.arm), style, effects }] : [];
    });
    return lines.length > 0 ? [{ outcome, lines }] : [];
  });
  return { estimator, waves, outcomes };
};

interface Change {
  readonly row: FadeRow;
  readonly outcome: ReportedOutcome;
  readonly numbers: { readonly estimate: number; readonly interval: { low: number; high: number } | null };
}

/** From the first follow-up wave to the last, in the primary outcomes. */
const changesOf = (model: WavesModel): readonly Change[] =>
  model.outcomes.flatMap((outcome) =>
    outcome.role === "primary"
      ? model.fadeOut.flatMap((row) => {
          const numbers = valueIn(row.numbers);
          const its = row.outcome === outcome.scale && row.rater === outcome.rater;
          return its && numbers && row.to === model.waves.at(-1)?.id ? [{ row, outcome, numbers }] : [];
        })
      : [],
  );

const isClear = ({ numbers: { interval } }: Change): boolean => interval !== null && omitsZero(interval);

const titleOf = (changes: readonly Change[], voice: ResearchVoice): string => {
  const [first] = changes;
  if (!first) return voice.say("wavesTitle.plain");
  const waves = { from: voice.wave(first.row.from), to: voice.wave(first.row.to) };
  const count = changes.filter(isClear).length;
  return count === 0
    ? voice.say("wavesTitle.none", waves)
    : voice.say("wavesTitle.some", { ...waves, count, total: changes.length });
};

const written = ({ numbers, outcome }: Pick<Change, "numbers" | "outcome">, voice: ResearchVoice): string => {
  const estimate = voice.signed(numbers.estimate, outcome.decimals);
  return numbers.interval ? `${estimate} (${voice.range(numbers.interval, outcome.decimals)})` : estimate;
};

const relative = ({ numbers, outcome }: Change): number => numbers.estimate / (outcome.high - outcome.low);

/** What happened to the effects between the first follow-up wave and the last, in a sentence or two. */
const fadeOutWords = (changes: readonly Change[], voice: ResearchVoice): string => {
  const [first] = changes;
  if (!first) return "";
  const waves = { from: voice.wave(first.row.from), to: voice.wave(first.row.to) };
  const clear = changes.filter(isClear);
  if (clear.length === 0) {
    const sorted = [...changes].sort((a, b) => relative(a) - relative(b));
    const [low, high] = [sorted[0]!, sorted.at(-1)!].map(({ numbers, outcome }) =>
      voice.signed(numbers.estimate, outcome.decimals),
    );
    return voice.say("fadeOutNone", { ...waves, low: low!, high: high! });
  }
  const most = clear.reduce((best, next) => (Math.abs(relative(next)) > Math.abs(relative(best)) ? next : best));
  return voice.say("fadeOutSome", {
    ...waves,
    count: clear.length,
    total: changes.length,
    chance: chanceWords(changes.length, voice),
    change: written(most, voice),
    arm: within(voice.arm(most.row.arm)),
    outcome: within(voice.text(most.outcome.name)),
  });
};

const monthOf = (iso: string, voice: ResearchVoice): string => {
  const [year = "", month = "1"] = iso.split("-");
  return `${locales[voice.language].time.shortMonths[Number(month) - 1] ?? ""} ${year}`;
};

const unitOf = ({ index, low, high }: ReportedOutcome): string => (index ? "index" : `${low}–${high}`);

const axisOf = (outcome: ReportedOutcome, voice: ResearchVoice): string =>
  outcome.index
    ? voice.say("forestAxis")
    : voice.say("forestAxisRange", { low: voice.number(outcome.low, 0), high: voice.number(outcome.high, 0) });

const draw = async (over: OverWaves, model: WavesModel, voice: ResearchVoice, id: string, total: number) => {
  const band = model.plan.smallestEffectOfInterest;
  const drawings = over.outcomes.map(({ outcome, lines }, index) => {
    const beside = over.outcomes.filter((each) => unitOf(each.outcome) === unitOf(outcome));
    const { data, width, height, params } = wavesData(lines, {
      total,
      height: total < 520 ? 200 : 220,
      narrow: total < 520,
      band,
      measure: measureOf(voice),
      heading: voice.outcome(outcome),
      axis: axisOf(outcome, voice),
      values: beside.flatMap((each) => wavesValues(each.lines, band)),
      waves: over.waves.map((wave) => ({
        day: middleOf(wave),
        lines: [voice.text(wave.name), monthOf(wave.from, voice)],
      })),
    });
    const told = lines.map(({ label, effects }) =>
      voice.say("wavesAltLine", {
        arm: within(label),
        values: effects
          .map((effect) => (effect ? voice.signed(effect.estimate, outcome.decimals) : voice.say("hidden")))
          .join("; "),
      }),
    );
    return chart(specOf("waves", voice), data, {
      theme: voice.theme,
      id: `${id}${index}`,
      width,
      height,
      params,
      language: voice.language,
      description: sentences(
        voice.say("wavesAlt", {
          outcome: within(voice.text(outcome.name)),
          waves: voice.list(over.waves.map(({ name }) => voice.text(name))),
          lines: told.join(", "),
        }),
        voice.say("altTable"),
      ),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const keyOf = ({ outcomes }: OverWaves, model: WavesModel, voice: ResearchVoice): Html => {
  const value = voice.smallest;
  const arms = model.arms.filter(({ arm }) =>
    outcomes.some(({ lines }) => lines.some(({ style }) => style.arm === arm)),
  );
  return html`${armsKey(arms, voice.arm)}<span>${trusted(
    '<svg width="12" height="22" aria-hidden="true"><path d="M6 1V21" stroke="#4A5163" stroke-width="1.75"/></svg>',
  )}${voice.say("keyInterval", { confidence: voice.confidence })}</span>${
    value === null
      ? null
      : html`<span>${trusted('<svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#E9E5DB"/></svg>')}${voice.say("keyBand", { value })}</span>`
  }`;
};

const tableOf = (over: OverWaves, model: WavesModel, voice: ResearchVoice) => {
  const later = [...new Set(model.fadeOut.map(({ to }) => to))];
  const rows = over.outcomes.flatMap(({ outcome, lines }) =>
    lines.map(({ label, style, effects }) => {
      const cells = effects.map((numbers) => (numbers ? written({ numbers, outcome }, voice) : voice.say("hidden")));
      const changes = later.flatMap((to) => {
        const row = model.fadeOut.find(
          (each) =>
            each.to === to && each.arm === style.arm && each.outcome === outcome.scale && each.rater === outcome.rater,
        );
        const numbers = row ? valueIn(row.numbers) : null;
        if (numbers) return [written({ numbers, outcome }, voice), voice.p(numbers.p)];
        const missing = row && row.status !== "estimated" ? voice.status(row.status) : voice.say("hidden");
        return [missing, voice.say("none")];
      });
      return [voice.outcome(outcome), label, ...cells, ...changes];
    }),
  );
  const from = model.fadeOut[0]?.from ?? "";
  const columns = [
    voice.say("columnOutcome"),
    voice.say("columnArm"),
    ...over.waves.map(({ name }) => voice.text(name)),
    ...later.flatMap((to) => [
      voice.say("columnFadeOut", { from: voice.wave(from), to: voice.wave(to) }),
      voice.say("columnP"),
    ]),
  ];
  return { caption: voice.say("wavesTable", { confidence: voice.confidence }), columns, rows };
};

const plannedIn = ({ estimator, outcomes }: OverWaves, { effects }: WavesModel) =>
  effects
    .filter((effect) => effect.estimator === estimator && effect.numbers.state === "shown")
    .filter(({ outcome: id, rater }) => outcomes.some(({ outcome }) => outcome.scale === id && outcome.rater === rater))
    .map(({ planned }) => planned);

/** Why the last wave's numbers are not those of the figure of the effects at the last wave, where they are not. */
const besideForest = ({ estimator }: OverWaves, { effects, plan }: WavesModel, voice: ResearchVoice): string => {
  const { correction } = voice;
  const corrected = effects.some(({ numbers }) => valueIn(numbers)?.adjusted != null);
  const main = within(voice.estimator(plan.estimator));
  return sentences(
    estimator === plan.estimator
      ? ""
      : voice.say("wavesOtherModel", { estimator: within(voice.estimator(estimator)), main }),
    corrected ? voice.say("wavesUncorrected", { correction }) : "",
  );
};

/** Figure of the effects over the waves after training began; nothing where there are not two of them. */
export const wavesFigure = (model: WavesModel, voice: ResearchVoice): readonly Part[] => {
  const over = overWaves(model, voice);
  if (over.waves.length < 2 || over.outcomes.length === 0) return [];
  const changes = changesOf(model);
  return [
    {
      draw: async (number) =>
        figure({
          id: "waves",
          title: voice.say("figureTitle", { number, finding: titleOf(changes, voice) }),
          sub: voice.say("wavesSub", { estimator: voice.estimator(over.estimator) }),
          drawing: await drawBoth((id, total) => draw(over, model, voice, id, total), "waves"),
          key: keyOf(over, model, voice),
          reading: sentences(fadeOutWords(changes, voice)) || voice.say("wavesReading"),
          note: sentences(
            voice.say("wavesNote"),
            besideForest(over, model, voice),
            changes.length > 0 ? voice.say("fadeOutNote", { estimator: within(voice.estimator("event-time")) }) : "",
            planStatus(plannedIn(over, model), model, voice),
            synthetic(model, voice),
          ),
          table: tableOf(over, model, voice),
          showTable: voice.say("showTable"),
        }),
    },
  ];
};
