import type { Language } from "../errors.ts";
import type { Assets } from "../reporting/page/assets.ts";
import { type Html, html } from "../reporting/page/html.ts";
import type { FormPage, Voice } from "./pages/form-page.ts";
import { formField, formPage } from "./pages/form-page.ts";
import { formToken } from "./policy.ts";
import { idleMinutes } from "./state/sessions.ts";
import type { Answer, Visit } from "./visit.ts";

/** How handlers make the server's own pages. */
export interface Site {
  readonly voiceOf: (language: Language) => Voice;
  /** A page for who is signed in, or who is not. */
  readonly page: (visit: Visit, path: string | null, title: string, content: Html) => Answer;
  /** A page that is the same for all. */
  readonly plain: (title: string, content: Html, voice: Voice) => string;
  readonly field: (visit: Pick<Visit, "session" | "browser">) => Html;
}

export const openSite = (voiceOf: (language: Language) => Voice, assets: Assets, secret: string): Site => {
  const draw = (page: FormPage, voice: Voice): string => formPage(page, voice, assets);
  const field: Site["field"] = (visit) => formField(formToken(secret, visit));
  const personOf = (visit: Visit, { say, language }: Voice): Html | null =>
    visit.person &&
    html`<form method="post" action="/sign-out?lang=${language}"><span>${say("signedInAs", { person: visit.person.id })}</span>${field(visit)}<button>${say("signOut")}</button></form>`;
  const plain: Site["plain"] = (title, content, voice) =>
    draw({ title, content, person: null, path: null, footer: voice.say("footerSignIn") }, voice);
  return {
    voiceOf,
    field,
    plain,
    page: (visit, path, title, content) => {
      const voice = voiceOf(visit.language);
      const footer = visit.person === null ? voice.say("footerSignIn") : voice.say("footer", { minutes: idleMinutes });
      return { status: 200, body: draw({ title, content, person: personOf(visit, voice), path, footer }, voice) };
    },
  };
};
