import { block, ink, ink2, ink3, type Label } from "../../page/labels-in-chart.ts";
import type { Voice } from "../voice.ts";
import { endsOf, type GapRow } from "./rows.ts";

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

/** The ends in words where there is room for them beside `ticks`: all of them, else all but the quarters. */
const endWords = (room: number, rows: readonly GapRow[], voice: Voice) => {
  const ends = endsOf(
    rows.map((row) => row.scale),
    voice,
  );
  const widest = Math.max(...ends.map((end) => voice.theme.width(`${end} 100`, 12, false))) + 10;
  if (widest < room) return { ends, ticks: ticksAt };
  return widest < 2 * room ? { ends, ticks: [0, 50, 100] } : { ends: ["", ""], ticks: ticksAt };
};

const tickTexts = (room: number, rows: readonly GapRow[], voice: Voice) => {
  const { low, high, decimals } = rows[0]!.scale;
  const sameUnit = rows.every(({ scale }) => scale.low === low && scale.high === high);
  const { ends, ticks } = sameUnit ? endWords(room, rows, voice) : { ends: ["", ""], ticks: ticksAt };
  return ticks.map((tick) => {
    const number = sameUnit
      ? voice.unit(low + ((high - low) * tick) / 100, { decimals: tick % 50 && decimals ? 1 : 0 })
      : voice.unit(tick, { decimals: 0 });
    const words = tick % 100 === 0 ? ends[tick / 100] : "";
    return { tick, text: (tick === 100 ? `${words} ${number}` : `${number} ${words}`).trim() };
  });
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

const tickLabels = (rows: readonly GapRow[], at: (tick: number) => number, voice: Voice): readonly Label[] =>
  tickTexts(at(25) - at(0), rows, voice).map(({ tick, text }) =>
    label(text, at(tick), 8, {
      align: tick === 0 ? "left" : tick === 100 ? "right" : "center",
      size: 12,
      colour: ink2,
    }),
  );

const gridOf = (top: number, height: number): readonly object[] => ticksAt.map((x) => ({ x, y: top, y2: height }));

const widest = (texts: readonly string[], size: number, bold: boolean, voice: Voice): number =>
  Math.max(0, ...texts.map((text) => voice.theme.width(text, size, bold)));

const columnsOf = (rows: readonly GapRow[], voice: Voice) => {
  const own = rows.map(({ scale, facts }) => (facts.own === null ? "–" : voice.value(facts.own, scale)));
  const employees = rows.map(({ scale, facts }) => voice.cell(facts.employees, scale));
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
export const wideLayout = (rows: readonly GapRow[], width: number, voice: Voice): GapLayout => {
  const step = rows.length > 6 ? 24 : 30;
  const top = 24;
  const names = rows.map(({ scale }) => voice.nameOf(scale.name));
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
      ...tickLabels(rows, (tick) => left + ((right - left) * tick) / 100, voice),
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
export const narrowLayout = (rows: readonly GapRow[], width: number, voice: Voice): GapLayout => {
  const step = 48;
  const top = 22;
  const [left, right] = [8, width - 8];
  const height = top + step * rows.length;
  const y = (index: number) => top + step * index;
  const side = ({ gap, scale, facts, own }: GapRow): string => {
    if (gap !== "") return voice.say("narrowGap", { gap });
    const cell = facts.employees;
    if (cell?.state === "suppressed" && rows.some((row) => row.mean !== null)) return voice.say("hidden");
    if (cell?.state === "shown") return voice.cell(cell, scale);
    return own === null ? "" : voice.value(facts.own!, scale);
  };
  return {
    left,
    right,
    height,
    marks: rows.map((row, index) => marksOf(row, y(index) + 34)),
    ticks: gridOf(top - 4, height),
    labels: [
      ...tickLabels(rows, (tick) => left + ((right - left) * tick) / 100, voice),
      ...rows.map((row, index) => label(voice.nameOf(row.scale.name), 0, y(index) + 13, { weight: 600 })),
      ...rows.map((row, index) =>
        label(side(row), width, y(index) + 13, { align: "right", colour: row.clear ? ink : ink3 }),
      ),
    ],
  };
};
