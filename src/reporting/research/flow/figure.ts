import { valueIn } from "../../../disclosure/published.ts";
import type { FlowArm } from "../../../estimation/trial/flow.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import type { Part } from "../drawing.ts";
import type { ResearchVoice } from "../voice.ts";
import type { FlowColumn, FlowModel } from "./model.ts";

const sum = (columns: readonly FlowColumn[], of: (flow: FlowArm) => number): number =>
  columns.reduce((total, { numbers }) => total + (numbers.state === "shown" ? of(numbers.value) : 0), 0);

const inOrder = (model: FlowModel): readonly FlowColumn[] =>
  model.arms.length === 0
    ? model.flow
    : model.arms.flatMap(({ arm }) => model.flow.filter((column) => column.arm === arm));

const box = (
  column: FlowColumn,
  first: boolean,
  lines: readonly string[],
  model: FlowModel,
  voice: ResearchVoice,
): Html => {
  const style = model.arms.find(({ arm }) => arm === column.arm);
  const name = column.arm === null ? voice.say("flowAll") : voice.arm(column.arm);
  const color = first && style ? trusted(` style="border-top-color:${style.color}"`) : null;
  const [head = "", ...rest] = lines;
  return html`<div class="box${first && style ? " arm" : ""}"${color}>${
    first ? html`<strong>${name}</strong>` : html`<span class="repeat">${name}</span>`
  }${first ? html`<span>${head}</span>` : html`<strong>${head}</strong>`}${rest.map((line) => html`<span>${line}</span>`)}</div>`;
};

const waveLines = (flow: FlowArm, index: number, model: FlowModel, voice: ResearchVoice): readonly string[] => {
  const wave = flow.waves[index]!;
  const count = (value: number) => voice.number(value, 0);
  const reasons = [
    ...(wave.moved > 0 ? [voice.say("flowMoved", { count: count(wave.moved) })] : []),
    ...(wave.unanswered > 0 ? [voice.say("flowUnanswered", { count: count(wave.unanswered) })] : []),
  ];
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

const analysedLines = ({ analysed }: FlowArm, voice: ResearchVoice): readonly string[] => [
  voice.say("leaders", { count: voice.number(analysed.leaders, 0) }),
  voice.say("flowResponses", { count: voice.number(analysed.employees, 0) }),
];

const row = (
  heading: string,
  columns: readonly FlowColumn[],
  lines: (flow: FlowArm) => readonly string[],
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
  const measured = sum(columns, ({ waves }) => (waves.at(-1)?.measured ?? 0) + (waves.at(-1)?.underThreshold ?? 0));
  const analysed = trial ? sum(columns, (flow) => flow.analysed.leaders) : measured;
  const values = { analysed: voice.number(analysed, 0), randomised: voice.number(leaders, 0) };
  return {
    draw: async (number) => html`<figure id="flow" aria-labelledby="flow-t" aria-describedby="flow-r">
<h2 id="flow-t">${voice.say("figureTitle", { number, finding: voice.say(trial ? "flowTitle" : "flowTitleNoArms", values) })}</h2>
<p class="sub">${voice.say("flowSub")}</p>
<div class="flow" style="--arms:${columns.length}">
<h3>${voice.say(trial ? "flowRandomised" : "flowRoster", { leaders: voice.number(leaders, 0) })}</h3>
${columns.map((column) => box(column, true, randomisedLines(column, voice), model, voice))}
${model.waves.map(({ id }, index) =>
  row(
    voice.say("flowMeasured", { wave: voice.wave(id) }),
    columns,
    (flow) => waveLines(flow, index, model, voice),
    model,
    voice,
  ),
)}
${trial ? row(voice.say("flowAnalysed", { wave: last }), columns, (flow) => analysedLines(flow, voice), model, voice) : null}
</div>
<figcaption><p id="flow-r" class="read">${voice.say("flowReading")}</p>${
      model.synthetic ? html`<p class="note">${voice.say("synthetic")}</p>` : null
    }</figcaption>
</figure>`,
  };
};
