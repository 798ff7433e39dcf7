import { valueIn } from "../../../disclosure/published.ts";
import { type ForestGroup, type ForestLayout, forestData } from "../../effect/forest-layout.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { armsKey } from "../../page/arms-key.ts";
import { chart } from "../../page/chart.ts";
import { html } from "../../page/html.ts";
import { figure } from "../../page/page.ts";
import {
  byUnit,
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
import type { SubgroupLevel, SubgroupRow, SubgroupsModel } from "./model.ts";
import { estimateWords, headingOf, levelWords, subgroupTable } from "./table.ts";

const isShown = ({ numbers }: SubgroupLevel): boolean => numbers.state === "shown";

/** Rows that show an effect; of the others only the table speaks. */
const drawnOf = ({ subgroups }: SubgroupsModel): readonly SubgroupRow[] =>
  subgroups.filter(({ levels }) => levels.some(isShown));

const linesOf = (
  row: SubgroupRow,
  style: ArmStyle,
  labelOf: (level: string) => string,
  model: SubgroupsModel,
  voice: ResearchVoice,
) =>
  row.levels.flatMap((level) => {
    const numbers = valueIn(level.numbers);
    if (!numbers) return [];
    const label = labelOf(levelWords(row, level, model, voice));
    return [{ label, written: estimateWords(numbers, row.outcome.decimals, voice), style, ...numbers }];
  });

/** Rows in the order in which the outcomes and covariates come, each arm's levels together. */
const groupsOf = (rows: readonly SubgroupRow[], model: SubgroupsModel, voice: ResearchVoice): readonly ForestGroup[] =>
  [...new Set(rows.map((row) => headingOf(row, voice)))].map((heading) => ({
    heading,
    rows: model.arms.flatMap((style) => {
      const labelOf = (level: string) => voice.say("subgroupsLabel", { arm: voice.arm(style.arm), level });
      return rows
        .filter((row) => row.arm === style.arm && headingOf(row, voice) === heading)
        .flatMap((row) => linesOf(row, style, labelOf, model, voice));
    }),
  }));

/** The same with a heading for each arm: a narrow page has no room for arm, level and numbers on one line. */
const narrowGroupsOf = (
  rows: readonly SubgroupRow[],
  model: SubgroupsModel,
  voice: ResearchVoice,
): readonly ForestGroup[] =>
  [...new Set(rows.map((row) => headingOf(row, voice)))].flatMap((heading) =>
    model.arms.flatMap((style) =>
      rows
        .filter((row) => row.arm === style.arm && headingOf(row, voice) === heading)
        .map((row) => ({
          heading: voice.say("subgroupsLabel", { arm: heading, level: within(voice.arm(row.arm)) }),
          rows: linesOf(row, style, (level) => level, model, voice),
        })),
    ),
  );

const testsOf = (rows: readonly SubgroupRow[]) =>
  rows.flatMap((row) => {
    const test = valueIn(row.test);
    return test ? [{ row, ...test }] : [];
  });

/** Tests below the plan's level, before or after Holm's correction. */
const below = (values: readonly number[], voice: ResearchVoice): number =>
  values.filter((p) => p < voice.level - 1e-12).length;

const covariatesOf = (rows: readonly SubgroupRow[], voice: ResearchVoice): string =>
  voice.list([...new Set(rows.map(({ covariate }) => covariate))].map((id) => within(voice.covariate(id))));

const findingOf = (rows: readonly SubgroupRow[], voice: ResearchVoice): string => {
  const tests = testsOf(rows);
  if (tests.length === 0) return voice.say("subgroupsTitle.untested", { covariates: covariatesOf(rows, voice) });
  const count = below(
    tests.map(({ pAdjusted }) => pAdjusted),
    voice,
  );
  if (count > 0) return voice.say("subgroupsTitle.some", { count, total: tests.length });
  const covariates = covariatesOf(
    tests.map(({ row }) => row),
    voice,
  );
  return voice.say("subgroupsTitle.none", { covariates });
};

const titleOf = (rows: readonly SubgroupRow[], voice: ResearchVoice): string => {
  const finding = findingOf(rows, voice);
  const planned = rows.every((row) => row.planned === "as-planned");
  return planned ? finding : voice.say("subgroupsExploratory", { finding: within(finding) });
};

/** How many tests come out, how many chance would give, and where any does, which has the smallest p. */
const testWords = (rows: readonly SubgroupRow[], voice: ResearchVoice): string => {
  const tests = testsOf(rows);
  const [first, ...rest] = tests;
  if (first === undefined) return "";
  const least = rest.reduce((best, test) => (test.p < best.p ? test : best), first);
  const total = tests.length;
  const before = below(
    tests.map(({ p }) => p),
    voice,
  );
  const after = below(
    tests.map(({ pAdjusted }) => pAdjusted),
    voice,
  );
  return sentences(
    voice.say("subgroupsTests", { before, after, total, alpha: voice.alpha }),
    voice.say("subgroupsChance", { expected: voice.number(voice.level * total, 1) }),
    before === 0
      ? ""
      : voice.say("subgroupsLeast", {
          heading: headingOf(least.row, voice),
          arm: within(voice.arm(least.row.arm)),
          p: voice.pWords(least.pAdjusted),
        }),
  );
};

const noteOf = (rows: readonly SubgroupRow[], model: SubgroupsModel, voice: ResearchVoice): string => {
  const levels = rows.flatMap((row) => row.levels);
  const numeric = levels.some(({ numbers }) => (valueIn(numbers)?.value ?? null) !== null);
  const hidden = levels.some(({ status, numbers }) => status === "estimated" && numbers.state === "suppressed");
  return sentences(
    voice.say("subgroupsNote"),
    numeric ? voice.say("subgroupsNumber") : "",
    hidden ? voice.say("subgroupsHidden") : "",
    planStatus(
      rows.map(({ planned }) => planned),
      model,
      voice,
    ),
    synthetic(model, voice),
  );
};

const axisOf = ({ outcome: { index, low, high } }: SubgroupRow, voice: ResearchVoice): string => {
  const ends = { low: voice.number(low, 0), high: voice.number(high, 0) };
  return index ? voice.say("forestAxis") : voice.say("forestAxisRange", ends);
};

const drawSubgroups = async (
  rows: readonly SubgroupRow[],
  model: SubgroupsModel,
  voice: ResearchVoice,
  id: string,
  total: number,
) => {
  const drawings = byUnit(rows, ({ outcome }) => outcome).map((own, index) => {
    const layout: ForestLayout = {
      total,
      narrow: total < 520,
      band: null,
      axis: axisOf(own[0]!, voice),
      measure: measureOf(voice),
    };
    const groups = layout.narrow ? narrowGroupsOf(own, model, voice) : groupsOf(own, model, voice);
    const { data, width, height, params } = forestData(groups, layout);
    return chart(specOf("forest", voice), data, {
      theme: voice.theme,
      id: `${id}${index}`,
      width,
      height,
      params,
      language: voice.language,
      description: sentences(voice.say("subgroupsAlt", { tests: testWords(own, voice) }), voice.say("altTable")),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

/** Figure of effects by subgroup and whether they differ; nothing where the plan names no subgroups. */
export const subgroupsFigure = (model: SubgroupsModel, voice: ResearchVoice): readonly Part[] => {
  if (model.subgroups.length === 0) return [];
  const drawn = drawnOf(model);
  if (drawn.length === 0) return [{ absent: voice.say("absent.subgroups") }];
  const compared = model.arms.filter(({ arm }) => drawn.some((row) => row.arm === arm));
  const finding = titleOf(model.subgroups, voice);
  return [
    {
      draw: async (number) =>
        figure({
          id: "subgroups",
          title: voice.say("figureTitle", { number, finding }),
          sub: voice.say("subgroupsSub", { wave: voice.wave(drawn[0]!.wave) }),
          drawing: await drawBoth((id, total) => drawSubgroups(drawn, model, voice, id, total), "subgroups"),
          key: html`${armsKey(compared, voice.arm)}${intervalKey(voice)}`,
          reading: sentences(voice.say("subgroupsReading"), testWords(model.subgroups, voice)),
          note: noteOf(model.subgroups, model, voice),
          table: subgroupTable(model, voice),
          showTable: voice.say("showTable"),
        }),
    },
  ];
};
