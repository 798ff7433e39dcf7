import { present, publishedIn } from "../../../disclosure/published.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { levelTicks, roundAxis } from "../../page/axis.ts";
import { publishedLevel } from "../../page/levels.ts";
import { changeCell, type Levels, levelCell, unitWords } from "../drawing.ts";
import { type Mark, type Row, type RowGroup, rowsData, valuesIn } from "../drawing-rows.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Choice } from "./choice.ts";
import { groupName } from "./names.ts";
import { differencesOf, type View, type ViewRow } from "./view.ts";

/** What is drawn of a row at a wave; null where it may not be shown. */
export const markOf = ({ series }: ViewRow, wave: number, { show }: Pick<Choice, "show">): Mark | null => {
  if (show !== "level") {
    const cell = differencesOf(series, show)[wave];
    const found = cell ? publishedIn(cell) : null;
    return found && { value: found.part("value"), low: present(found.part("low")), high: present(found.part("high")) };
  }
  const level = publishedLevel(series.levels[wave]);
  return level && { value: level.part("mean"), low: present(level.part("low")), high: present(level.part("high")) };
};

const writtenOf = ({ series }: ViewRow, wave: number, { show }: Choice, voice: ManagementVoice): string =>
  show === "level"
    ? levelCell(series.levels[wave] ?? null, voice)
    : changeCell(differencesOf(series, show)[wave] ?? null, voice);

type StyleOf = (row: ViewRow) => Pick<ArmStyle, "color" | "shape">;

/** A row for each group at the last wave; gaps over several waves have a row for each of these, by group. */
const groupsOf = ({ rows, waves, choice }: View, styleOf: StyleOf, voice: ManagementVoice): readonly RowGroup[] => {
  const rowAt = (row: ViewRow, wave: number, label: string): Row => ({
    label,
    written: writtenOf(row, wave, choice, voice),
    style: styleOf(row),
    mark: markOf(row, wave, choice),
  });
  if (choice.show === "gap" && waves.length > 1)
    return rows.map((row) => ({
      heading: groupName(row.group, voice),
      rows: waves.map(({ name }, wave) => rowAt(row, wave, voice.text(name))),
    }));
  const last = waves.length - 1;
  return [{ heading: null, rows: rows.map((row) => rowAt(row, last, groupName(row.group, voice))) }];
};

const titleOf = ({ choice, waves, outcome }: View, voice: ManagementVoice): string => {
  if (choice.show === "gap") return voice.say("gapAxis");
  return choice.show === "change"
    ? voice.say("changeAxis", { wave: voice.text(waves.at(-1)!.name) })
    : voice.say("levelAxis", { scale: voice.scaleAtStart, unit: unitWords(outcome, voice) });
};

/** A row for each number, with its interval. */
export const drawRows = (
  view: View,
  styleOf: StyleOf,
  levels: Levels,
  voice: ManagementVoice,
  total: number,
): Promise<string> => {
  const groups = groupsOf(view, styleOf, voice);
  const signed = view.choice.show !== "level";
  const title = titleOf(view, voice);
  const ticks = signed ? roundAxis(valuesIn(groups)).ticks : levelTicks(levels.domain);
  const layout = { total, narrow: total < 400, band: null, axis: { title, ticks }, signed };
  const { data, width, height, params } = rowsData(groups, { ...layout, measure: voice.measure });
  const lines = groups.flatMap(({ heading, rows }) =>
    rows.map(({ label, written: value }) =>
      voice.say("viewAltLine", { name: heading === null ? label : `${heading}, ${label}`, value }),
    ),
  );
  return voice.draw("rows", data, {
    ...{ id: `rows-${total}`, width, height, params },
    description: voice.say("viewAlt", { title, lines: lines.join(" ") }),
  });
};
