import { asElements, bare } from "./source.ts";

const markup = Symbol("markup");

/** Markup whose data have been escaped; a symbol that no JSON can hold tells it from text. */
export interface Html {
  readonly [markup]: string;
}

/** No bare number: a number is put in words first, where its decimals are decided and what it is goes with it. */
type Piece = Html | string | null | readonly Piece[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

/** Own markup: a template, a style sheet, a drawn chart. Never data. */
export const trusted = (text: string): Html => ({ [markup]: text });

export const toText = (piece: Piece): string => {
  if (piece === null) return "";
  if (typeof piece === "string") return asElements(escapeHtml(piece));
  if (typeof piece !== "object") throw new TypeError(`A bare ${typeof piece} in a page`);
  if (markup in piece) return piece[markup];
  if (!Array.isArray(piece)) throw new TypeError("A value without words in a page");
  return piece.map(toText).join("");
};

/** Whether markup so far ends in the value of an attribute, where no element can stand. */
const endsInAttribute = (text: string): boolean => {
  const tag = text.slice(text.lastIndexOf("<"));
  return !tag.includes(">") && (tag.split('"').length - 1) % 2 === 1;
};

const attributeText = (piece: Piece): string => {
  if (typeof piece === "string") return escapeHtml(bare(piece));
  return toText(piece);
};

/** A template literal whose values are escaped unless they are `Html` (or lists of it). */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html => {
  let own = "";
  const parts = strings.map((text, index) => {
    own += text;
    const piece = pieces[index] ?? null;
    return text + (endsInAttribute(own) ? attributeText(piece) : toText(piece));
  });
  return trusted(parts.join(""));
};
