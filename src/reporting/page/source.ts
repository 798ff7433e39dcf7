import { factOf, type Published, reveal } from "../../disclosure/published.ts";

/** What a number on a page is that says nothing of anybody's answers. */
export type PlainKind =
  /** A rule of disclosure control or of the plan. */
  | "threshold"
  | "confidence"
  /** How many of something the page itself has: waves, tests, findings, groups. */
  | "count"
  /** The number of a wave or a phase. */
  | "number"
  /** The ends of a scale or an axis, or a step on it. */
  | "unit"
  /** How many findings chance alone would give. */
  | "chance"
  /** Written in a fixed sentence, in a date, or in a name of the study file or the roster. */
  | "sentence"
  | "date"
  | "name";

// Interlinear annotation: Unicode's own characters for what goes with a text inside of a process, and never leaves it.
const [anchor, separator, end] = ["\uFFF9", "\uFFFA", "\uFFFB"];
const annotated = new RegExp(`${anchor}([^${separator}]*)${separator}([^${end}]*)${end}`, "g");

interface Source {
  readonly kind: "fact" | "plain";
  /** The fact, or the kind of plain number. */
  readonly name: string;
  readonly value: number;
}

/** Without a space, so that no line breaks inside of it. */
const noteOf = ({ kind, name, value }: Source): string =>
  `${kind} ${encodeURIComponent(name)} ${value}`.replaceAll(" ", "\t");

const sourceOf = (note: string): Source => {
  const [kind, name = "", value] = note.split("\t");
  return { kind: kind === "fact" ? "fact" : "plain", name: decodeURIComponent(name), value: Number(value) };
};

const annotate = (text: string, source: Source): string => `${anchor}${text}${separator}${noteOf(source)}${end}`;

/** A value that was let out, written as `written` has it, with the fact that it is. Refuses any other. */
export const ofFact = (published: Published<number>, written: (value: number) => string): string => {
  const value = reveal(published);
  return annotate(written(value), { kind: "fact", name: factOf(published), value });
};

/** A number that is no fact, as it is written. */
export const plain = (kind: PlainKind, value: number, written = `${value}`): string =>
  annotate(written, { kind: "plain", name: kind, value });

const annotation = new RegExp(`(${annotated.source.replaceAll(/[()]/g, "")})`);

/** Digits that have no source yet, as numbers of a kind. */
const digitsAs = (kind: PlainKind, text: string): string =>
  text
    .split(annotation)
    .map((part) =>
      part.startsWith(anchor) ? part : part.replace(/\d+/g, (found) => plain(kind, Number(found), found)),
    )
    .join("");

/** A name from the study file or the roster, whatever digits it has. */
export const named = (name: string): string => digitsAs("name", name);

/** A day or a month in words. */
export const dated = (date: string): string => digitsAs("date", date);

/** A fixed sentence whose own numbers say that they are of it; what stands in braces is put in later. */
export const spoken = (sentence: string): string =>
  sentence
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? part : digitsAs("sentence", part)))
    .join("");

/** The words alone, as they are read and measured. */
export const bare = (text: string): string => text.replace(annotated, "$1");

const quoted = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

const namedBy = ({ kind, name }: Source): string => `data-${kind}="${quoted(name)}"`;

/** Escaped words with an element round each number that says what it is. */
export const asElements = (escaped: string): string =>
  escaped.replace(annotated, (_, text: string, note: string) => {
    const source = sourceOf(note);
    return `<data value="${source.value}" ${namedBy(source)}>${text}</data>`;
  });

/** The same within a drawing. */
export const asSpans = (svg: string): string =>
  svg.replace(annotated, (_, text: string, note: string) => `<tspan ${namedBy(sourceOf(note))}>${text}</tspan>`);

/** What the numbers of words are that stand in an attribute, where no element can: an attribute that lists them. */
export const sourcesIn = (text: string): string => {
  const sources = [...text.matchAll(annotated)].map(([, , note = ""]) => sourceOf(note));
  if (sources.length === 0) return "";
  const all = sources.map(({ kind, name, value }) => (kind === "fact" ? name : `${name}=${value}`));
  return ` data-facts="${quoted(JSON.stringify([...new Set(all)]))}"`;
};
