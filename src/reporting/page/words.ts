import type { Language } from "../../errors.ts";
import type { Assets } from "./assets.ts";

/** The words of a report by key; `W` is the type of its Danish file, so that a missing key does not compile. */
export const wordsOf = <W extends Readonly<Record<string, string>>>(
  report: string,
  language: Language,
  assets: Assets,
): W => JSON.parse(assets.text(`reports/${report}/words.${language}.json`)) as W;

/** Puts values into the `{name}` places of a sentence; a place without a value, or a value without a place, is a bug. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string => {
  const used = new Set<string>();
  const text = sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for {${name}} in "${sentence}"`);
    used.add(name);
    return String(value);
  });
  const spare = Object.keys(values).filter((name) => !used.has(name));
  if (spare.length > 0) throw new Error(`No place for ${spare.join(", ")} in "${sentence}"`);
  return text;
};

/** "første" stays, "Aktiv visionsledelse" becomes "aktiv visionsledelse"; an abbreviation keeps its capitals. */
export const inSentence = (name: string): string =>
  /^\p{Lu}\p{Lu}/u.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);

export const atStart = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
