import type { Chance } from "./chance.ts";

/** Texts of cells as spreadsheets, people and programs leave them; each is one kind of fault. */
const kinds: readonly ((chance: Chance) => string)[] = [
  ({ below, pick }) => `${below(130)}${pick([",", "."])}${below(1000)}`,
  ({ below, pick }) =>
    `${1 + below(9)}${pick([",", ".", " ", "'", "\u00A0", "\u202F"])}${pick(["000", "200", "250", "50", "5"])}`,
  ({ below, pick }) =>
    `${1 + below(9)}${pick([".", ",", " "])}${pick(["200", "000"])}${pick([".", ",", " "])}${pick(["5", "000", "50"])}`,
  ({ below, pick }) => `${pick(["", "0", "00"])}${below(10)}${pick(["", ".0", ",00", ".", ","])}`,
  ({ below, pick }) => `${pick(["+", "-", "−", "–"])}${below(9)}`,
  ({ below, pick }) =>
    `${below(12)}${pick(["-", "/", ".", ". "])}${pick(["maj", "5", "05", "jan", "12-2021", "5.2021"])}`,
  ({ below }) => `2021-0${1 + below(9)}-1${below(9)} 00:00:00`,
  ({ below, pick }) => `${below(101)}${pick(["%", " %", "‰", " point", " kr.", "€"])}`,
  ({ pick }) =>
    pick(["NA", "N/A", "#N/A", "null", "None", "NaN", "<NA>", "-", ".", "missing", "Infinity", "-inf", "#DIV/0!"]),
  ({ pick }) =>
    pick(["0x3", "1e0", "3e400", "1E-400", "1_0", "٣", "３", "Ⅲ", "½", "²", "1e", "e1", ".", "-.", "..", ",,"]),
  ({ below, pick }) => `${1 + below(5)}${pick([",", ";", ", ", "; ", "|", " og ", "+", "/"])}${1 + below(5)}`,
  ({ below, pick }) => `${pick(["=", "+", "@", "=HYPERLINK("])}${below(9)}+1`,
  ({ pick }) =>
    pick([
      "Uenig",
      "uenig.",
      " ENIG ",
      "Enig!",
      "Meget  uenig",
      "Meget\u00A0uenig",
      "Hverken-eller",
      "hverken eller",
      "1 Enig",
      "Enig (4)",
      "(4)",
    ]),
  ({ pick }) =>
    pick([
      "Ved ikke",
      "ved ikke/ikke relevant",
      "Don’t know",
      "ønsker ikke at svare",
      "998.0",
      "999,0",
      "0998",
      "88",
      "99",
    ]),
  ({ below, pick }) => pick(["\u200B", "\u202E", "\uFEFF", "\u00AD", "\u2066", "\u200D"]) + below(6),
  ({ below, pick }) =>
    below(6) + pick(["\u0000", "\u0001", "\u0007", "\u001F", "\u001E", "\u007F", "\u0085", "\u2028", "\u001B[2J"]),
  ({ pick }) =>
    pick(["👍", "👩‍👩‍👧", "e\u0301", "A\u030A", "\uD83D", "\uDC00x", "İ", "ſ", "ß", "ﬁ", "K", "Å", "\uFFFD", "Ã¸"]),
  ({ pick, below }) =>
    pick(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "then", "length"]) +
    pick(["", ".x"]).repeat(below(2)),
  ({ pick, below }) => pick(["9", "x", " ", "'", "a ", "0"]).repeat(1 + below(400)),
  ({ below }) => String((below(2 ** 30) * 2 ** 22 + below(2 ** 22)) * (below(2) ? 1 : 1e6)),
  ({ below }) => `1e${below(1200) - 600}`,
  ({ pick, below }) => Array.from({ length: 1 + below(8) }, () => pick([..."0123456789.,- +eE'\"%/;()\t "])).join(""),
  ({ below }) => String.fromCharCode(...Array.from({ length: 1 + below(6) }, () => below(0x10000))),
  ({ below }) => String.fromCodePoint(...Array.from({ length: 1 + below(4) }, () => below(0x110000))),
  ({ pick }) => pick(['"', '""', '"5', '5"', '"5"', "'5'", "“5”", '="5"', "\\5", "5\\"]),
  ({ below }) => String(below(9)),
];

/** The text of a cell that does not say what it seems to say, or hardly anything. */
export const hostileCell = (chance: Chance): string => {
  const text = chance.pick(kinds)(chance);
  if (!chance.once(12)) return text;
  return chance.pick([` ${text}`, `${text}\u00A0`, `\t${text} `, `\u3000${text}`, `${text}\r`, text + text]);
};
