import { z } from "zod";
import type { Text } from "./study.ts";

/*
 * Every scalar arrives as the text it was written as, so that `007` and `no` stay ids. The message of each check is
 * the word by which `explain` says what was expected; `meta` tells editors the type that YAML gives the value.
 */
const scalar = (expected: string, accepts: (text: string) => boolean) =>
  z.string({ error: expected }).refine((text) => accepts(text.trim()), { error: expected });

const isNumber = (text: string): boolean =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(+text);

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};

export const idPattern = /^[A-Za-z0-9_.-]+$/;

/** Longer ids and names are no names; longer texts fit on no page. */
const longestId = 200;
const longestName = 1000;
const longestText = 20_000;

export const id = scalar("id", (text) => text.length <= longestId && idPattern.test(text))
  .transform((text) => text.trim())
  .meta({ type: ["string", "number"], pattern: idPattern.source, maxLength: longestId });

export const name = scalar("name", (text) => text !== "" && text.length <= longestName && !text.includes("\0"))
  .transform((text) => text.trim())
  .meta({ type: ["string", "number"], maxLength: longestName });

export const file = name.meta({ type: "string" });

export const number = scalar("number", isNumber).transform(Number).meta({ type: "number" });

export const numberWithin = (expected: string, accepts: (value: number) => boolean) =>
  scalar(expected, (text) => isNumber(text) && accepts(Number(text)))
    .transform(Number)
    .meta({ type: "number" });

export const integerFrom = (least: number) =>
  scalar(`≥ ${least}`, (text) => isNumber(text) && Number.isSafeInteger(Number(text)) && Number(text) >= least)
    .transform(Number)
    .meta({ type: "integer", minimum: least });

export const boolean = scalar("true | false", (text) => text === "true" || text === "false")
  .transform((text) => text.trim() === "true")
  .meta({ type: "boolean" });

export const day = scalar("day", isDay)
  .transform((text) => text.trim())
  .meta({ type: "string", format: "date" });

export const oneOf = <const T extends readonly string[]>(...words: T) => z.enum(words, { error: words.join(" | ") });

/** A mapping with these keys and no others; the message of an unknown key names those that are known. */
export const mapping = <const S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(" | ") : "mapping"),
  });

/** Marks that nobody sees, of which some turn the order of what others read, and controls other than spaces. */
const unseen = /\p{Cf}|(?!\s)\p{Cc}/gu;

const line = z
  .string({ error: "text" })
  .refine((text) => text.trim() !== "" && text.length <= longestText, { error: "text" })
  .transform((text) => text.replace(unseen, ""))
  .refine((text) => text.trim() !== "", { error: "text" });

/** One word that serves for both languages. */
export const both = (word: string): Text => ({ da: word, en: word });

/** A word in both languages, or one that serves for both. */
export const text = z
  .union([
    line.transform((word): Text => both(word.trim())),
    mapping({ da: line.optional().describe("Dansk"), en: line.optional().describe("English") })
      .refine((given) => given.da !== undefined || given.en !== undefined, { error: "text-in-languages" })
      .transform((given): Text => {
        const da = (given.da ?? given.en ?? "").trim();
        return { da, en: (given.en ?? da).trim() };
      }),
  ])
  .meta({ description: "One text for both languages, or { da, en }" });

/** Ends of a range beyond this, or so many times further from zero than it is wide, leave no digits between its steps. */
const furthest = 1e15;
const mostOffset = 1e6;

const leavesDigits = ([low, high]: readonly [number, number]): boolean => {
  const far = Math.max(Math.abs(low), Math.abs(high));
  return far <= furthest && far <= mostOffset * (high - low);
};

export const range = z
  .tuple([number, number], { error: "range" })
  .refine(([low, high]) => low < high, { error: "range", abort: true })
  .refine(leavesDigits, { error: "range-digits" })
  .meta({ description: "Lowest and highest value: [low, high]" });

export const map = <V extends z.ZodType>(value: V) => z.record(z.string(), value, { error: "mapping" });

export const list = <V extends z.ZodType>(element: V) => z.array(element, { error: "list" });
