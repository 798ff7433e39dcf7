import { type Shown, valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import { type ForestGroup, type ForestLayout, forestData } from "../../effect/forest-layout.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { armsKey } from "../../page/arms-key.ts";
import { chart } from "../../page/chart.ts";
import { html } from "../../page/html.ts";
import { figure } from "../../page/page.ts";
import {
  byUnit,
  chanceWords,
  drawBoth,
  intervalKey,
  measureOf,
  type Part,
  planStatus,
  sentences,
  specOf,
  synthetic,
} from "../drawing.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { MovedModel, MovedPart, MovedRow } from "./model.ts";

type Parts = Shown<MovedRow["parts"]>;
interface Moved extends MovedRow {
  readonly numbers: Parts;
}

const parts = ["gap", "intended", "perceived"] as const;

const shownOf = (rows: readonly MovedRow[]): readonly Moved[] =>
  rows.flatMap((row) => {
    const numbers = valueIn(row.parts);
    return numbers ? [{ ...row, numbers }] : [];
  });

/** The primary scales, or where none of them can be shown, the first that can. */
const drawnRows = (rows: readonly Moved[]): readonly Moved[] => {
  const primary = rows.filter((row) => row.primary);
  return primary.length > 0 ? primary : rows.filter(({ scale }) => scale === rows[0]?.scale);
};

const alone: Pick<ArmStyle, "color" | "shape"> = { color: "#5C6580", shape: "circle" };

const nameOf = ({ arm }: MovedRow, voice: ResearchVoice): string =>
  arm === null ? voice.say("flowAll") : voice.arm(arm);

const partWords = ({ estimate, interval }: MovedPart, decimals: number, voice: ResearchVoice): string =>
  interval
    ? `${voice.signed(estimate, decimals)} (${voice.range(interval, decimals)})`
    : voice.signed(estimate, decimals);

const groupsOf = (rows: readonly Moved[], model: MovedModel, voice: ResearchVoice): readonly ForestGroup[] =>
  [...new Set(rows.map(({ scale }) => scale))].flatMap((scale) =>
    parts.map((part) => {
      const own = rows.filter((row) => row.scale === scale);
      return {
        heading: voice.say(`movedHeading.${part}`, { scale: voice.text(own[0]!.name) }),
        rows: [...model.arms.map(({ arm }) => arm), null].flatMap((arm) =>
          own
            .filter((row) => row.arm === arm)
            .map((row) => ({
              label: nameOf(row, voice),
              written: partWords(row.numbers[part], row.decimals, voice),
              style: { ...model.arms[0]!, ...alone, ...model.arms.find((style) => style.arm === arm) },
              ...row.numbers[part],
            })),
        ),
      };
    }),
  );

const isClear = ({ interval }: MovedPart): boolean => interval !== null && omitsZero(interval);

const titleOf = (rows: readonly Moved[], voice: ResearchVoice): string => {
  const tested = rows.filter(({ numbers }) => numbers.gap.interval);
  const count = tested.filter(({ numbers }) => isClear(numbers.gap)).length;
  const trial = rows.some(({ arm }) => arm !== null);
  if (count === 0) return voice.say("movedTitle.none");
  return voice.say(trial ? "movedTitle.some" : "movedTitle.without", { count, total: tested.length });
};

const largest = (rows: readonly Moved[]): Moved => {
  const size = ({ numbers, low, high }: Moved) => Math.abs(numbers.gap.estimate) / (high - low);
  return rows.reduce((best, row) => (size(row) > size(best) ? row : best));
};

/** The largest change, taken apart in one sentence. */
const storyOf = (row: Moved, voice: ResearchVoice): string => {
  const size = (part: (typeof parts)[number]) => voice.number(Math.abs(row.numbers[part].estimate), row.decimals);
  const way = (part: (typeof parts)[number]) => {
    const { estimate } = row.numbers[part];
    return estimate > 0 ? "more" : estimate < 0 ? "less" : "same";
  };
  const level = (part: "intended" | "perceived") => {
    const turn = way(part);
    return turn === "same" ? voice.say("movedLevel.same") : voice.say(`movedLevel.${turn}`, { size: size(part) });
  };
  const turn = way("gap");
  const values = {
    scale: within(voice.text(row.name)),
    gap: turn === "same" ? voice.say("movedSize.same") : voice.say(`movedSize.${turn}`, { size: size("gap") }),
    intended: level("intended"),
    perceived: level("perceived"),
  };
  return row.arm === null
    ? voice.say("movedStory.without", values)
    : voice.say("movedStory", { ...values, arm: within(voice.arm(row.arm)) });
};

const axisOf = ({ index, low, high, arm }: Moved, voice: ResearchVoice): string => {
  if (arm === null) return voice.say("movedAxis");
  const ends = { low: voice.number(low, 0), high: voice.number(high, 0) };
  return index ? voice.say("forestAxis") : voice.say("forestAxisRange", ends);
};

const drawMoved = async (
  rows: readonly Moved[],
  model: MovedModel,
  voice: ResearchVoice,
  id: string,
  total: number,
) => {
  const drawings = byUnit(rows, (row) => row).map((own, index) => {
    const layout: ForestLayout = {
      total,
      narrow: total < 520,
      band: null,
      axis: axisOf(own[0]!, voice),
      measure: measureOf(voice),
    };
    const { data, width, height, params } = forestData(groupsOf(own, model, voice), layout);
    return chart(specOf("forest", voice), data, {
      theme: voice.theme,
      id: `${id}${index}`,
      width,
      height,
      params,
      language: voice.language,
      description: sentences(voice.say("movedAlt", { story: storyOf(largest(own), voice) }), voice.say("altTable")),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const tableOf = (rows: readonly MovedRow[], voice: ResearchVoice) => ({
  caption: voice.say("movedTable"),
  columns: [
    voice.say("columnScale"),
    voice.say("columnArm"),
    voice.say("columnGapChange"),
    voice.say("columnOwnChange"),
    voice.say("columnEmployeesChange"),
    voice.say("columnPOfGap"),
    voice.say("columnLeadersBoth"),
  ],
  rows: rows.map((row) => {
    const numbers = valueIn(row.parts);
    const none = row.status === "estimated" ? voice.say("hidden") : voice.status(row.status);
    return [
      voice.text(row.name),
      nameOf(row, voice),
      ...parts.map((part) => (numbers ? partWords(numbers[part], row.decimals, voice) : none)),
      numbers ? voice.p(numbers.gap.p) : none,
      row.reference === null
        ? voice.number(row.leaders.arm, 0)
        : `${voice.number(row.leaders.arm, 0)} / ${voice.number(row.leaders.reference, 0)}`,
    ];
  }),
});

/** Figure of whose answer moved: the change of the gap, taken apart into the leaders' and the employees' part. */
export const movedFigure = (model: MovedModel, voice: ResearchVoice): Part => {
  if (model.moved.length === 0) return { absent: voice.say("absent.moved.none") };
  const rows = shownOf(model.moved);
  if (rows.length === 0) return { absent: voice.say("absent.moved.suppressed") };
  const drawn = drawnRows(rows);
  const [baseline, wave] = [voice.wave(model.baseline ?? ""), voice.wave(drawn[0]!.wave)];
  const compared = model.arms.filter(({ arm }) => drawn.some((row) => row.arm === arm));
  const trial = compared.length > 0;
  return {
    draw: async (number) =>
      figure({
        id: "moved",
        title: voice.say("figureTitle", { number, finding: titleOf(drawn, voice) }),
        sub: voice.say(trial ? "movedSub" : "movedSub.without", { baseline, wave }),
        drawing: await drawBoth((id, total) => drawMoved(drawn, model, voice, id, total), "moved"),
        key: html`${trial ? armsKey(compared, voice.arm) : null}${intervalKey(voice)}`,
        reading: sentences(
          chanceWords(drawn.filter(({ numbers }) => numbers.gap.interval).length, voice),
          storyOf(largest(drawn), voice),
          voice.say("movedReading"),
        ),
        note: sentences(voice.say("movedNote"), planStatus([], model, voice), synthetic(model, voice)),
        table: tableOf(model.moved, voice),
        showTable: voice.say("showTable"),
      }),
  };
};
