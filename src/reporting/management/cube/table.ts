import { publishedIn, reveal } from "../../../disclosure/published.ts";
import { csvCell } from "../../../tables/csv-cell.ts";
import { guarded } from "../../../tables/formula-guard.ts";
import { publishedLevel } from "../../page/levels.ts";
import type { FigureTable } from "../../page/page.ts";
import { bare } from "../../page/source.ts";
import { changeCell, levelCell } from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import { groupName } from "./names.ts";
import type { View, ViewRow } from "./view.ts";

/** The numbers of a view as they stand on the page. */
export const viewTable = ({ choice, waves, rows, outcome }: View, voice: ManagementVoice): FigureTable => {
  const { show, by } = choice;
  const compared = rows.some(({ difference }) => difference !== null);
  const cells = ({ series }: ViewRow): readonly string[] =>
    show === "change"
      ? series.changes.map((cell) => changeCell(cell, voice))
      : series.levels.map((cell) => levelCell(cell, voice));
  return {
    caption: voice.say(show === "change" ? "viewTable.change" : "viewTable.level", {
      scale: voice.scaleAtStart,
      confidence: voice.confidence,
    }),
    columns: [
      voice.say(by === "arm" ? "columnArm" : "columnGroup"),
      ...waves.map(({ name }) => voice.text(name)),
      ...(compared ? [voice.say("columnControl")] : []),
    ],
    rows: rows.map((row) => [
      groupName(row.group, voice),
      ...cells(row),
      ...(compared
        ? [row.difference === null ? voice.say("none") : voice.difference(row.difference, outcome.decimals)]
        : []),
    ]),
  };
};

type Ends = readonly [value: number, low: number | null, high: number | null];

/** The numbers of a cell; null where it is suppressed, nothing where nobody was asked. */
const endsOf = ({ series }: ViewRow, wave: number, { choice }: View): Ends | null | undefined => {
  if (choice.show === "change") {
    const cell = series.changes[wave] ?? null;
    if (cell === null) return undefined;
    const change = publishedIn(cell);
    if (change === null) return null;
    const { value, low, high } = reveal(change);
    return [value, low, high];
  }
  const cell = series.levels[wave] ?? null;
  if (cell === null) return undefined;
  const level = publishedLevel(cell);
  if (level === null) return null;
  const { mean, low, high } = reveal(level);
  return [mean, low, high];
};

/** A text of a spreadsheet in quotes where it needs them, and never a formula. */
const cellOf = (text: string, delimiter: string): string => csvCell(guarded(bare(text)), delimiter);

/** The rows of a view for a spreadsheet: one for each group and wave, numbers as its language writes them. */
export const viewCsv = (view: View, voice: ManagementVoice): string => {
  const { language } = voice;
  const delimiter = language === "da" ? ";" : ",";
  const number = (value: number | null): string => {
    if (value === null) return "";
    const text = value.toFixed(view.outcome.decimals);
    return language === "da" ? text.replace(".", ",") : text;
  };
  const show = voice.say(`show.${view.choice.show}`);
  const head = (["outcome", "show", "department", "unit", "arm", "wave", "value", "low", "high"] as const).map((name) =>
    voice.say(`csv.${name}`),
  );
  const lines = view.rows.flatMap((row) => {
    const { group } = row;
    return view.waves.map((wave, at) => {
      const ends = endsOf(row, at, view);
      const numbers =
        ends === undefined ? ["", "", ""] : ends === null ? [voice.say("hidden"), "", ""] : ends.map(number);
      const arm = group.arm === null ? "" : voice.arm(group.arm);
      return [
        voice.scaleAtStart,
        show,
        group.department ?? "",
        group.units.join(" + "),
        arm,
        voice.text(wave.name),
        ...numbers,
      ];
    });
  });
  const text = [head, ...lines].map((cells) => cells.map((cell) => cellOf(cell, delimiter)).join(delimiter));
  // Spreadsheets take a text for UTF-8 only where it begins with this mark.
  return `\uFEFF${text.join("\r\n")}\r\n`;
};
