import type { Language } from "../../errors.ts";
import { html, toText } from "../../reporting/page/html.ts";
import type { Say } from "./form-page.ts";

export const barStyle = `.way{display:flex;justify-content:space-between;gap:16px;padding:8px 16px;font-size:14px;line-height:24px}
@media print{.way{display:none}}`;

/** A page of a report with the way back and the other language above it, where the same of it is shown. */
export const withBar = (page: string, language: Language, shown: string, say: Say): string => {
  const other = language === "da" ? "en" : "da";
  const query = `?lang=${other}${shown === "" ? "" : `&${shown}`}`;
  const way = html`<nav class="way" aria-label="${say("way")}"><a href="/?lang=${language}">${say("toOverview")}</a><a id="other-language" href="${query}" lang="${other}" hreflang="${other}">${say("otherLanguage")}</a></nav>`;
  // The policy comes with the answer, not inside the page.
  return page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, "")
    .replace(/<a class="skip"[^>]*>[^<]*<\/a>\n/, (skip) => `${skip}${toText(way)}\n`);
};
