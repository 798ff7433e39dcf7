const markup = Symbol("markup");

/** Markup whose data have been escaped; a symbol that no JSON can hold tells it from text. */
export interface Html {
  readonly [markup]: string;
}

/** No bare number: a number is put in words or formatted first, where its decimals are decided. */
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
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece !== "object") throw new TypeError(`A bare ${typeof piece} in a page`);
  return markup in piece ? piece[markup] : piece.map(toText).join("");
};

/** A template literal whose values are escaped unless they are `Html` (or lists of it). */
export const html = (strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  trusted(strings.map((text, index) => text + toText(pieces[index] ?? null)).join(""));
