import type { Place } from "../../errors.ts";
import { exceeded, limits } from "./damage.ts";
import { type Attributes, walkXml } from "./xml.ts";

/** Characters that XML cannot hold are written `_x000D_`, and an underscore that would be read so is `_x005F_`. */
export const decodeEscapes = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Most bytes that a character of a JavaScript string takes in UTF-8. */
const widestCharacter = 3;

export const refuseLongCell = (place: Place, text: string): void => {
  if (text.length * widestCharacter > limits.cell && Buffer.byteLength(text) > limits.cell)
    throw exceeded(place, "cell");
};

/** Puts together the text of a `<si>` or `<is>`: its runs, without the phonetic ones that say how to pronounce it. */
export interface RichText {
  readonly open: (path: readonly string[], attributes: Attributes) => void;
  readonly text: (text: string, path: readonly string[]) => void;
  readonly close: (path: readonly string[]) => void;
  /** The text so far; the next starts empty. */
  readonly take: () => string;
}

export const collectRichText = (around: "si" | "is"): RichText => {
  let whole = "";
  let piece = "";
  let preserved = false;
  const isRun = (path: readonly string[]): boolean =>
    path.at(-1) === "t" && (path.at(-2) === around || (path.at(-2) === "r" && path.at(-3) === around));
  return {
    open: (path, attributes) => {
      if (!isRun(path)) return;
      piece = "";
      preserved = attributes["xml:space"] === "preserve";
    },
    text: (text, path) => {
      if (isRun(path)) piece += text;
    },
    close: (path) => {
      if (isRun(path)) whole += preserved ? piece : piece.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    },
    take: () => {
      const text = decodeEscapes(whole);
      whole = "";
      return text;
    },
  };
};

export const readSharedStrings = (place: Place, part: Uint8Array): readonly string[] => {
  const strings: string[] = [];
  const rich = collectRichText("si");
  walkXml(place, part, {
    open: rich.open,
    text: rich.text,
    close: (path) => {
      rich.close(path);
      if (path.at(-1) === "si") strings.push(rich.take());
    },
  });
  return strings;
};
