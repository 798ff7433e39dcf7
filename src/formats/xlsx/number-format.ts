import type { Place } from "../../errors.ts";
import { type Attributes, ignoreText, walkXml } from "./xml.ts";

/** What a number format makes of a number: a day (perhaps with a time), a time of day, or a time that has passed. */
export type Temporal = "date" | "time" | "elapsed";

/** A format that shows another number than the cell holds: a percentage is a hundred times it. */
export type NumberForm = Temporal | "percent";

/** ECMA-376, part 1, 18.8.30; 27–36 and 50–58 are the dates of East Asian languages. */
const builtIn = (id: number): NumberForm | null => {
  if (id === 9 || id === 10) return "percent";
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "date";
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return "time";
  return id === 46 ? "elapsed" : null;
};

/**
 * Reads a number format. Only its first section counts; literals in quotes, escaped characters, fillers, and colours,
 * conditions and locales in brackets say nothing.
 */
export const numberForm = (format: string): NumberForm | null => {
  const bare = format
    .toLowerCase()
    .replace(/"[^"]*"?|\\.|[_*]./gs, "")
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/g, "");
  const section = bare.split(";")[0] ?? "";
  if (/^\s*(general|standard|@)?\s*$/.test(section)) return null;
  if (section.includes("%")) return "percent";
  if (/\[(h+|m+|s+)\]/.test(section)) return "elapsed";
  const letters = section.replace(/am\/pm|a\/p/g, "").replace(/s\.0+/g, "s");
  if (/[0#?]/.test(letters)) return null;
  if (/[yd]/.test(letters)) return "date";
  if (/[hs]/.test(letters)) return "time";
  return letters.includes("m") ? "date" : null;
};

/** By number of a cell's style, what its format makes of a number. */
export const readStyles = (place: Place, part: Uint8Array): readonly (NumberForm | null)[] => {
  const custom = new Map<number, NumberForm | null>();
  const formats: number[] = [];
  const open = (path: readonly string[], attributes: Attributes): void => {
    const id = Number(attributes["numFmtId"] ?? 0);
    if (path.at(-1) === "numFmt" && path.at(-2) === "numFmts")
      custom.set(id, numberForm(attributes["formatCode"] ?? ""));
    if (path.at(-1) === "xf" && path.at(-2) === "cellXfs") formats.push(id);
  };
  walkXml(place, part, { open, text: ignoreText, close: ignoreText });
  return formats.map((id) => custom.get(id) ?? (custom.has(id) ? null : builtIn(id)));
};
