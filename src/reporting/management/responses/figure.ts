import type { RateBand } from "../../../disclosure/aggregate.ts";
import { type Published, publishedIn, reveal } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Html } from "../../page/html.ts";
import { wrapped } from "../../page/measure.ts";
import { figure } from "../../page/page.ts";
import { named } from "../../page/source.ts";
import type { ShownWave } from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Rates, ResponsesPart } from "./model.ts";

/** One bar: a department at the last wave, or the whole organisation at one of the waves. */
interface Bar {
  readonly name: string;
  readonly rate: Published<RateBand> | null;
  readonly before: Published<RateBand> | null;
}

const shown = (rate: Rates["rates"][number] | undefined): Published<RateBand> | null =>
  rate ? publishedIn(rate) : null;

/** Departments from high to low, those that are suppressed last; without several of them, the waves in time order. */
const barsOf = (part: ResponsesPart, waves: readonly ShownWave[], voice: ManagementVoice): readonly Bar[] => {
  if (part.departments.length < 2)
    return waves.map(({ name }, index) => ({
      name: voice.text(name),
      rate: shown(part.whole.rates[index]),
      before: null,
    }));
  const bars = part.departments.map(({ id, rates }) => ({
    name: named(id),
    rate: shown(rates.at(-1)),
    before: rates.length > 1 ? shown(rates[0]) : null,
  }));
  const place = ({ rate }: Bar) => {
    if (!rate) return -1;
    const { low, high } = reveal(rate);
    return low + high;
  };
  return bars.sort((a, b) => place(b) - place(a));
};

const written = ({ rate }: Bar, voice: ManagementVoice): string =>
  rate === null ? voice.say("hidden") : voice.band(rate);

const drawBars = (bars: readonly Bar[], voice: ManagementVoice, total: number) => {
  const narrow = total < 400;
  const widest = (texts: readonly string[]) => Math.max(...texts.map((text) => voice.measure(text, 14, 400)));
  const left = narrow ? 6 : Math.min(190, Math.ceil(widest(bars.map(({ name }) => name))) + 14);
  const right = narrow ? 16 : Math.ceil(widest(bars.map((bar) => written(bar, voice)))) + 22;
  const width = total - left - right;
  const step = narrow ? 48 : 34;
  const middle = (index: number) => index * step + (narrow ? 34 : step / 2);
  const textY = (index: number) => (narrow ? index * step + 14 : middle(index));
  const names = bars.flatMap(({ name }, index) => {
    const lines = narrow ? [name] : wrapped(name, left - 12, 14, 400, voice.measure);
    return lines.map((text, line) => ({
      text,
      x: -left,
      y: textY(index) + (line - (lines.length - 1) / 2) * 15,
      align: "left",
      color: "#1B2130",
    }));
  });
  const values = bars.map((bar, index) => ({
    text: written(bar, voice),
    x: width + right,
    y: textY(index),
    align: "right",
    color: bar.rate === null ? "#666D7E" : "#1B2130",
  }));
  const data = {
    frame: [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ],
    bars: bars.flatMap(({ rate }, index) =>
      rate === null ? [] : [{ zero: 0, low: rate.part("low"), high: rate.part("high"), y: middle(index) }],
    ),
    before: bars.flatMap(({ before, rate }, index) =>
      before === null || rate === null
        ? []
        : [{ x: before.part("low"), x2: before.part("high"), y: middle(index) + 9 }],
    ),
    texts: [...names, ...values],
  };
  return voice.draw("responses", data, {
    id: `responses-${total}`,
    width,
    height: bars.length * step,
    params: { edges: { left, top: 4, right, bottom: 26 }, barWidth: 12 },
    description: voice.say("responseAlt", {
      rows: bars.map((bar) => voice.say("responseAltRow", { name: bar.name, rate: written(bar, voice) })).join(" "),
    }),
  });
};

/** A band that no line ends in the middle of: with word joiners round its dash. */
const unbroken = (band: string): string => band.replace("–", "\u2060–\u2060");

const rateCell = (rate: Rates["rates"][number], voice: ManagementVoice): string => {
  if (rate === null) return voice.say("none");
  const band = publishedIn(rate);
  return band === null ? voice.say("hidden") : voice.band(band);
};

/** Response rates in bands, so that no single answer shows; null where nobody knows how many were asked. */
export const responsesFigure = async (
  part: ResponsesPart,
  waves: readonly ShownWave[],
  { invited, leaders }: Rules,
  voice: ManagementVoice,
): Promise<Html | null> => {
  if (!part.whole.rates.some((rate) => rate !== null)) return null;
  const bars = barsOf(part, waves, voice);
  const last = shown(part.whole.rates.at(-1));
  const compared = bars.some(({ before, rate }) => before !== null && rate !== null);
  return figure({
    id: "responses",
    title:
      last === null
        ? voice.say("responseTitleHidden")
        : voice.say("responseTitle", { rate: unbroken(voice.band(last)) }),
    sub: voice.say(part.departments.length < 2 ? "responseSubWaves" : "responseSub"),
    drawing: { wide: await drawBars(bars, voice, 480), narrow: await drawBars(bars, voice, 310) },
    key: null,
    reading: voice.say(compared ? "responseReadingBefore" : "responseReading"),
    note: voice.say("responseNote", { invited: voice.threshold(invited), leaders: voice.threshold(leaders) }),
    table: {
      caption: voice.say("responseTable"),
      columns: [voice.say("columnGroup"), ...waves.map(({ name }) => voice.text(name))],
      rows: [
        ...part.departments.map(({ id, rates }) => [named(id), ...rates.map((rate) => rateCell(rate, voice))]),
        [voice.say("whole"), ...part.whole.rates.map((rate) => rateCell(rate, voice))],
      ],
    },
    showTable: voice.say("showTable"),
  });
};
