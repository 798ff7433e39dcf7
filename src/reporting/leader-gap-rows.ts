import { block, ink, ink2, ink3, type Label } from "./labels-in-chart.ts";
import { gapsOf } from "./leader-gap.ts";
import type { LeaderModel, LeaderScale, LeaderScaleFacts } from "./leader-model.ts";
import type { Voice } from "./leader-voice.ts";

/** One scale of the gap chart; places run from 0 to 100 over the scale's whole range. */
export interface GapRow {
  readonly scale: LeaderScale;
  readonly facts: LeaderScaleFacts;
  readonly own: number | null;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly bandLow: number | null;
  readonly bandHigh: number | null;
  /** Signed difference in words, empty where there is none. */
  readonly gap: string;
  readonly clear: boolean;
}

/** Where a value lies on its scale, 0–100. */
export const place = (value: number | null, { low, high }: LeaderScale): number | null =>
  value === null ? null : Math.round(((value - low) / (high - low)) * 10000) / 100;

/** The scales that leaders answer too (all, where there is none), largest gap first, those without a gap after them. */
export const gapRows = (model: LeaderModel, voice: Voice): readonly GapRow[] => {
  const gaps = gapsOf(model);
  const rank = (index: number) => {
    const at = gaps.findIndex(({ scale }) => scale === index);
    return at < 0 ? gaps.length + index : at;
  };
  const scales = model.study.scales.map((_, index) => index);
  const comparable = scales.filter((index) => model.study.scales[index]!.own);
  const order = comparable.length > 0 ? comparable : scales;
  order.sort((a, b) => rank(a) - rank(b));
  return order.map((index) => {
    const scale = model.study.scales[index]!;
    const facts = model.facts.scales[index]!;
    const cell = facts.employees.at(-1) ?? null;
    const team = cell?.state === "shown" ? cell.value : null;
    const band = facts.benchmark.state === "shown" ? facts.benchmark.value : null;
    const gap = gaps.find((each) => each.scale === index);
    return {
      scale,
      facts,
      own: place(facts.own.at(-1) ?? null, scale),
      mean: place(team?.mean ?? null, scale),
      low: place(team?.low ?? null, scale),
      high: place(team?.high ?? null, scale),
      bandLow: place(band?.low ?? null, scale),
      bandHigh: place(band?.high ?? null, scale),
      gap: gap ? voice.gap(gap.value, scale) : "",
      clear: gap?.clear === true,
    };
  });
};

/** Where everything of the gap chart lies, in px. */
export interface GapLayout {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly labels: readonly Label[];
  readonly marks: readonly object[];
  readonly ticks: readonly object[];
}

const ticksAt = [0, 25, 50, 75, 100];

const tickText = (tick: number, room: number, rows: readonly GapRow[], model: LeaderModel, voice: Voice): string => {
  const { low, high, decimals } = rows[0]!.scale;
  const sameUnit = rows.every(({ scale }) => scale.low === low && scale.high === high);
  const number = sameUnit
    ? voice.value(low + ((high - low) * tick) / 100, { decimals: tick % 50 && decimals ? 1 : 0 })
    : `${tick}`;
  const ends = [model.study.answers[0], model.study.answers.at(-1)].map((end) => (end ? voice.name(end) : ""));
  const fit = sameUnit && ends.every((end) => voice.theme.width(`${end} 100`, 12, false) + 16 < room);
  const words = fit && tick % 100 === 0 ? ends[tick / 100] : "";
  return tick === 100 ? `${words} ${number}`.trim() : `${number} ${words}`.trim();
};

const label = (text: string, x: number, y: number, over: Partial<Label> = {}): Label => ({
  text,
  x,
  y,
  align: "left",
  weight: 400,
  size: 14,
  colour: ink,
  ...over,
});

const marksOf = (row: GapRow, y: number): object => {
  const { own, mean, low, high, bandLow, bandHigh } = row;
  return { y, own, mean, low, high, bandLow, bandHigh };
};

const tickLabels = (
  rows: readonly GapRow[],
  at: (tick: number) => number,
  model: LeaderModel,
  voice: Voice,
): readonly Label[] =>
  ticksAt.map((tick) =>
    label(tickText(tick, at(25) - at(0), rows, model, voice), at(tick), 8, {
      align: tick === 0 ? "left" : tick === 100 ? "right" : "center",
      size: 12,
      colour: ink2,
    }),
  );

const gridOf = (top: number, height: number): readonly object[] => ticksAt.map((x) => ({ x, y: top, y2: height }));

const widest = (texts: readonly string[], size: number, bold: boolean, voice: Voice): number =>
  Math.max(0, ...texts.map((text) => voice.theme.width(text, size, bold)));

const columnsOf = (rows: readonly GapRow[], voice: Voice) => {
  const own = rows.map(({ scale, facts }) => {
    const value = facts.own.at(-1) ?? null;
    return value === null ? "–" : voice.value(value, scale);
  });
  const employees = rows.map(({ scale, facts }) => voice.cell(facts.employees.at(-1) ?? null, scale));
  const all = [
    {
      head: voice.say("columnOwn"),
      cells: own,
      colours: rows.map(() => ink2),
      shown: rows.some((row) => row.own !== null),
    },
    {
      head: voice.say("columnEmployees"),
      cells: employees,
      colours: rows.map(() => ink2),
      shown: rows.some((row) => row.mean !== null),
    },
    {
      head: voice.say("columnGap"),
      cells: rows.map(({ gap }) => gap),
      colours: rows.map(({ clear }) => (clear ? ink : ink3)),
      shown: rows.some((row) => row.gap !== ""),
    },
  ];
  return all.filter(({ shown }) => shown);
};

/** Names at the left, values in columns at the right. */
export const wideLayout = (rows: readonly GapRow[], width: number, model: LeaderModel, voice: Voice): GapLayout => {
  const step = rows.length > 6 ? 26 : 30;
  const top = 24;
  const names = rows.map(({ scale }) => scale.name[voice.language]);
  const left = Math.min(230, widest(names, 14, true, voice) + 18);
  const columns = columnsOf(rows, voice).map((column) => ({
    ...column,
    width: Math.max(widest(column.cells, 14, false, voice), widest([column.head], 12, false, voice)) + 18,
  }));
  const right = width - columns.reduce((sum, column) => sum + column.width, 0) - 10;
  const y = (index: number) => top + step * (index + 0.5);
  const ends = columns.map(
    (_, index) => width - columns.slice(index + 1).reduce((sum, column) => sum + column.width, 0),
  );
  const height = top + step * rows.length;
  return {
    left,
    right,
    height,
    marks: rows.map((row, index) => marksOf(row, y(index))),
    ticks: gridOf(top - 4, height),
    labels: [
      ...tickLabels(rows, (tick) => left + ((right - left) * tick) / 100, model, voice),
      ...names.flatMap((name, index) => block(label(name, 0, y(index), { weight: 600 }), left - 12, voice.theme)),
      ...columns.flatMap(({ head, cells, colours }, column) => [
        label(head, ends[column]!, 8, { align: "right", size: 12, colour: ink2 }),
        ...cells.map((cell, index) =>
          label(cell, ends[column]!, y(index), { align: "right", colour: colours[index]! }),
        ),
      ]),
    ],
  };
};

/** Names above the marks, the difference at the right of the name. */
export const narrowLayout = (rows: readonly GapRow[], width: number, model: LeaderModel, voice: Voice): GapLayout => {
  const step = 48;
  const top = 22;
  const [left, right] = [8, width - 8];
  const height = top + step * rows.length;
  const y = (index: number) => top + step * index;
  const side = ({ gap, scale, facts, own }: GapRow): string => {
    if (gap !== "") return voice.say("narrowGap", { gap });
    const cell = facts.employees.at(-1) ?? null;
    if (cell?.state === "suppressed" && rows.some((row) => row.mean !== null)) return voice.say("hidden");
    if (cell?.state === "shown") return voice.mean(cell.value, scale);
    return own === null ? "" : voice.value(facts.own.at(-1)!, scale);
  };
  return {
    left,
    right,
    height,
    marks: rows.map((row, index) => marksOf(row, y(index) + 34)),
    ticks: gridOf(top - 4, height),
    labels: [
      ...tickLabels(rows, (tick) => left + ((right - left) * tick) / 100, model, voice),
      ...rows.map((row, index) => label(row.scale.name[voice.language], 0, y(index) + 13, { weight: 600 })),
      ...rows.map((row, index) =>
        label(side(row), width, y(index) + 13, { align: "right", colour: row.clear ? ink : ink3 }),
      ),
    ],
  };
};
