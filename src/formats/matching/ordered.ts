import { foldText } from "../../study/fold.ts";
import { numberIn } from "../numbers.ts";

/** Words of graded answers, in Danish, Norwegian, Swedish, German and English. */
const graded =
  /\b(u?enig|uenige|einig|hverken|verken|agree|disagree|neither|instämmer|zu|grad|degree|extent|aldrig|aldri|sjældent|sjelden|undertiden|ofte|altid|alltid|never|rarely|seldom|sometimes|often|always|nie|selten|manchmal|oft|immer|u?tilfreds|misfornøyd|fornøyd|dis?satisfied|satisfied|vigtig|viktig|important|unimportant|god|godt|dårlig|dårligt|good|poor|bad|fair|excellent|sandsynligt|usandsynligt|likely|unlikely|neutral|slet|meget|lidt|noget|helt|delvis|delvist|very|somewhat|much|little)\b/;

/** Graded answers as texts alone, from the lowest to the highest, in the words of the usual questionnaires. */
const usual: readonly (readonly string[])[] = [
  ["helt uenig", "uenig", "hverken enig eller uenig", "enig", "helt enig"],
  ["meget uenig", "uenig", "hverken enig eller uenig", "enig", "meget enig"],
  ["helt uenig", "delvist uenig", "hverken enig eller uenig", "delvist enig", "helt enig"],
  ["strongly disagree", "disagree", "neither agree nor disagree", "agree", "strongly agree"],
  [
    ...["strongly disagree", "disagree", "somewhat disagree", "neither agree nor disagree"],
    ...["somewhat agree", "agree", "strongly agree"],
  ],
  ["strongly disagree", "somewhat disagree", "neither agree nor disagree", "somewhat agree", "strongly agree"],
  ["aldrig", "sjældent", "af og til", "ofte", "altid"],
  ["aldrig", "sjældent", "nogle gange", "ofte", "altid"],
  ["never", "rarely", "sometimes", "often", "always"],
  ["i meget lav grad", "i lav grad", "i nogen grad", "i høj grad", "i meget høj grad"],
  ["slet ikke", "i lav grad", "i nogen grad", "i høj grad", "i meget høj grad"],
  ["i meget ringe grad", "i ringe grad", "i nogen grad", "i høj grad", "i meget høj grad"],
  ["not at all", "to a small extent", "to some extent", "to a great extent", "to a very great extent"],
  ["meget utilfreds", "utilfreds", "hverken tilfreds eller utilfreds", "tilfreds", "meget tilfreds"],
  ["very dissatisfied", "dissatisfied", "neither satisfied nor dissatisfied", "satisfied", "very satisfied"],
];

/** Whether answers are grades of one thing, by their words; `1`, `2`, `3` between two grades are grades too. */
export const areGraded = (labels: readonly string[]): boolean => {
  const isNumber = (label: string): boolean => numberIn(label, ".") !== null;
  const worded = labels.filter((label) => !isNumber(label));
  return labels.length >= 3 && worded.length > 0 && worded.every((label) => graded.test(foldText(label)));
};

/** The usual answers that these texts are some of, from the lowest to the highest; null where they are none, or of two sets that differ in them. */
export const gradesOf = (texts: readonly string[]): readonly string[] | null => {
  const folded = texts.map(foldText);
  const fitting = usual.filter((grades) => folded.every((text) => grades.includes(text)));
  return folded.length >= 3 || fitting.length === 1 ? (fitting[0] ?? null) : null;
};
