import type { Chance } from "./chance.ts";
import { anything, type Bound, type Faulty, losing, straying } from "./faults.ts";
import { hostileCell } from "./hostile-cells.ts";

type TextFault = (text: string, chance: Chance) => readonly [string, Bound];

const placed = (text: string, at: number, added: string): string => text.slice(0, at) + added + text.slice(at);

/** A quotation mark where none belongs never makes up an answer. */
const strayQuote: TextFault = (text, chance) => [placed(text, chance.below(text.length + 1), '"'), losing];
const strayQuotes: TextFault = (text, chance) => {
  let made = text;
  for (let k = 0; k <= chance.below(5); k += 1)
    made = placed(made, chance.below(made.length + 1), chance.pick(['"', '""', '"""']));
  return [made, losing];
};
const lostQuote: TextFault = (text, chance) => {
  const places = [...text.matchAll(/"/g)].map(({ index }) => index);
  if (places.length === 0) return strayQuote(text, chance);
  const at = chance.pick(places);
  return [text.slice(0, at) + text.slice(at + 1), straying(2)];
};
const allDoubled: TextFault = (text) => [text.replaceAll('"', '""'), anything];
const wrappedLines: TextFault = (text) => [
  text
    .split("\n")
    .map((line) => (line === "" ? "" : `"${line.replaceAll('"', '""')}"`))
    .join("\n"),
  losing,
];
const apostrophes: TextFault = (text) => [text.replaceAll('"', "'"), anything];

const notesAbove: TextFault = (text, chance) => {
  const notes = Array.from({ length: 1 + chance.below(6) }, () =>
    chance.pick(["Udtræk fra systemet", "", ";;;", '"Note"', "Dato: 2020-01-01; kl. 12", "a,b,c,d", "sep=;"]),
  );
  return [`${notes.join("\n")}\n${text}`, losing];
};

const separatorLine: TextFault = (text, chance) => [
  `sep=${chance.pick(["æ", '"', " ", "1", "=", "", ";;", "\\t", "e", "\u0000", "👍"])}${chance.pick(["\n", "\r\n", "\r"])}${text}`,
  losing,
];

const brokenLine: TextFault = (text, chance) => {
  const at = chance.below(text.length + 1);
  return [placed(text, at, chance.pick(["\n", "\r", "\r\n", "\u2028", "\u0085", "\v", "\f"])), straying(2)];
};

const insertion: TextFault = (text, chance) => [
  placed(text, chance.below(text.length + 1), hostileCell(chance)),
  straying(2),
];
const cutOut: TextFault = (text, chance) => {
  const at = chance.below(text.length + 1);
  return [text.slice(0, at) + text.slice(at + 1 + chance.below(1 + chance.pick([2, 20, 400]))), straying(2)];
};
const nothing: TextFault = (_, chance) => [
  chance.pick(["", " ", "\n", "\r\n\r\n", "sep=;\n", '"', ";", ";;;\n;;;", "\uFEFF", "x"]),
  losing,
];

const faults: Readonly<Record<string, TextFault>> = {
  strayQuote,
  strayQuotes,
  lostQuote,
  allDoubled,
  wrappedLines,
  apostrophes,
  notesAbove,
  separatorLine,
  brokenLine,
  insertion,
  cutOut,
  nothing,
};

/** A text with something changed in it, by lot. */
export const textFault = (text: string, chance: Chance): Faulty<string> => {
  const [name, fault] = chance.pick(Object.entries(faults));
  const [made, bound] = fault(text, chance);
  return { name, made, ...bound };
};
