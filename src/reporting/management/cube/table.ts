import { publishedIn, reveal } from "../../../disclosure/published.ts";
import { csvCell } from "../../../tables/csv-cell.ts";
import { guarded } from "../../../tables/formula-guard.ts";
import { publishedLevel } from "../../page/levels.ts";
import type { FigureTable } from "../../page/page.ts";
import { bare } from "../../page/source.ts";
import { changeCell, levelCell } from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import type { CubeSeries } from "./model.ts";
import { groupName } from "./names.ts";
import { differencesOf, type View, type ViewRow } from "./view.ts";

/** Of one wave a gap is read beside the two levels that it lies between. */
const withSides = ({ choice, waves }: View): boolean => choice.show === "gap" && waves.length === 1;

const waveColumns = (view: View, voice: ManagementVoice): readonly string[] =>
  withSides(view)
    ? [voice.say("columnIntended"), voice.say("columnPerceived"), voice.say("columnGap")]
    : view.waves.map(({ name }) => voice.text(name));

const waveCells = ({ series }: ViewRow, view: View, voice: ManagementVoice): readonly string[] => {
  const { show } = view.choice;
  if (show === "level") return series.levels.map((cell) => levelCell(cell, voice));
  const differences = differencesOf(series, show).map((cell) => changeCell(cell, voice));
  if (!withSides(view)) return differences;
  return [...[series.intended[0], series.levels[0]].map((cell) => levelCell(cell ?? null, voice)), ...differences];
};

/** The numbers of a view as they stand on the page. */
export const viewTable = (view: View, voice: ManagementVoice): FigureTable => {
  const { choice, rows, outcome } = view;
  const compared = rows.some(({ difference }) => difference !== null);
  return {
    caption: voice.say(`viewTable.${choice.show}`, { scale: voice.scaleAtStart, confidence: voice.confidence }),
    columns: [
      voice.say(choice.by === "arm" ? "columnArm" : "columnGroup"),
      ...waveColumns(view, voice),
      ...(compared ? [voice.say("columnControl")] : []),
    ],
    rows: rows.map((row) => [
      groupName(row.group, voice),
      ...waveCells(row, view, voice),
      ...(compared
        ? [row.difference === null ? voice.say("none") : voice.difference(row.difference, outcome.decimals)]
        : []),
    ]),
  };
};

type Ends = readonly [value: number, low: number | null, high: number | null];

const levelEnds = (cell: CubeSeries["levels"][number] | undefined): Ends | null | undefined => {
  if (!cell) return undefined;
  const level = publishedLevel(cell);
  if (level === null) return null;
  const { mean, low, high } = reveal(level);
  return [mean, low, high];
};

/** The numbers of a cell; null where it is suppressed, nothing where nobody was asked. */
const endsOf = ({ series }: ViewRow, wave: number, { choice: { show } }: View): Ends | null | undefined => {
  if (show !== "level") {
    const cell = differencesOf(series, show)[wave] ?? null;
    if (cell === null) return undefined;
    const difference = publishedIn(cell);
    if (difference === null) return null;
    const { value, low, high } = reveal(difference);
    return [value, low, high];
  }
  return levelEnds(series.levels[wave]);
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
  const isGap = view.choice.show === "gap";
  const head = [
    ...(["outcome", "show", "department", "unit", "arm", "wave", "value", "low", "high"] as const),
    ...(isGap ? (["intended", "perceived"] as const) : []),
  ].map((name) => voice.say(`csv.${name}`));
  const numbersOf = (ends: Ends | null | undefined): readonly string[] => {
    if (ends === undefined) return ["", "", ""];
    return ends === null ? [voice.say("hidden"), "", ""] : ends.map(number);
  };
  const lines = view.rows.flatMap((row) => {
    const { group } = row;
    return view.waves.map((wave, at) => {
      const sides = isGap ? [row.series.intended[at], row.series.levels[at]] : [];
      const arm = group.arm === null ? "" : voice.arm(group.arm);
      return [
        voice.scaleAtStart,
        show,
        group.department ?? "",
        group.units.join(" + "),
        arm,
        voice.text(wave.name),
        ...numbersOf(endsOf(row, at, view)),
        ...sides.map((cell) => numbersOf(levelEnds(cell))[0]!),
      ];
    });
  });
  const text = [head, ...lines].map((cells) => cells.map((cell) => cellOf(cell, delimiter)).join(delimiter));
  // Spreadsheets take a text for UTF-8 only where it begins with this mark.
  return `\uFEFF${text.join("\r\n")}\r\n`;
};
