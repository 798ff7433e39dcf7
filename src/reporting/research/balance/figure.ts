import { valueIn } from "../../../disclosure/published.ts";
import { armsKey } from "../../page/arms-key.ts";
import { chart } from "../../page/chart.ts";
import { figure } from "../../page/page.ts";
import { drawBoth, measureOf, type Part, planStatus, sentences, specOf, synthetic } from "../drawing.ts";
import type { ResearchVoice } from "../voice.ts";
import { type BalanceLayout, balanceData } from "./layout.ts";
import { type BalanceModel, notable } from "./model.ts";

const balanceRows = (model: BalanceModel) =>
  model.balance.flatMap((row) => {
    const numbers = valueIn(row.numbers);
    return numbers ? [{ ...row, numbers }] : [];
  });

type BalanceRows = ReturnType<typeof balanceRows>;

const countOf = (rows: BalanceRows): number =>
  rows.filter(({ numbers }) => Math.abs(numbers.standardisedDifference) > notable).length;

/** How many differences drawing lots alone would give. */
const chanceOf = (rows: BalanceRows, voice: ResearchVoice): string =>
  voice.say("balanceChance", {
    expected: voice.number(
      rows.reduce((sum, { chance }) => sum + chance, 0),
      1,
    ),
    total: rows.length,
    limit: voice.number(notable, 1),
    count: countOf(rows),
  });

const balanceTitle = (rows: BalanceRows, voice: ResearchVoice): string => {
  const count = countOf(rows);
  const limit = voice.number(notable, 1);
  if (count === 0) return voice.say("balanceTitle.all", { limit });
  return voice.say("balanceTitle.some", { count, total: rows.length, limit });
};

const testWords = ({ balanceTest }: BalanceModel, voice: ResearchVoice): string => {
  const test = valueIn(balanceTest);
  if (!test) return "";
  return voice.say("balanceTest", {
    draws: voice.number(test.draws, 0),
    statistic: voice.number(test.statistic, 2),
    df: voice.number(test.df, 0),
    p: voice.pWords(test.p),
  });
};

const drawBalance = (rows: BalanceRows, model: BalanceModel, voice: ResearchVoice, id: string, total: number) => {
  const names = [...new Set(rows.map(({ covariate }) => covariate))];
  const groups = names.map((name) => ({
    label: voice.covariate(name),
    marks: model.arms.flatMap((style) =>
      rows
        .filter(({ covariate, arm }) => covariate === name && arm === style.arm)
        .map(({ numbers }) => ({ style, difference: numbers.standardisedDifference })),
    ),
  }));
  const layout: BalanceLayout = {
    total,
    narrow: total < 520,
    band: notable,
    axis: voice.say("balanceAxis"),
    measure: measureOf(voice),
  };
  const { data, width, height, params } = balanceData(groups, layout);
  const largest = Math.max(...rows.map(({ numbers }) => Math.abs(numbers.standardisedDifference)));
  return chart(specOf("balance", voice), data, {
    theme: voice.theme,
    id,
    width,
    height,
    params,
    language: voice.language,
    description: voice.say("balanceAlt", { count: names.length, largest: voice.number(largest, 2) }),
  });
};

const balanceTable = (rows: BalanceRows, voice: ResearchVoice) => ({
  caption: voice.say("balanceTable"),
  columns: [
    voice.say("columnCovariate"),
    voice.say("columnArm"),
    voice.say("columnMean"),
    voice.say("columnReferenceMean"),
    voice.say("columnSd"),
    voice.say("columnDifference"),
  ],
  rows: rows.map(({ covariate, arm, numbers }) => [
    voice.covariate(covariate),
    voice.arm(arm),
    voice.number(numbers.mean, 2),
    voice.number(numbers.referenceMean, 2),
    voice.number(numbers.sd, 2),
    voice.signed(numbers.standardisedDifference, 2),
  ]),
});

/** Figure of how alike the arms were before the training. */
export const balanceFigure = (model: BalanceModel, voice: ResearchVoice): Part => {
  if (model.arms.length === 0) return { absent: voice.say("absent.balance.no-arms") };
  const rows = balanceRows(model);
  if (rows.length === 0) return { absent: voice.say("absent.balance.none") };
  const compared = model.arms.filter(({ arm }) => rows.some((row) => row.arm === arm));
  return {
    draw: async (number) =>
      figure({
        id: "balance",
        title: voice.say("figureTitle", { number, finding: balanceTitle(rows, voice) }),
        sub: voice.say("balanceSub"),
        drawing: await drawBoth((id, total) => drawBalance(rows, model, voice, id, total), "balance"),
        key: armsKey(compared, voice.arm),
        reading: sentences(
          chanceOf(rows, voice),
          testWords(model, voice),
          voice.say("balanceReading", { limit: voice.number(notable, 1) }),
        ),
        note: sentences(planStatus([], model, voice), synthetic(model, voice)),
        table: balanceTable(rows, voice),
        showTable: voice.say("showTable"),
      }),
  };
};
