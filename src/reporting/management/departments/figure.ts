import type { Range } from "../../page/axis.ts";
import { levelTicks, middleOf } from "../../page/axis.ts";
import { type Html, html, toText, trusted } from "../../page/html.ts";
import { figure, suppressedPanel } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { type Department, type ManagementModel, type Series, shownLevel } from "../model.ts";
import { altLevel, excerptNote, levelCell, sharedDomain, shortMonth } from "../trend/figure.ts";
import { changes, type Line, pointsOf } from "../trend/layout.ts";
import type { ManagementVoice } from "../voice.ts";

const plain = (series: Series): Line => ({
  ...{ series, label: "", color: "#1B2130", textColor: "#1B2130", shape: "circle", dash: [] },
});

const alone = <T extends { readonly segment: string }>(points: readonly T[]): readonly T[] =>
  points.filter(({ segment }) => points.filter((point) => point.segment === segment).length === 1);

const edges = { left: 22, top: 8, right: 28, bottom: 20 };
const height = 78;

const panelData = (series: Series, model: ManagementModel, domain: Range, width: number, voice: ManagementVoice) => {
  const days = model.waves.map(middleOf);
  const [first = 0, end = 0] = [days[0], days.at(-1)];
  const room = first === end ? 30 * 86_400_000 : (end - first) * 0.03;
  const x = { low: first - room, high: end + room };
  const place = (day: number) => ((day - x.low) / (x.high - x.low)) * width;
  const points = pointsOf(plain(series), days);
  const whole = pointsOf(plain(model.organisation), days);
  const single = alone(points);
  const last = points.at(-1);
  const names = model.waves.length > 1 ? [model.waves[0]!, model.waves.at(-1)!] : model.waves;
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
            y: height - ((last.y - domain.low) / (domain.high - domain.low)) * height,
          },
        ]
      : [],
  };
};

const panelTicks = (domain: Range): readonly number[] => levelTicks(domain).filter((_, index) => index % 2 === 0);

const panel = async (
  department: Department,
  index: number,
  model: ManagementModel,
  outcome: ReportedOutcome,
  voice: ManagementVoice,
  total: number,
): Promise<Html> => {
  const few = department.leaders < model.rules.leaders;
  const count = few
    ? voice.say("fewLeaders", { count: model.rules.leaders })
    : voice.say("leaders", { count: voice.count(department.leaders) });
  const heading = html`<h3>${department.id}</h3><p class="count">${count}</p>`;
  if (!department.levels.some((cell) => shownLevel(cell)))
    return html`<div class="panel">${heading}${suppressedPanel(voice.say("hiddenTitle"), voice.say("hiddenText"))}</div>`;
  const width = total - edges.left - edges.right;
  const domain = sharedDomain(model, outcome);
  const values = (series: Series) => series.levels.map((cell) => altLevel(cell, voice)).join(", ");
  const svg = await voice.draw("department", panelData(department, model, domain, width, voice), {
    ...{ id: `department-${index}-${total}`, width, height, params: { edges, ticks: panelTicks(domain) } },
    description: voice.say("departmentAlt", {
      name: department.id,
      values: values(department),
      whole: values(model.organisation),
    }),
  });
  return html`<div class="panel">${heading}${trusted(svg)}</div>`;
};

const titleOf = (model: ManagementModel, voice: ManagementVoice): string => {
  const { units } = voice;
  const { total, up, down } = changes(model.departments);
  if (model.waves.length < 2 || total === 0)
    return voice.say("departmentsTitle.one", { scale: voice.scaleAtStart, units });
  if (up + down === 0) return voice.say("departmentsTitle.none", { units });
  if (up + down === total) return voice.say("departmentsTitle.all", { units });
  return voice.say("departmentsTitle.some", { count: up + down, total, units });
};

/** One panel for each department, in alphabetical order, never by score; a suppressed one keeps its place. */
export const departmentsFigure = async (model: ManagementModel, voice: ManagementVoice): Promise<Html | null> => {
  const { outcome, departments } = model;
  if (!outcome || departments.length === 0) return null;
  const panels = async (total: number): Promise<string> =>
    toText(
      html`<div class="panels">${await Promise.all(
        departments.map((department, index) => panel(department, index, model, outcome, voice, total)),
      )}</div>`,
    );
  return figure({
    id: "departments",
    title: titleOf(model, voice),
    sub: voice.say("departmentsSub", {
      unit: voice.say(model.level === "department" ? "level.department.one" : "level.other.one"),
      confidence: voice.confidence,
    }),
    drawing: { wide: await panels(180), narrow: await panels(150) },
    key: null,
    reading: voice.say("departmentsReading", { scale: voice.scale }),
    note: excerptNote(sharedDomain(model, outcome), outcome, voice),
    table: {
      caption: voice.say("departmentsTable"),
      columns: [
        voice.say("columnGroup"),
        voice.say("columnLeaders"),
        ...model.waves.map(({ name }) => voice.text(name)),
      ],
      rows: [
        ...departments.map((department) => [
          department.id,
          department.leaders < model.rules.leaders
            ? voice.say("fewLeaders", { count: model.rules.leaders })
            : voice.count(department.leaders),
          ...department.levels.map((cell) => levelCell(cell, voice)),
        ]),
        [
          voice.say("whole"),
          model.coverage ? voice.count(model.coverage.leaders) : voice.say("none"),
          ...model.organisation.levels.map((cell) => levelCell(cell, voice)),
        ],
      ],
    },
    showTable: voice.say("showTable"),
  });
};
