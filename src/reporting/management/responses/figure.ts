import { valueIn } from "../../../disclosure/published.ts";
import type { Html } from "../../page/html.ts";
import { wrapped } from "../../page/measure.ts";
import { figure } from "../../page/page.ts";
import type { ManagementModel, Rates } from "../model.ts";
import type { ManagementVoice } from "../voice.ts";

/** One bar: a department at the last wave, or the whole organisation at one of the waves. */
interface Bar {
  readonly name: string;
  readonly rate: number | null;
  readonly before: number | null;
}

const shown = (rate: Rates["rates"][number] | undefined): number | null => (rate ? valueIn(rate) : null);

/** Departments from high to low, those that are suppressed last; without departments, the waves in time order. */
const barsOf = (model: ManagementModel, voice: ManagementVoice): readonly Bar[] => {
  if (model.departmentResponse.length === 0)
    return model.waves.map(({ name }, index) => ({
      name: voice.text(name),
      rate: shown(model.response.rates[index]),
      before: null,
    }));
  const bars = model.departmentResponse.map(({ id, rates }) => ({
    name: id,
    rate: shown(rates.at(-1)),
    before: rates.length > 1 ? shown(rates[0]) : null,
  }));
  return bars.sort((a, b) => (b.rate ?? -1) - (a.rate ?? -1));
};

const drawBars = (bars: readonly Bar[], model: ManagementModel, voice: ManagementVoice, total: number) => {
  const narrow = total < 400;
  const written = ({ rate }: Bar) => (rate === null ? voice.say("hidden") : voice.band(rate));
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => voice.measure(text, 14, 400)));
  const left = narrow ? 6 : Math.min(190, Math.ceil(widest(bars.map(({ name }) => name))) + 14);
  const right = narrow ? 16 : Math.ceil(widest(bars.map(written))) + 22;
  const width = total - left - right;
  const step = narrow ? 48 : 34;
  const middle = (index: number) => index * step + (narrow ? 34 : step / 2);
  const textY = (index: number) => (narrow ? index * step + 14 : middle(index));
  const names = bars.flatMap(({ name }, index) => {
    const lines = narrow ? [name] : wrapped(name, left - 12, 14, 400, voice.measure);
    return lines.map((text, line) => ({
      ...{ text, x: -left, align: "left", color: "#1B2130" },
      y: textY(index) + (line - (lines.length - 1) / 2) * 15,
    }));
  });
  const values = bars.map((bar, index) => ({
    ...{ text: written(bar), x: width + right, y: textY(index), align: "right" },
    color: bar.rate === null ? "#666D7E" : "#1B2130",
  }));
  const data = {
    frame: [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ],
    bars: bars.flatMap(({ rate }, index) =>
      rate === null ? [] : [{ zero: 0, low: rate, high: Math.min(100, rate + model.rules.rateStep), y: middle(index) }],
    ),
    before: bars.flatMap(({ before, rate }, index) =>
      before === null || rate === null ? [] : [{ x: before, y: middle(index) - 10, y2: middle(index) + 10 }],
    ),
    texts: [...names, ...values],
  };
  return voice.draw("responses", data, {
    ...{ id: `responses-${total}`, width, height: bars.length * step },
    params: { edges: { left, top: 4, right, bottom: 26 }, barWidth: 12 },
    description: voice.say("responseAlt", {
      rows: bars.map((bar) => voice.say("responseAltRow", { name: bar.name, rate: written(bar) })).join(" "),
    }),
  });
};

const rateCell = (rate: Rates["rates"][number], voice: ManagementVoice): string => {
  if (rate === null) return voice.say("none");
  const low = valueIn(rate);
  return low === null ? voice.say("hidden") : voice.band(low);
};

/** Response rates in bands, so that no single answer shows; null where nobody knows how many were asked. */
export const responsesFigure = async (model: ManagementModel, voice: ManagementVoice): Promise<Html | null> => {
  if (!model.response.rates.some((rate) => rate !== null)) return null;
  const bars = barsOf(model, voice);
  const last = shown(model.response.rates.at(-1));
  const compared = bars.some(({ before }) => before !== null);
  const step = model.rules.rateStep;
  return figure({
    id: "responses",
    title: last === null ? voice.say("responseTitleHidden") : voice.say("responseTitle", { rate: voice.band(last) }),
    sub: voice.say(compared ? "responseSub" : "responseSubOne", { step }),
    drawing: { wide: await drawBars(bars, model, voice, 480), narrow: await drawBars(bars, model, voice, 310) },
    key: null,
    reading: voice.say("responseReading"),
    note: voice.say("responseNote", { invited: model.rules.invited, leaders: model.rules.leaders }),
    table: {
      caption: voice.say("responseTable"),
      columns: [voice.say("columnGroup"), ...model.waves.map(({ name }) => voice.text(name))],
      rows: [
        ...model.departmentResponse.map(({ id, rates }) => [id, ...rates.map((rate) => rateCell(rate, voice))]),
        [voice.say("whole"), ...model.response.rates.map((rate) => rateCell(rate, voice))],
      ],
    },
    showTable: voice.say("showTable"),
  });
};
