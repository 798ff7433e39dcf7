import { block, ink, ink2, ink3, type Label } from "../../page/labels-in-chart.ts";
import type { Voice } from "../voice.ts";
import { endsOf, type GapRow, groupsOf } from "./rows.ts";

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

const headingHeight = 20;

interface Rows {
  readonly top: number;
  readonly step: number;
  /** Where the first heading stands. */
  readonly headingAt: number;
}

/** Rows one under the other, each group under its heading: where each row begins, and the headings. */
const stacked = (rows: readonly GapRow[], { top, step, headingAt }: Rows, voice: Voice) => {
  const starts: number[] = [];
  const headings: Label[] = [];
  let y = top;
  for (const [index, group] of groupsOf(rows, voice).entries()) {
    // The first stands in the row of the ticks.
    const room = group.heading === "" || index === 0 ? 0 : headingHeight;
    if (group.heading !== "")
      headings.push(
        label(group.heading, 0, room === 0 ? headingAt : y + room / 2, { size: 12, weight: 600, colour: ink2 }),
      );
    y += room;
    for (const _ of group.rows) {
      starts.push(y);
      y += step;
    }
  }
  return { starts, headings, height: y };
};

const gridOf = (top: number, height: number): readonly object[] => ticksAt.map((x) => ({ x, y: top, y2: height }));

const widest = (texts: readonly string[], size: number, bold: boolean, voice: Voice): number =>
  Math.max(0, ...texts.map((text) => voice.theme.width(text, size, bold)));

const plainValue = { weight: 400, colour: ink2 } as const;

/** A gap that is larger than the uncertainty stands out in print without colour too. */
const gapLook = ({ clear }: GapRow) => (clear ? { weight: 650, colour: ink } : { weight: 400, colour: ink3 });

const columnsOf = (rows: readonly GapRow[], voice: Voice) => {
  const own = rows.map(({ scale, facts }) => (facts.own === null ? "–" : voice.value(facts.own, scale)));
  const employees = rows.map(({ scale, facts }) => voice.cell(facts.employees, scale));
  const all = [
    {
      head: voice.say("columnOwn"),
      cells: own,
      look: () => plainValue,
      shown: rows.some((row) => row.own !== null),
    },
    {
      head: voice.say("columnEmployees"),
      cells: employees,
      look: () => plainValue,
      shown: rows.some((row) => row.mean !== null),
    },
    {
      head: voice.say("columnGap"),
      cells: rows.map(({ gap }) => gap),
      look: gapLook,
      shown: rows.some((row) => row.gap !== ""),
    },
  ];
  return all.filter(({ shown }) => shown);
};

/** Names at the left, values in columns at the right. */
export const wideLayout = (rows: readonly GapRow[], width: number, voice: Voice): GapLayout => {
  const step = rows.length > 6 ? 24 : rows.length > 5 ? 27 : 30;
  const top = 24;
  const names = rows.map(({ scale }) => voice.nameOf(scale.name));
  const left = Math.min(230, widest(names, 14, true, voice) + 18);
  const columns = columnsOf(rows, voice).map((column) => ({
    ...column,
    width: Math.max(widest(column.cells, 14, true, voice), widest([column.head], 12, false, voice)) + 18,
  }));
  const right = width - columns.reduce((sum, column) => sum + column.width, 0) - 10;
  const { starts, headings, height } = stacked(rows, { top, step, headingAt: 8 }, voice);
  const y = (index: number) => starts[index]! + step / 2;
  const ends = columns.map(
    (_, index) => width - columns.slice(index + 1).reduce((sum, column) => sum + column.width, 0),
  );
  return {
    left,
    right,
    height,
    marks: rows.map((row, index) => marksOf(row, y(index))),
    ticks: gridOf(top - 4, height),
    labels: [
      ...tickLabels(rows, (tick) => left + ((right - left) * tick) / 100, voice),
      ...headings,
      ...names.flatMap((name, index) => block(label(name, 0, y(index), { weight: 600 }), left - 12, voice.theme)),
      ...columns.flatMap(({ head, cells, look }, column) => [
        label(head, ends[column]!, 8, { align: "right", size: 12, colour: ink2 }),
        ...cells.map((cell, index) => label(cell, ends[column]!, y(index), { align: "right", ...look(rows[index]!) })),
      ]),
    ],
  };
};

/** Names above the marks, the difference at the right of the name. */
export const narrowLayout = (rows: readonly GapRow[], width: number, voice: Voice): GapLayout => {
  const step = 48;
  // The ends of the axis are named where the first heading stands on a wide page.
  const top = groupsOf(rows, voice).length > 1 ? 40 : 22;
  const [left, right] = [8, width - 8];
  const { starts, headings, height } = stacked(rows, { top, step, headingAt: 30 }, voice);
  const y = (index: number) => starts[index]!;
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
      ...headings,
      ...rows.map((row, index) => label(voice.nameOf(row.scale.name), 0, y(index) + 13, { weight: 600 })),
      ...rows.map((row, index) => label(side(row), width, y(index) + 13, { align: "right", ...gapLook(row) })),
    ],
  };
};
