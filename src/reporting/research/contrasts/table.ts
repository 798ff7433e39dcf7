import { valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import type { Effect, EffectNumbers } from "../../effect/effect.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { chanceWords, sentences, synthetic, type TablePart } from "../drawing.ts";
import { precisionCells, precisionColumns, section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { ContrastsModel } from "./model.ts";

/** Two training arms in one primary outcome at the last wave. */
interface Pair {
  readonly outcome: ReportedOutcome;
  readonly contrast: Effect;
  readonly numbers: EffectNumbers | null;
}

const pairsOf = (model: ContrastsModel): readonly Pair[] => {
  const order = model.arms.map(({ arm }) => arm);
  const rank = ({ arm, reference }: Effect) => order.indexOf(reference) * order.length + order.indexOf(arm);
  return model.outcomes
    .filter(({ role }) => role === "primary")
    .flatMap((outcome) =>
      model.contrasts
        .filter(
          (each) =>
            each.outcome === outcome.scale && each.rater === outcome.rater && each.wave === model.waves.at(-1)?.id,
        )
        .sort((a, b) => rank(a) - rank(b))
        .map((contrast) => ({ outcome, contrast, numbers: valueIn(contrast.numbers) })),
    );
};

const titleOf = (pairs: readonly Pair[], voice: ResearchVoice): string => {
  const intervals = pairs.flatMap(({ numbers }) => (numbers?.interval ? [numbers.interval] : []));
  const [count, total] = [intervals.filter(omitsZero).length, intervals.length];
  if (total === 1) return voice.say(count === 1 ? "contrastsTitle.allOne" : "contrastsTitle.noneOne");
  if (count === 0) return voice.say("contrastsTitle.none", { total });
  return count === total
    ? voice.say("contrastsTitle.all", { total })
    : voice.say("contrastsTitle.some", { count, total });
};

const rowOf = (
  { outcome, contrast, numbers }: Pair,
  model: ContrastsModel,
  voice: ResearchVoice,
): readonly string[] => {
  const pair = { arm: voice.arm(contrast.arm), reference: within(voice.arm(contrast.reference)) };
  const missing = contrast.status === "estimated" ? voice.say("hidden") : voice.status(contrast.status);
  const planned = model.plan.locked ? [voice.say(`planned.${contrast.planned ?? "none"}`)] : [];
  const precision = precisionCells(numbers, outcome, voice);
  const cells = numbers
    ? [
        voice.signed(numbers.estimate, outcome.decimals),
        voice.range(numbers.interval, outcome.decimals),
        voice.p(numbers.p),
        ...precision,
      ]
    : [missing, ...Array.from({ length: 2 + precision.length }, () => voice.say("none"))];
  return [voice.text(outcome.name), voice.say("contrastsPair", pair), ...cells, ...planned];
};

const columnsOf = (model: ContrastsModel, voice: ResearchVoice): readonly string[] => [
  voice.say("columnOutcome"),
  voice.say("columnPair"),
  voice.say("columnEstimate"),
  voice.say("columnInterval", { confidence: voice.confidence }),
  voice.say("columnP"),
  ...precisionColumns(voice),
  ...(model.plan.locked ? [voice.say("columnPlanned")] : []),
];

/** The joint test of all arms in each primary outcome, a sentence each, and what it tells where there is one. */
const jointTests = (model: ContrastsModel, voice: ResearchVoice): Html | null => {
  const rows = model.outcomes
    .filter(({ role }) => role === "primary")
    .flatMap((outcome) =>
      model.jointTests
        .filter((each) => each.outcome === outcome.scale && each.rater === outcome.rater)
        .filter(({ wave }) => wave === model.waves.at(-1)?.id)
        .map((row) => ({ row, name: voice.text(outcome.name), numbers: valueIn(row.numbers) })),
    );
  const told = rows.map(({ row, name, numbers }) => {
    if (numbers) {
      const { f, df1, df2, p } = numbers;
      const written = { f: voice.number(f, 2), df1: voice.number(df1, 0), df2: voice.number(df2, 1) };
      return voice.say("jointTest", { outcome: name, ...written, p: voice.pWords(p) });
    }
    if (row.status === "estimated") return voice.say("jointTestHidden", { outcome: name });
    return voice.say("jointTestMissing", { outcome: name, status: voice.status(row.status) });
  });
  if (told.length === 0) return null;
  const reading = rows.some(({ numbers }) => numbers) ? voice.say("jointTestReading") : "";
  return html`<ul>${told.map((sentence) => html`<li>${sentence}</li>`)}</ul>${
    reading === "" ? null : html`<p class="read">${reading}</p>`
  }`;
};

/** Whether the study has training arms to compare, of which nothing may be shown or could be estimated. */
export const contrastsAbsent = (model: ContrastsModel): boolean => {
  const pairs = pairsOf(model);
  return pairs.length > 0 && pairs.every(({ numbers }) => numbers === null);
};

/** The training arms two by two, which is the only way to say that one differs from another; nothing with one of them. */
export const contrastsTable = (model: ContrastsModel, voice: ResearchVoice): readonly TablePart[] => {
  const pairs = pairsOf(model);
  const first = pairs.find(({ numbers }) => numbers !== null);
  if (!first) return [];
  const table = dataTable({
    caption: voice.say("contrastsCaption"),
    columns: columnsOf(model, voice),
    rows: pairs.map((pair) => rowOf(pair, model, voice)),
  });
  const sub = voice.say("contrastsSub", {
    wave: voice.wave(first.contrast.wave),
    estimator: voice.estimator(first.contrast.estimator),
    se: first.contrast.seType ?? model.plan.standardErrors,
  });
  const tested = pairs.filter(({ numbers }) => numbers?.interval).length;
  const joint = jointTests(model, voice);
  const note = sentences(voice.say("contrastsNote", { chance: chanceWords(tested, voice) }), synthetic(model, voice));
  return [
    {
      table: (number) =>
        section(
          "contrasts",
          voice.say("tableTitle", { number, finding: titleOf(pairs, voice) }),
          html`<p class="sub">${sub}</p>${table}<p class="read">${voice.say("contrastsReading")}</p>${joint}<p class="note">${note}</p>`,
        ),
    },
  ];
};
