import { reveal } from "../../disclosure/published.ts";
import { type Html, html, trusted } from "../page/html.ts";
import { formatDate } from "../page/locale.ts";
import { suppressedPanel } from "../page/page.ts";
import { dated, named } from "../page/source.ts";
import type { LeaderModel } from "./model.ts";
import { headHeight, type Part, paragraphHeight } from "./print.ts";
import { isSuppressed } from "./state.ts";
import type { Voice } from "./voice.ts";

const mostDots = 30;

const dots = (answered: number, invited: number): Html => {
  const circles = Array.from({ length: invited }, (_, index) => {
    const fill = index < answered ? "#5a2a5b" : "#fff";
    return `<circle cx="${6 + 12 * (index % 17)}" cy="${6 + 12 * Math.floor(index / 17)}" r="4" fill="${fill}" stroke="#5a2a5b" stroke-width="1.25"/>`;
  });
  const height = 12 * Math.ceil(invited / 17);
  return trusted(`<svg class="dots" width="206" height="${height}" aria-hidden="true">${circles.join("")}</svg>`);
};

const bar = (answered: number, invited: number): Html =>
  trusted(
    `<svg class="dots" width="206" height="12" aria-hidden="true"><path d="M0 2H206V10H0Z" fill="#fff" stroke="#5a2a5b"/><path d="M0 2H${((206 * answered) / invited).toFixed(1)}V10H0Z" fill="#5a2a5b"/></svg>`,
  );

/** How many have answered: exact from the threshold on, with a dot for each invited employee. */
export const responseOf = ({ facts: { response, asked } }: LeaderModel, voice: Voice): Html | null => {
  if (!asked.employees && response.state === "under") return null;
  if (response.state === "under") {
    const { threshold, invited } = response;
    const count =
      invited === null
        ? voice.say("respondedUnderAlone", { threshold: voice.threshold(threshold) })
        : voice.say("respondedUnder", { threshold: voice.threshold(threshold), invited: voice.count(invited) });
    return html`<p class="response"><b>${count}</b> ${voice.say("respondedUnderText")}</p>`;
  }
  const { invited, percent } = response;
  const answered = voice.count(response.answered);
  if (invited === null || percent === null)
    return html`<p class="response"><b>${voice.say("respondedAlone", { answered })}</b> ${voice.say("respondedTextAlone")}</p>`;
  const [some, all] = [reveal(response.answered), reveal(invited)];
  const picture = all <= mostDots ? dots(some, all) : bar(some, all);
  const count = voice.say("responded", { answered, invited: voice.count(invited) });
  return html`<p class="response"><b>${count}</b> ${voice.say("respondedText", { percent: voice.percent(percent) })}</p>${picture}`;
};

/** What stands where employees' answers would, when there are too few of them. */
export const hiddenPart = (model: LeaderModel, voice: Voice): Part | null => {
  if (!isSuppressed(model)) return null;
  const { waves, open, thresholds } = model.study;
  const threshold = voice.threshold(thresholds.respondents);
  const heading = voice.say("hiddenHeading");
  const text = open
    ? voice.say("hiddenOpen", { threshold, date: dated(formatDate(waves.at(-1)!.to, voice.language)) })
    : voice.say("hiddenClosed", { threshold });
  const markup = html`<section aria-labelledby="hidden-t"><h2 id="hidden-t">${voice.say("hiddenTitle")}</h2>${suppressedPanel(heading, text)}<p class="read">${voice.say("hiddenInstead")}</p></section>`;
  const instead = paragraphHeight(voice.say("hiddenInstead"), 14.5, 20.6, 694, voice);
  const height = headHeight + 16 + 30 + 26 + paragraphHeight(text, 16, 24, 610, voice) + 4 + instead;
  return { html: markup, height };
};

/** The rules that the page follows, where the reader can see them. */
export const footerPart = ({ study, facts }: LeaderModel, voice: Voice): Part => {
  const { benchmark } = study.thresholds;
  const [respondents, categories] = [study.thresholds.respondents, study.thresholds.categories].map(voice.threshold);
  const date = dated(formatDate(study.waves.at(-1)!.to, voice.language));
  const text = [
    voice.say("footerInterval", { confidence: voice.confidence(study.confidence) }),
    voice.say("footerThresholds", { respondents: respondents!, categories: categories! }),
    benchmark === null ? "" : voice.say("footerBenchmark", { benchmark: voice.threshold(benchmark) }),
    voice.say(study.open ? "footerWaveOpen" : "footerWave", { date }),
    voice.say("footerLeader", { leader: named(facts.leader) }),
    study.synthetic ? voice.say("footerSynthetic") : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  return { html: html`${text}`, height: 20 + paragraphHeight(text, 12, 16.2, 706, voice) };
};
