import { endDecimals } from "../../disclosure/unit.ts";
import type { Language } from "../../errors.ts";

/** d3's own da-DK writes "71%" and a hyphen for minus, so both languages are spelled out. */
export const locales = {
  da: {
    number: {
      decimal: ",",
      thousands: ".",
      grouping: [3],
      currency: ["", "\u00a0kr."] as [string, string],
      percent: "\u00a0%",
      minus: "\u2212",
    },
    time: {
      dateTime: "%A den %d. %B %Y %X",
      date: "%d.%m.%Y",
      time: "%H.%M",
      periods: ["AM", "PM"] as [string, string],
      days: ["søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"],
      shortDays: ["søn.", "man.", "tirs.", "ons.", "tors.", "fre.", "lør."],
      months: "januar,februar,marts,april,maj,juni,juli,august,september,oktober,november,december".split(","),
      shortMonths: "jan.,feb.,mar.,apr.,maj,juni,juli,aug.,sep.,okt.,nov.,dec.".split(","),
    },
  },
  en: {
    number: {
      decimal: ".",
      thousands: ",",
      grouping: [3],
      currency: ["£", ""] as [string, string],
      percent: "%",
      minus: "\u2212",
    },
    time: {
      dateTime: "%A %e %B %Y, %X",
      date: "%d/%m/%Y",
      time: "%H:%M",
      periods: ["AM", "PM"] as [string, string],
      days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
      shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
      months: "January,February,March,April,May,June,July,August,September,October,November,December".split(","),
      shortMonths: "Jan,Feb,Mar,Apr,May,June,July,Aug,Sept,Oct,Nov,Dec".split(","),
    },
  },
} as const satisfies Record<Language, unknown>;

/** `1.234,5` / `1,234.5` with exactly `decimals` decimals and a true minus. */
export const formatNumber = (value: number, decimals: number, language: Language): string => {
  const { decimal, thousands } = locales[language].number;
  const [whole = "0", part] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
  const text = part === undefined ? grouped : grouped + decimal + part;
  return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text;
};

/** With its sign: "+7", "−7", "0". */
export const formatSigned = (value: number, decimals: number, language: Language): string => {
  const text = formatNumber(value, decimals, language);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
};

/** The end of an interval: one digit more where it would be written as zero and is not. */
export const formatEnd = (value: number, decimals: number, language: Language): string =>
  formatNumber(value, endDecimals(value, decimals), language);

/** "47–65"; in words where an end is negative: "−0,1 til 4,1" / "−0.1 to 4.1". */
export const formatRange = (low: number, high: number, decimals: number, language: Language): string => {
  const between = low < 0 || high < 0 ? (language === "da" ? " til " : " to ") : "–";
  return formatEnd(low, decimals, language) + between + formatEnd(high, decimals, language);
};

/** A whole per cent: "82 %" with a hard space / "82%". */
export const formatPercent = (percent: number, language: Language): string =>
  formatNumber(percent, 0, language) + locales[language].number.percent;

const parts = (isoDay: string) => {
  const [year = 0, month = 1, day = 1] = isoDay.split("-").map(Number);
  return { year, month, day };
};

/** "26. januar 2026" / "26 January 2026". */
export const formatDate = (isoDay: string, language: Language): string => {
  const { year, month, day } = parts(isoDay);
  const name = locales[language].time.months[month - 1] ?? "";
  return language === "da" ? `${day}. ${name} ${year}` : `${day} ${name} ${year}`;
};

/** "januar 2026" / "January 2026". */
export const formatMonth = (isoDay: string, language: Language): string => {
  const { year, month } = parts(isoDay);
  return `${locales[language].time.months[month - 1] ?? ""} ${year}`;
};

/** "26.01.2026" / "26/01/2026". */
export const formatShortDate = (isoDay: string, language: Language): string => {
  const [year = "", month = "", day = ""] = isoDay.split("-");
  return [day, month, year].join(language === "da" ? "." : "/");
};

/** "a, b og c" / "a, b and c". */
export const formatList = (items: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === "da" ? "da-DK" : "en-GB", { type: "conjunction" }).format(items);
