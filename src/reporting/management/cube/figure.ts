import { type Html, html } from "../../page/html.ts";
import { type Series, shownLevel } from "../../page/levels.ts";
import { dataTable, type FigureTable } from "../../page/page.ts";
import { named } from "../../page/source.ts";
import { changeCell, type Levels, levelCell, sentences } from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Cube, CubeGroup, CubeSeries } from "./model.ts";
import { unitName } from "./names.ts";

type Row = readonly [group: CubeGroup, series: CubeSeries];

const tableOf = (department: string, rows: readonly Row[], { waves }: Levels, voice: ManagementVoice): FigureTable => {
  const changed = waves.length > 1;
  return {
    caption: voice.say("unitsTable", { department: named(department), confidence: voice.confidence }),
    columns: [
      voice.say("columnUnit"),
      ...waves.map(({ name }) => voice.text(name)),
      ...(changed ? [voice.say("columnChange")] : []),
    ],
    rows: rows.map(([group, { levels, changes }]) => [
      group.grouping === "unit" ? unitName(group, voice) : voice.say("wholeDepartment", { unit: voice.unit }),
      ...levels.map((cell) => levelCell(cell, voice)),
      ...(changed ? [changeCell(changes.at(-1) ?? null, voice)] : []),
    ]),
  };
};

const isShown = ({ levels }: Pick<Series, "levels">): boolean => levels.some((cell) => shownLevel(cell));

const fold = (department: string, rows: readonly Row[], levels: Levels, voice: ManagementVoice): Html => {
  const units = rows.filter(([{ grouping }]) => grouping === "unit");
  const shown = units.filter(([, series]) => isShown(series)).length;
  const counts = { shown: voice.tally(shown), count: voice.tally(units.length) };
  return html`<details class="tbl"><summary>${named(department)} <span class="count">${voice.say("unitsShown", counts)}</span></summary>${dataTable(
    tableOf(department, rows, levels, voice),
  )}</details>`;
};

const noteOf = (rows: readonly Row[], voice: ManagementVoice): string => {
  const kept = rows.flatMap(([, { levels }]) => levels.filter((cell) => shownLevel(cell)?.since)).length;
  return sentences(
    rows.some(([{ units }]) => units.length > 1) ? voice.say("otherUnitsNote") : "",
    kept > 0 ? voice.say("unitsKept", { count: voice.tally(kept) }) : "",
  );
};

/** The levels of the units, a fold for each department, in the order of the page, never by score; null where none may be shown. */
export const unitsFigure = ({ groups, outcomes }: Cube, levels: Levels, voice: ManagementVoice): Html | null => {
  const own = outcomes.find(({ outcome }) => outcome.scale === levels.outcome.scale);
  if (!own) return null;
  const rows = groups.map((group, at): Row => [group, own.series[at]!]);
  const units = rows.filter(([{ grouping }]) => grouping === "unit");
  if (!units.some(([, series]) => isShown(series))) return null;
  const departments = [...new Set(units.flatMap(([{ department }]) => department ?? []))];
  const folds = departments.map((department) => {
    const inside = rows.filter(
      ([group]) => group.department === department && ["department", "unit"].includes(group.grouping),
    );
    return fold(department, inside, levels, voice);
  });
  const note = noteOf(units, voice);
  return html`<section id="units" aria-labelledby="units-t"><h2 id="units-t">${voice.say("unitsTitle", { scale: voice.scaleAtStart })}</h2><p class="sub">${voice.say("unitsSub")}</p>${folds}${
    note === "" ? null : html`<p class="note">${note}</p>`
  }</section>`;
};
