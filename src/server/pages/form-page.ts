import type { Language } from "../../errors.ts";
import type { Assets } from "../../reporting/page/assets.ts";
import { type Html, html } from "../../reporting/page/html.ts";
import { filled } from "../../reporting/page/page.ts";
import { fill, wordsOf } from "../../reporting/page/words.ts";
import type { Text } from "../../study/study.ts";

type Words = Readonly<Record<keyof typeof import("../../../reports/server/words.da.json"), string>>;
export type Say = (key: keyof Words, values?: Readonly<Record<string, string | number>>) => string;

/** The server's words in a language. */
export const sayIn = (language: Language, assets: Assets): Say => {
  const words = wordsOf<Words>("server", language, assets);
  return (key, values = {}) => fill(words[key], values);
};

/** What every page of the server is made with. */
export interface Voice {
  readonly language: Language;
  readonly say: Say;
  readonly study: string;
  /** Address of the styles. */
  readonly style: string;
}

export const voicesOf = (assets: Assets, study: Text, style: string): ((language: Language) => Voice) => {
  const voice = (language: Language): Voice => ({
    language,
    say: sayIn(language, assets),
    study: study[language],
    style,
  });
  const voices = { da: voice("da"), en: voice("en") };
  return (language) => voices[language];
};

export interface FormPage {
  readonly title: string;
  readonly content: Html;
  /** Who is signed in, with the way out; null where nobody is. */
  readonly person: Html | null;
  /** Whether the page can be had in the other language by its address alone. */
  readonly path: string | null;
  readonly footer: string;
}

/** A page of the server's own: to sign in, to choose from, to be told no. */
export const formPage = ({ title, content, person, path, footer }: FormPage, voice: Voice, assets: Assets): string => {
  const { language, say, study, style } = voice;
  const other = language === "da" ? "en" : "da";
  const change =
    path === null
      ? null
      : html`<a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${say("otherLanguage")}</a>`;
  return filled(assets.text("reports/server/page.html"), {
    language: html`${language}`,
    title: html`${say("documentTitle", { page: title, study })}`,
    style: html`${style}`,
    skip: html`${say("skip")}`,
    top: html`<a href="/?lang=${language}">${say("site", { study })}</a>${person}${change}`,
    content: html`<h1>${title}</h1>
${content}`,
    footer: html`${footer}`,
  });
};

/** A field that says that a form came from this site, and from this browser. */
export const formField = (token: string): Html => html`<input type="hidden" name="form" value="${token}">`;

export const paragraph = (text: string): Html => html`<p>${text}</p>`;
export const lede = (text: string): Html => html`<p class="lede">${text}</p>`;
