import { createInterface } from "node:readline/promises";
import type { Language } from "../../src/errors.ts";
import type { Rater } from "../../src/study/study.ts";
import { say } from "../terminal/words.ts";
import type { Given, Open } from "./proposal.ts";

/** Puts a question to the person at the terminal. */
export type Ask = (question: string) => Promise<string>;

/** Runs work that asks; an end of the input answers everything left with nothing. */
export const asking = async <T>(work: (ask: Ask) => Promise<T>): Promise<T> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  let closed = false;
  const ended = new Promise<string>((resolve) => {
    lines.once("close", () => {
      closed = true;
      resolve("");
    });
  });
  try {
    return await work((question) => (closed ? Promise.resolve("") : Promise.race([lines.question(question), ended])));
  } finally {
    lines.close();
  }
};

const choiceText = (choices: readonly string[]): string =>
  choices.map((choice, k) => `  ${k + 1}  ${choice}\n`).join("");

const chosen = (answer: string, choices: readonly string[], all: readonly string[]): string | null => {
  const text = answer.trim();
  if (all.includes(text)) return text;
  return /^\d+$/.test(text) ? (choices[Number(text) - 1] ?? null) : null;
};

const questionOf = (open: Open, language: Language): string =>
  open.what === "item" ? `${open.id} (${say("notAskedHere", language)})` : say(open.what, language);

const settle = (open: Open, answer: string | null, given: Given): Given => {
  if (open.what === "item")
    return answer === null
      ? { ...given, notAsked: [...given.notAsked, open.id] }
      : { ...given, items: { ...given.items, [open.id]: answer } };
  if (answer === null) return given;
  if (open.what === "rater") return { ...given, rater: answer as Rater };
  return open.what === "wave" ? { ...given, wave: answer } : { ...given, leader: answer };
};

/**
 * Asks for one open part; what was given with the answer. Null where the person gives none that fits.
 *
 * @param columns names of all columns of the file: any may be typed, also one that was not proposed
 */
export const askFor = async (
  open: Open,
  columns: readonly string[],
  given: Given,
  ask: Ask,
  language: Language,
): Promise<Given | null> => {
  const choices = "columns" in open ? open.columns : open.ids;
  const all = "columns" in open ? [...open.columns, ...columns] : open.ids;
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await ask(`${choiceText(choices)}${questionOf(open, language)}? `);
    if (answer.trim() === "" && open.what === "item") return settle(open, null, given);
    const found = chosen(answer, choices, all);
    if (found !== null) return settle(open, found, given);
  }
  return null;
};

/** Whether the person wants it. */
export const confirmed = async (ask: Ask, language: Language): Promise<boolean> =>
  /^(j|ja|y|yes)$/i.test((await ask(say("confirmImport", language))).trim());
