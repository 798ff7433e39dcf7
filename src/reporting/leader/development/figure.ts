import { reveal } from "../../../disclosure/published.ts";
import { chart } from "../../page/chart.ts";
import type { ChartSpec } from "../../page/chart-parts.ts";
import type { FigureTable } from "../../page/page.ts";
import { atStart } from "../../page/words.ts";
import type { Drawn, KeyEntry, LeaderFigure } from "../section.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import type { DevelopingScale, DevelopmentModel } from "./model.ts";
import { developmentWords } from "./reading.ts";
import { developing, developmentLayout, type Panels } from "./rows.ts";

/** The figure's id on the page. */
export const developmentId = "development";

const tableOf = ({ waves }: DevelopmentModel, scales: readonly DevelopingScale[], voice: Voice): FigureTable => ({
  caption: voice.say("changeTable"),
  columns: [
    voice.say("tableScale"),
    ...waves.flatMap((name) => [
      voice.say("changeTableOwn", { wave: voice.nameOf(name) }),
      voice.say("changeTableEmployees", { wave: voice.nameOf(name) }),
    ]),
  ],
  rows: scales.map(({ scale, own, employees }) => [
    voice.nameOf(scale.name),
    ...waves.flatMap((_, wave) => {
      const value = own[wave] ?? null;
      return [value === null ? "–" : voice.value(value, scale), voice.cell(employees[wave] ?? null, scale)];
    }),
  ]),
});

const sameUnit = (scales: readonly LeaderScale[]): boolean =>
  scales.every(({ low, high }) => low === scales[0]!.low && high === scales[0]!.high);

const endsOf = (scales: readonly LeaderScale[], voice: Voice): readonly string[] => {
  if (!sameUnit(scales)) return ["", "", ""];
  const { low, high } = scales[0]!;
  return [low, (low + high) / 2, high].map((value) => voice.unit(value, { decimals: Number.isInteger(value) ? 0 : 1 }));
};

const line = (drawn: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="34" height="16" aria-hidden="true">${drawn}</svg>`;
const ownLine = line(
  '<path d="M1 8H33" stroke="#4a5163" stroke-width="1.5" stroke-dasharray="3,3"/><path d="M17 4L21 8L17 12L13 8Z" fill="#fff" stroke="#1b2130" stroke-width="1.5"/>',
);
const band = '<path d="M1 2H33V14H1Z" fill="#5a2a5b" fill-opacity=".15"/>';
const teamLine = (under: string): string =>
  line(`${under}<path d="M1 8H33" stroke="#5a2a5b" stroke-width="2.5"/><circle cx="17" cy="8" r="4" fill="#5a2a5b"/>`);

const keyOf = (scales: readonly DevelopingScale[], voice: Voice): readonly KeyEntry[] => {
  const isShown = scales.some((each) => each.employees.some((cell) => cell?.state === "shown"));
  const hasInterval = (cell: DevelopingScale["employees"][number] | undefined): boolean =>
    cell?.state === "shown" && reveal(cell.value).low !== null;
  // A band is drawn between two rounds.
  const isBanded = scales.some((each) =>
    each.employees.some((cell, wave) => hasInterval(cell) && hasInterval(each.employees[wave + 1])),
  );
  const employees = isBanded
    ? { mark: teamLine(band), text: voice.say("keyEmployeesLine") }
    : { mark: teamLine(""), text: voice.say("keyEmployeesLineAlone") };
  const own = scales.some((each) => each.own.some((value) => value !== null));
  return [...(own ? [{ mark: ownLine, text: voice.say("keyOwnLine") }] : []), ...(isShown ? [employees] : [])];
};

/** A few panels are high, many are low: one row up to six, else rows of even length. */
const panelsOf = (count: number): Panels =>
  count <= 3
    ? { width: 706, columns: count, height: 84 }
    : { width: 706, columns: count <= 6 ? count : Math.ceil(count / Math.ceil(count / 6)), height: 56 };

interface Few {
  readonly id: string;
  readonly scales: readonly DevelopingScale[];
  /** What they show, in words. */
  readonly pattern: string;
}

/** Panels of some scales, and how high they stand on a wide page. */
const panelsFor = (model: DevelopmentModel, { id, scales, pattern }: Few, voice: Voice) => {
  const spec: ChartSpec = JSON.parse(voice.assets.text("reports/leader/charts/development.vl.json"));
  const last = model.waves.length - 1;
  const ends = endsOf(
    scales.map(({ scale }) => scale),
    voice,
  );
  const description = voice.say("changeAlt", {
    count: voice.tally(scales.length),
    waves: voice.tally(model.waves.length),
    pattern,
  });
  const draw = (name: string, panels: Panels) => {
    const { rows, panel: width, left, right, columns, height } = developmentLayout(model, scales, panels, voice);
    const params = { left, right, last, ends };
    const { theme, language } = voice;
    return chart(spec, { waves: rows }, { theme, id: name, width, height, columns, description, language, params });
  };
  const wide = panelsOf(scales.length);
  const { titles } = developmentLayout(model, scales, wide, voice);
  const drawn: Drawn = {
    draw: (medium) =>
      medium === "wide" ? draw(`${id}-w`, wide) : draw(`${id}-n`, { width: 358, columns: 2, height: wide.height }),
    description,
  };
  return { drawn, height: Math.ceil(scales.length / wide.columns) * (wide.height + titles + 32) + 4 };
};

/** Own and employees' answers over the waves, a panel for each scale; null with one wave. */
export const developmentFigure = (model: DevelopmentModel, voice: Voice): LeaderFigure | null => {
  const { first, others } = developing(model);
  if (model.waves.length < 2 || first.length === 0) return null;
  const { title, reading: pattern } = developmentWords(model, voice);
  const { drawn, height } = panelsFor(model, { id: developmentId, scales: first, pattern }, voice);
  const folded = { id: "others", scales: others, pattern: voice.say("changeAltOthers") };
  const summary = voice.say("changeOthers", { count: voice.tally(others.length) });
  return {
    kind: "figure",
    id: developmentId,
    title,
    sub: "",
    key: keyOf(first, voice),
    ...drawn,
    height,
    reading: atStart(pattern),
    note: "",
    table: tableOf(model, [...first, ...others], voice),
    fold: others.length === 0 ? null : { summary, ...panelsFor(model, folded, voice).drawn },
  };
};
