import { reveal } from "../../../disclosure/published.ts";
import { levelTicks, middleOf } from "../../page/axis.ts";
import { type Html, html, toText, trusted } from "../../page/html.ts";
import { type Series, shownLevel } from "../../page/levels.ts";
import { figure, suppressedPanel } from "../../page/page.ts";
import { named } from "../../page/source.ts";
import {
  altLevel,
  changesOf,
  excerptNote,
  haveIntervals,
  intervalsNote,
  keptNote,
  type Levels,
  type Line,
  levelCell,
  pointsOf,
  sentences,
  shortMonth,
} from "../drawing.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Department, DepartmentsPart } from "./model.ts";

const plain = (series: Series): Line => ({ series, color: "#1B2130", shape: "circle", dash: [] });

const alone = <T extends { readonly segment: string }>(points: readonly T[]): readonly T[] =>
  points.filter(({ segment }) => points.filter((point) => point.segment === segment).length === 1);

const edges = { left: 22, top: 8, right: 28, bottom: 20 };
const height = 78;
const panelWidth = 150;

const panelData = (series: Series, { waves, whole: all, domain }: Levels, width: number, voice: ManagementVoice) => {
  const days = waves.map(middleOf);
  const [first = 0, end = 0] = [days[0], days.at(-1)];
  const room = first === end ? 30 * 86_400_000 : (end - first) * 0.03;
  const x = { low: first - room, high: end + room };
  const place = (day: number) => ((day - x.low) / (x.high - x.low)) * width;
  const points = pointsOf(plain(series), days);
  const whole = pointsOf(plain(all), days);
  const single = alone(points);
  const last = points.at(-1);
  const names = waves.length > 1 ? [waves[0]!, waves.at(-1)!] : waves;
  return {
    frame: [
      { x: x.low, y: domain.low },
      { x: x.high, y: domain.high },
    ],
    areas: points.filter((point) => point.low !== null && !single.includes(point)),
    whiskers: single.filter(({ low }) => low !== null),
    whole,
    wholeAlone: alone(whole),
    points,
    texts: names.map((wave, index) => ({
      text: names.length > 1 ? voice.text(wave.name) : shortMonth(wave.from, voice),
      x: names.length > 1 ? (index === 0 ? 0 : width) : width / 2,
      y: height + 11,
      align: names.length > 1 ? (index === 0 ? "left" : "right") : "center",
    })),
    last: last
      ? [
          {
            text: voice.number(last.y),
            x: place(last.x) + 7,
            y: height - ((reveal(last.y) - domain.low) / (domain.high - domain.low)) * height,
          },
        ]
      : [],
  };
};

const panelTicks = ({ domain }: Levels): readonly number[] => levelTicks(domain).filter((_, index) => index % 2 === 0);

const isFew = ({ leaders }: Department, fewest: number): boolean => reveal(leaders) < fewest;

const fewLeaders = (fewest: number, voice: ManagementVoice): string =>
  voice.say("fewLeaders", { count: voice.threshold(fewest) });

const leadersOf = (department: Department, fewest: number, voice: ManagementVoice): string =>
  isFew(department, fewest)
    ? fewLeaders(fewest, voice)
    : voice.say("leaders", { count: voice.count(department.leaders) });

const panel = async (
  department: Department,
  id: string,
  levels: Levels,
  fewest: number,
  voice: ManagementVoice,
  total: number,
): Promise<Html> => {
  const heading = html`<h3>${named(department.id)}</h3><p class="count">${leadersOf(department, fewest, voice)}</p>`;
  if (!department.levels.some((cell) => shownLevel(cell)))
    return html`<div class="panel">${heading}${suppressedPanel(voice.say("hiddenTitle"), voice.say("hiddenText"))}</div>`;
  const width = total - edges.left - edges.right;
  const values = (series: Series) => series.levels.map((cell) => altLevel(cell, voice)).join(", ");
  const svg = await voice.draw("department", panelData(department, levels, width, voice), {
    id,
    width,
    height,
    params: { edges, ticks: panelTicks(levels) },
    description: voice.say("departmentAlt", {
      name: named(department.id),
      values: values(department),
      whole: values(levels.whole),
    }),
  });
  return html`<div class="panel">${heading}${trusted(svg)}</div>`;
};

const titleOf = ({ departments }: DepartmentsPart, voice: ManagementVoice): string => {
  const { units } = voice;
  const { tested, rise, fall } = changesOf(departments);
  if (tested === 0) return voice.say("departmentsTitle.plain", { scale: voice.scaleAtStart, units });
  if (rise + fall === 0) return voice.say("departmentsTitle.none", { units });
  return voice.say("departmentsTitle.some", { count: voice.tally(rise + fall), total: voice.tally(tested), units });
};

const noteOf = ({ departments }: DepartmentsPart, levels: Levels, voice: ManagementVoice): string => {
  const { tested } = changesOf(departments);
  return sentences(
    tested > 1 ? voice.say("changeTests", { count: voice.tally(tested) }) : "",
    tested === 1 ? voice.say("changeTest") : "",
    intervalsNote(departments, voice),
    excerptNote(levels, voice),
    keptNote(
      departments.map((series) => ({ name: named(series.id), series })),
      levels,
      voice,
    ),
  );
};

const tableRows = (part: DepartmentsPart, levels: Levels, fewest: number, voice: ManagementVoice) => [
  ...part.departments.map((department) => [
    named(department.id),
    isFew(department, fewest) ? fewLeaders(fewest, voice) : voice.count(department.leaders),
    ...department.levels.map((cell) => levelCell(cell, voice)),
  ]),
  [
    voice.say("whole"),
    part.leaders === null ? voice.say("none") : voice.count(part.leaders),
    ...levels.whole.levels.map((cell) => levelCell(cell, voice)),
  ],
];

/** One panel for each of several departments, in alphabetical order, never by score; a suppressed one keeps its place. */
export const departmentsFigure = async (
  part: DepartmentsPart,
  levels: Levels,
  fewest: number,
  voice: ManagementVoice,
): Promise<Html | null> => {
  if (part.departments.length < 2) return null;
  // Fifty departments are fifty drawings already: each is as wide as a telephone has room for two of, on every page.
  const panels = toText(
    html`<div class="panels">${await Promise.all(
      part.departments.map((department, index) =>
        panel(department, `department-${index}`, levels, fewest, voice, panelWidth),
      ),
    )}</div>`,
  );
  const one = levels.waves.length === 1;
  return figure({
    id: "departments",
    title: titleOf(part, voice),
    sub: sentences(
      voice.say(one ? "departmentsSubOne" : "departmentsSub", { unit: voice.unit }),
      haveIntervals(part.departments)
        ? voice.say(one ? "viewSub.line" : "viewSub.shade", { confidence: voice.confidence })
        : "",
    ),
    drawing: { wide: panels, narrow: panels },
    key: null,
    reading: voice.say(one ? "departmentsReadingOne" : "departmentsReading", { scale: voice.scale }),
    note: noteOf(part, levels, voice),
    table: {
      caption: voice.say("departmentsTable", { confidence: voice.confidence }),
      columns: [
        voice.say("columnGroup"),
        voice.say("columnLeaders"),
        ...levels.waves.map(({ name }) => voice.text(name)),
      ],
      rows: tableRows(part, levels, fewest, voice),
    },
    showTable: voice.say("showTable"),
  });
};
