import { valueIn } from "../../../disclosure/published.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { type Html, html } from "../../page/html.ts";
import { type Part, planStatus, sentences, synthetic } from "../drawing.ts";
import type { ResearchVoice } from "../voice.ts";
import type { FlowColumn, FlowModel, ShownFlow } from "./model.ts";

const shownIn = (columns: readonly FlowColumn[]): readonly ShownFlow[] =>
  columns.flatMap(({ numbers }) => valueIn(numbers) ?? []);

const total = (flows: readonly ShownFlow[], of: (flow: ShownFlow) => number): number =>
  flows.reduce((sum, flow) => sum + of(flow), 0);

/** How many leaders came through, of the arms that may be shown: what is suppressed is not counted as nobody. */
const titleOf = (columns: readonly FlowColumn[], model: FlowModel, voice: ResearchVoice): string => {
  const shown = shownIn(columns);
  const everyone = columns.reduce((sum, { leaders }) => sum + leaders, 0);
  if (shown.length === 0) return voice.say("flowTitleHidden", { randomised: voice.number(everyone, 0) });
  const randomised = voice.number(
    total(shown, (flow) => flow.randomised.leaders),
    0,
  );
  const analysed = total(shown, (flow) => flow.analysed.leaders);
  if (analysed > 0) {
    const key = shown.length < columns.length ? "flowTitleShown" : "flowTitle";
    return voice.say(key, { analysed: voice.number(analysed, 0), randomised });
  }
  const last = ({ waves }: ShownFlow) => (waves.at(-1)?.measured ?? 0) + (waves.at(-1)?.underThreshold ?? 0);
  const wave = voice.wave(model.waves.at(-1)?.id ?? "");
  return voice.say("flowTitleMeasured", { analysed: voice.number(total(shown, last), 0), randomised, wave });
};

const inOrder = (model: FlowModel): readonly FlowColumn[] =>
  model.arms.length === 0
    ? model.flow
    : model.arms.flatMap(({ arm }) => model.flow.filter((column) => column.arm === arm));

const classOf = ({ arm }: ArmStyle): string => `arm-${arm.replace(/[^\w-]/g, "_")}`;

/** How many columns the boxes stand in, and the colour of each arm. */
export const flowStyle = (model: FlowModel): string =>
  [
    `.flow{--arms:${Math.max(1, inOrder(model).length)}}`,
    ...model.arms.map((style) => `.box.${classOf(style)}{border-top-color:${style.color}}`),
  ].join("\n");

const box = (
  column: FlowColumn,
  first: boolean,
  lines: readonly string[],
  model: FlowModel,
  voice: ResearchVoice,
): Html => {
  const style = model.arms.find(({ arm }) => arm === column.arm);
  const name = column.arm === null ? voice.say("flowAll") : voice.arm(column.arm);
  const [head = "", ...rest] = lines;
  return html`<div class="box${first && style ? ` arm ${classOf(style)}` : ""}">${
    first ? html`<strong>${name}</strong>` : html`<span class="repeat">${name}</span>`
  }${first ? html`<span>${head}</span>` : html`<strong>${head}</strong>`}${rest.map((line) => html`<span>${line}</span>`)}</div>`;
};

const waveLines = (flow: ShownFlow, index: number, model: FlowModel, voice: ResearchVoice): readonly string[] => {
  const wave = flow.waves[index]!;
  const count = (value: number) => voice.number(value, 0);
  const away = voice.say(flow.arm === null || wave.wave === model.baseline ? "flowAway" : "flowMoved");
  const all = [
    { lost: wave.moved, reason: away },
    { lost: wave.unanswered, reason: voice.say("flowUnanswered") },
  ];
  const found = all.filter(({ lost }) => lost > 0);
  const reasons = found.map(({ lost, reason }) =>
    found.length === 1 ? reason : voice.say("flowLostOf", { count: count(lost), reason }),
  );
  return [
    voice.say("leaders", { count: count(wave.measured + wave.underThreshold) }),
    voice.say("flowResponses", { count: count(wave.employees) }),
    reasons.length === 0
      ? voice.say("flowLostNone")
      : voice.say("flowLost", { lost: count(wave.moved + wave.unanswered), reasons: reasons.join(", ") }),
    ...(wave.underThreshold > 0
      ? [voice.say("flowUnder", { threshold: model.rules.respondents, count: count(wave.underThreshold) })]
      : []),
  ];
};

const randomisedLines = ({ leaders, numbers }: FlowColumn, voice: ResearchVoice): readonly string[] => {
  const employees = valueIn(numbers)?.randomised.employees ?? null;
  return [
    voice.say("leaders", { count: voice.number(leaders, 0) }),
    ...(employees === null ? [] : [voice.say("flowEmployees", { count: voice.number(employees, 0) })]),
    ...(numbers.state === "suppressed" ? [voice.say("flowHidden")] : []),
  ];
};

/** How often leaders came, where the study knows: a description, as nobody drew how often to come. */
const doseLines = ({ takeUp }: ShownFlow, { plan }: FlowModel, voice: ResearchVoice): readonly string[] =>
  takeUp === null
    ? [voice.say("flowDoseUnknown")]
    : [
        voice.say("flowDoseMean", { sessions: voice.number(takeUp.sessions, 1) }),
        voice.say("flowDoseTrained", {
          trained: voice.number(takeUp.trained, 0),
          known: voice.number(takeUp.known, 0),
          from: plan.trainedFrom,
        }),
      ];

const analysedLines = ({ analysed }: ShownFlow, voice: ResearchVoice): readonly string[] => [
  voice.say("leaders", { count: voice.number(analysed.leaders, 0) }),
  voice.say("flowResponses", { count: voice.number(analysed.employees, 0) }),
];

const row = (
  heading: string,
  columns: readonly FlowColumn[],
  lines: (flow: ShownFlow) => readonly string[],
  model: FlowModel,
  voice: ResearchVoice,
): Html =>
  html`<h3>${heading}</h3>${columns.map((column) => {
    const flow = valueIn(column.numbers);
    return box(column, false, flow ? lines(flow) : [voice.say("hidden")], model, voice);
  })}`;

/** The way from the drawing of lots to the analysis (CONSORT), as boxes. */
export const flowFigure = (model: FlowModel, voice: ResearchVoice): Part => {
  const columns = inOrder(model);
  if (columns.length === 0) return { absent: voice.say("absent.flow") };
  const trial = model.arms.length > 0;
  const leaders = columns.reduce((total, column) => total + column.leaders, 0);
  const last = voice.wave(model.waves.at(-1)?.id ?? "");
  const analysed = total(shownIn(columns), (flow) => flow.analysed.leaders) > 0;
  const attended = shownIn(columns).some(({ takeUp }) => takeUp !== null);
  const note = sentences(
    attended ? voice.say("flowDoseNote") : "",
    trial ? planStatus([], model, voice) : "",
    synthetic(model, voice),
  );
  return {
    draw: async (number) => html`<figure id="flow" aria-labelledby="flow-t" aria-describedby="flow-r">
<h2 id="flow-t">${voice.say("figureTitle", { number, finding: titleOf(columns, model, voice) })}</h2>
<p class="sub">${voice.say("flowSub")}</p>
<div class="flow">
<h3>${voice.say(trial ? (model.allocation?.randomised === false ? "flowArms" : "flowRandomised") : "flowRoster", { leaders: voice.number(leaders, 0) })}</h3>
${columns.map((column) => box(column, true, randomisedLines(column, voice), model, voice))}
${attended ? row(voice.say("flowDose"), columns, (flow) => doseLines(flow, model, voice), model, voice) : null}
${model.waves.map(({ id }, index) =>
  row(
    voice.say("flowMeasured", { wave: voice.wave(id) }),
    columns,
    (flow) => waveLines(flow, index, model, voice),
    model,
    voice,
  ),
)}
${analysed ? row(voice.say("flowAnalysed", { wave: last }), columns, (flow) => analysedLines(flow, voice), model, voice) : null}
</div>
<figcaption><p id="flow-r" class="read">${voice.say("flowReading")}</p><p class="note">${note}</p></figcaption>
</figure>`,
  };
};
