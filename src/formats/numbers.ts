/** What stands before the fraction of a number; the other mark, if any, stands between thousands. */
export type DecimalMark = "," | ".";

const patterns: Readonly<Record<DecimalMark, RegExp>> = {
  ".": /^[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?$/,
  ",": /^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+)?(?:,\d*)?(?:[eE][+-]?\d{1,3})?$/,
};

/** The number that a text is with this decimal mark; null for a text that is none. */
export const numberIn = (text: string, decimal: DecimalMark): number | null => {
  if (!patterns[decimal].test(text) || !/\d/.test(text)) return null;
  const plain = text.replaceAll(" ", "").replaceAll(decimal === "." ? "," : ".", "");
  const value = Number(plain.replace(",", "."));
  return Number.isFinite(value) ? value : null;
};

/**
 * Which decimal mark a number shows: `.` or `,` where only that reading is a number, `either` where the mark may stand
 * before a fraction or between thousands (`1.200`), `none` where no mark stands in it; null for a text that is no number.
 */
export const markOf = (text: string): DecimalMark | "either" | "none" | null => {
  const [point, comma] = [numberIn(text, "."), numberIn(text, ",")];
  if (point === null && comma === null) return null;
  if (point === null) return ",";
  if (comma === null) return ".";
  return /[.,]/.test(text) ? "either" : "none";
};

const months =
  "jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|januar|februar|marts|april|juni|juli|august|september|oktober|november|december|january|february|march|june|july|october";
const dates = [
  /^\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?$/,
  /^\d{1,2}\.\d{1,2}\.\d{2,4}$/,
  /^\d{4}-\d{1,2}-\d{1,2}(?:[T ].*)?$/,
  new RegExp(`^\\d{1,2}[-. ]{1,2}(?:${months})\\.?(?:[-. ]{1,2}\\d{2,4})?$`, "i"),
  new RegExp(`^(?:${months})[-. ]{1,2}\\d{1,4}$`, "i"),
];

/** Whether a text is a date, as a spreadsheet makes one of `22.5` or `3-5`. */
export const isDate = (text: string): boolean => dates.some((date) => date.test(text));
