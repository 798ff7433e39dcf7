import type { Language } from "../errors.ts";
import { type Html, html } from "../reporting/page/html.ts";
import { lede, type Voice } from "./pages/form-page.ts";
import type { Answer } from "./visit.ts";

/** What somebody wrote into a form that was not taken: it is nowhere else. */
const kept = (form: URLSearchParams, { say }: Voice): Html | null => {
  const texts = [...form].filter(([name, text]) => name !== "form" && text.trim().length > 20).map(([, text]) => text);
  if (texts.length === 0) return null;
  return html`<section><h2>${say("keptTitle")}</h2><p>${say("keptText")}</p>${texts.map(
    (text) => html`<textarea readonly rows="10" aria-label="${say("keptTitle")}">
${text}</textarea>`,
  )}</section>`;
};

const reasons = {
  out: ["outTitle", "outText"],
  forbidden: ["forbiddenTitle", "forbiddenText"],
  broken: ["unavailableTitle", "unavailableText"],
  full: ["fullTitle", "fullText"],
} as const;

type Draw = (title: string, content: Html, voice: Voice) => string;

/** The pages that say no. That of a page which is not there and that of one which is not for the reader are the same bytes. */
export const openRefusals = (voiceOf: (language: Language) => Voice, draw: Draw) => {
  const simple =
    (status: Answer["status"], title: Parameters<Voice["say"]>[0], text: Parameters<Voice["say"]>[0]) =>
    (language: Language): Answer => {
      const voice = voiceOf(language);
      return { status, body: draw(voice.say(title), lede(voice.say(text)), voice) };
    };
  return {
    notFound: (language: Language): Answer => {
      const voice = voiceOf(language);
      const content = html`${lede(voice.say("notFoundText"))}<p><a class="button" href="/?lang=${language}">${voice.say("notFoundBack")}</a></p>`;
      return { status: 404, body: draw(voice.say("notFoundTitle"), content, voice) };
    },
    forbidden: simple(403, "forbiddenTitle", "forbiddenText"),
    /** Says no to a form of this site with what was written into it; as it would have been where nothing was. */
    withText: (refused: Answer, why: keyof typeof reasons, language: Language, form: URLSearchParams): Answer => {
      const voice = voiceOf(language);
      const text = kept(form, voice);
      if (text === null) return refused;
      const [title, explained] = reasons[why];
      const again = html`<p><a class="button" href="/?lang=${language}">${voice.say("notFoundBack")}</a></p>`;
      const content = html`${lede(voice.say(explained))}${text}${again}`;
      return { status: refused.status === 404 ? 403 : refused.status, body: draw(voice.say(title), content, voice) };
    },
    tooLarge: simple(413, "tooLargeTitle", "tooLargeText"),
    unavailable: simple(503, "unavailableTitle", "unavailableText"),
    broken: simple(500, "unavailableTitle", "unavailableText"),
    full: simple(503, "fullTitle", "fullText"),
    misdirected: (): Answer => ({ status: 421, body: "", type: "text/plain; charset=utf-8" }),
    tooMany: (language: Language, seconds: number): Answer => {
      const voice = voiceOf(language);
      const body = draw(voice.say("tooManyTitle"), lede(voice.say("tooManyText", { seconds })), voice);
      return { status: 429, body, headers: { "retry-after": String(seconds) } };
    },
  };
};

export type Refusals = ReturnType<typeof openRefusals>;
