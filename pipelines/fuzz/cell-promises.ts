import { type AnswerRules, likelyNumber, readAnswer } from "../../src/formats/answers.ts";
import { cellTexts } from "../../src/formats/cell-texts.ts";
import { meets, nearValue } from "../../src/formats/conditions.ts";
import { type DecimalMark, markOf, numberIn } from "../../src/formats/numbers.ts";
import { foldText, tidyText } from "../../src/study/fold.ts";
import type { Condition, Covariate } from "../../src/study/study.ts";
import { leaderReader } from "../ingest/leader-reader.ts";
import { covariateReader, weightReader } from "../ingest/readers.ts";

const plain: AnswerRules = {
  low: 1,
  high: 5,
  labels: new Map([
    ["uenig", 1],
    ["enig", 4],
    ["agree", 4],
    ['meget "enig"; også', 5],
  ]),
  coded: true,
  missing: new Map([
    ["8", "dont-know"],
    ["-9", "not-asked"],
  ]),
  missingLabels: new Map([["findes ikke", "not-applicable"]]),
  codes: null,
  fileLabels: [],
  fileScores: new Map(),
  onlyLabelled: false,
  fileMissing: [],
  blank: "blank",
  decimal: null,
  likely: ",",
};

/** Columns of many kinds: codes and measures, ranges on both sides of 0, marks that are known and not. */
const columns: readonly AnswerRules[] = [
  plain,
  { ...plain, missing: new Map(), likely: "." },
  { ...plain, low: 0, high: 100, coded: false, labels: new Map() },
  { ...plain, low: 0, high: 100, coded: false, labels: new Map(), decimal: ".", likely: "." },
  { ...plain, low: 0, high: 5000, coded: false, labels: new Map(), decimal: "," },
  { ...plain, low: -1e6, high: 1e6, coded: false, labels: new Map(), missing: new Map(), likely: "." },
];

const equal = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Read from the digits alone: where the fraction begins, the last mark or none. */
const fromDigits = (text: string, mark: DecimalMark): number => {
  const [mantissa = "", exponent = "0"] = text.replaceAll(" ", "").toLowerCase().split("e");
  const at = mantissa.lastIndexOf(mark);
  const digits = mantissa.replace(/\D/g, "");
  const after = at < 0 ? 0 : mantissa.slice(at + 1).length;
  const sign = mantissa.startsWith("-") ? "-" : "";
  return Number(`${sign}${digits}e${Number(exponent) - after}`);
};

/** Marks and spaces between the digits of one number; two numbers have others, or theirs stand elsewhere. */
const oneNumber = /^[+-]?(?:\d+(?:[., ]\d{3})*(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;

const numbers = (text: string): readonly string[] => {
  const broken: string[] = [];
  for (const mark of [".", ","] as const) {
    const value = numberIn(text, mark);
    if (value === null) continue;
    if (!oneNumber.test(text)) broken.push(`reads a number with ${mark} where there are two, or none`);
    if (value !== fromDigits(text, mark)) broken.push(`reads ${value} with ${mark}`);
  }
  const [point, comma, mark] = [numberIn(text, "."), numberIn(text, ","), markOf(text)];
  const expected =
    point === null ? (comma === null ? null : ",") : comma === null ? "." : /[.,]/.test(text) ? "either" : "none";
  if (mark !== expected) broken.push(`shows the mark ${mark}, not ${expected}`);
  if (mark === "none" && point !== comma) broken.push("is two numbers without a mark");
  if (/^-?\d{1,15}$/.test(text) && point !== Number(text)) broken.push(`plain digits read as ${point}`);
  return broken;
};

const answers = (cell: string, rules: AnswerRules): readonly string[] => {
  const reading = readAnswer(rules, cell);
  const text = tidyText(cell);
  const { answer, missing, fault, coercions } = reading;
  const broken: string[] = [];
  if ([answer, missing, fault].filter((one) => one !== null).length !== 1) broken.push("is not one thing alone");
  const again = readAnswer(rules, text);
  if (!equal({ ...again, coercions: [] }, { ...reading, coercions: [] })) broken.push("tidied reads otherwise");
  if (answer !== null && !(answer >= rules.low && answer <= rules.high)) broken.push(`is ${answer}, out of range`);
  if (answer !== null && rules.coded && !Number.isInteger(answer)) broken.push(`is the fraction ${answer}`);
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value >= rules.low && value <= rules.high && answer !== value)
    broken.push(`plain digits read as ${answer ?? missing ?? fault}`);
  if (answer !== null && !coercions.includes("label")) {
    if (answer !== numberIn(text, ".") && answer !== numberIn(text, ",")) broken.push(`is ${answer} by no mark`);
    if (rules.decimal !== null && answer !== numberIn(text, rules.decimal)) broken.push("overrides the column's mark");
    if (answer !== likelyNumber(text, rules)) broken.push("is not the likely number");
  }
  return broken;
};

const conditions: readonly (string | readonly string[])[] = ["2", "færdig", ["1", "2.0", "ja"], "2001"];

const conditioned = (cell: string): readonly string[] =>
  conditions.flatMap((values) => {
    const condition: Condition = values;
    const met = meets(condition, cell);
    const broken: string[] = [];
    if (met !== meets(condition, tidyText(cell))) broken.push("tidied meets otherwise");
    if (met === meets({ not: values }, cell)) broken.push("meets a condition and its opposite");
    if (met && nearValue(condition, cell) !== null) broken.push("is near what it meets");
    return broken;
  });

const marks = { decimal: null, likely: "," } as const;
const name = { da: "", en: "" };
const numeric: Covariate = { id: "c", name, from: "employee", kind: "numeric", low: 0, high: 60 };
const coded: Covariate = {
  id: "c",
  name,
  from: "employee",
  kind: "categorical",
  values: ["1", "2", "x"].map((code) => ({ code, label: { da: `da ${code}`, en: `en ${code}` } })),
};
const leaders = new Map(["B1001", "1002", "Bø 1", "NA"].map((id) => [id, [id]] as const));

const others = (cell: string): readonly string[] => {
  const text = tidyText(cell);
  const [age, group] = [covariateReader(numeric, new Set(), marks), covariateReader(coded, new Set(), marks)];
  const [weight, listed, free] = [
    weightReader(marks),
    leaderReader(leaders, "leader-not-in-roster", new Set()),
    leaderReader(null, "leader-not-in-roster", new Set()),
  ];
  for (const reader of [age, group, weight, listed, free]) for (const one of [cell, text]) reader.learn(one);
  const broken: string[] = [];
  for (const { values } of [age, group, weight])
    if (!Object.is(values[0], values[1])) broken.push("tidied is another value");
  const [years = 0, place = 0, share = 0] = [age.values[0], group.values[0], weight.values[0]];
  if (!Number.isNaN(years) && !(years >= 0 && years <= 60)) broken.push(`is a covariate of ${years}`);
  if (!Number.isNaN(place) && coded.kind === "categorical" && coded.values[place] === undefined)
    broken.push("is no code");
  if (!Number.isNaN(share) && !(share > 0 && Number.isFinite(share))) broken.push(`is a weight of ${share}`);
  const found = listed.leaders[0]?.[0];
  if (found !== undefined && found !== text) broken.push(`is taken for the leader ${found}`);
  for (const { leaders: named, faults } of [listed, free])
    if ((named[0]?.length === 0) === (faults[0] === null)) broken.push("is neither a leader nor a fault");
  listed.nearestTo(0);
  return broken;
};

const encoder = new TextEncoder();

const texts = (cell: string): readonly string[] => {
  const [tidy, fold] = [tidyText(cell), foldText(cell)];
  const bytes = encoder.encode(cell);
  const known = cellTexts();
  const [first, again] = [known.indexOf(bytes, 0, bytes.length), known.indexOf(bytes, 0, bytes.length)];
  return [
    ...(tidyText(tidy) === tidy ? [] : ["is not tidy when tidied"]),
    ...(foldText(fold) === fold ? [] : ["is not folded when folded"]),
    ...(foldText(tidy) === fold ? [] : ["tidied folds otherwise"]),
    ...(first === 0 && again === 0 ? [] : ["is two texts"]),
    ...(tidyText(known.text(0)) === tidyText(new TextDecoder().decode(bytes)) ? [] : ["is kept otherwise"]),
  ];
};

/** What the reading of a cell promises and does not keep, whatever the cell holds. */
export const brokenByCell = (cell: string): readonly string[] => {
  try {
    return [
      ...texts(cell),
      ...numbers(tidyText(cell)),
      ...columns.flatMap((rules) => answers(cell, rules)),
      ...conditioned(cell),
      ...others(cell),
    ];
  } catch (fault) {
    return [fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)];
  }
};
