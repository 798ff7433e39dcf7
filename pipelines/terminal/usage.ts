import { InvalidArgumentError } from "commander";
import type { Language } from "../../src/errors.ts";

const danish: readonly (readonly [english: RegExp, danish: string])[] = [
  [/unknown option '(.*?)'/, "tilvalget '$1' kendes ikke"],
  [/unknown command '(.*?)'/, "kommandoen '$1' kendes ikke"],
  [/\(Did you mean one of (.*)\?\)/, "(Mente du en af $1?)"],
  [/\(Did you mean (.*)\?\)/, "(Mente du $1?)"],
  [/option '(.*?)' argument missing/, "tilvalget '$1' mangler en værdi"],
  [/option '(.*?)' argument '(.*?)' is invalid\./, "tilvalget '$1' kan ikke være '$2'."],
  [/command-argument value '(.*?)' is invalid for argument '(.*?)'\./, "'$2' kan ikke være '$1'."],
  [/missing required argument '(.*?)'/, "'$1' mangler"],
  [/too many arguments.*/, "for mange ord efter kommandoen"],
  [/a whole number is expected/, "Skriv et helt tal."],
  [/ITEM=COLUMN is expected/, "Skriv ITEM=KOLONNE."],
  [/a day is expected/, "Skriv en dag, som 2026-01-31."],
  [/required option '(.*?)' not specified/, "tilvalget '$1' mangler"],
  [/a number is expected/, "Skriv et tal."],
  [/Allowed choices are (.*)\./, "Vælg mellem $1."],
];

/** The value of an option that is a count or a seed. */
export const whole = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is expected");
  return Number(text);
};

/** The value of an option that is a day. */
export const day = (text: string): string => {
  const is = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!is || !new Date(text).toISOString().startsWith(text)) throw new InvalidArgumentError("a day is expected");
  return text;
};

/** What the command line got wrong, from Commander's English message, in the terminal's language. */
export const usageText = (message: string, language: Language): string => {
  const text = message.replace(/^error: /, "");
  return language === "en" ? text : danish.reduce((said, [english, words]) => said.replace(english, words), text);
};
