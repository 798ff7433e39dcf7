import { type Html, html, trusted } from "../page/html.ts";
import { formatDate } from "../page/locale.ts";
import { suppressedPanel } from "../page/page.ts";
import { variantOf } from "./finding.ts";
import { endsOf, place } from "./gap/rows.ts";
import { gapsOf, largest } from "./gaps.ts";
import type { LeaderModel } from "./model.ts";
import { headHeight, type Part, paragraphHeight } from "./print.ts";
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
export const responseOf = ({ facts: { response } }: LeaderModel, voice: Voice): Html => {
  if (response.state === "under") {
    const { threshold, invited } = response;
    const count =
      invited === null
        ? voice.say("respondedUnderAlone", { threshold })
        : voice.say("respondedUnder", { threshold, invited });
    return html`<p class="response"><b>${count}</b> ${voice.say("respondedUnderText")}</p>`;
  }
  const { answered, invited } = response;
  if (invited === null)
    return html`<p class="response"><b>${voice.say("respondedAlone", { answered })}</b> ${voice.say("respondedTextAlone")}</p>`;
  const percent = voice.percent(Math.floor((100 * answered) / invited));
  const picture = invited <= mostDots ? dots(answered, invited) : bar(answered, invited);
  return html`<p class="response"><b>${voice.say("responded", { answered, invited })}</b> ${voice.say("respondedText", { percent })}</p>${picture}`;
};

/** What stands where employees' answers would, when there are too few of them. */
export const hiddenPart = (model: LeaderModel, voice: Voice): Part | null => {
  if (variantOf(model) === "both" || variantOf(model) === "employees") return null;
  const { waves, open, thresholds } = model.study;
  const threshold = thresholds.respondents;
  const heading =
    model.facts.response.state === "under" ? voice.say("hiddenHeading", { threshold }) : voice.say("hiddenScales");
  const text = open
    ? voice.say("hiddenOpen", { date: formatDate(waves.at(-1)!.to, voice.language) })
    : voice.say("hiddenClosed");
  const markup = html`<section aria-labelledby="hidden-t"><h2 id="hidden-t">${voice.say("hiddenTitle")}</h2>${suppressedPanel(heading, text)}<p class="read">${voice.say("hiddenInstead")}</p></section>`;
  const height = headHeight + 16 + 30 + 26 + paragraphHeight(text, 16, 24, 610, voice) + 25;
  return { html: markup, height };
};

const highest = (model: LeaderModel, without: number): number | null => {
  const levels = model.study.scales.flatMap((scale, index) => {
    const cell = model.facts.scales[index]!.employees.at(-1);
    if (index === without || !scale.own || cell?.state !== "shown") return [];
    return [{ index, at: place(cell.value.mean, scale)! }];
  });
  return (
    levels.reduce<{ index: number; at: number } | null>((top, each) => (!top || each.at > top.at ? each : top), null)
      ?.index ?? null
  );
};

/** Reflection, knowledge, action: three questions, made from the largest gap and the scale answered highest. */
export const questionsOf = (model: LeaderModel, voice: Voice): readonly string[] => {
  const name = (index: number) => voice.name(model.study.scales[index]!.name);
  const variant = variantOf(model);
  if (variant === "neither")
    return [voice.say("reflectOwnView"), voice.say("reflectSituation"), voice.say("reflectAsk")];
  if (variant === "own") {
    const first = model.study.scales.findIndex((_, index) => (model.facts.scales[index]!.own.at(-1) ?? null) !== null);
    return [voice.say("reflectSure"), voice.say("reflectLast", { scale: name(first) }), voice.say("reflectAsk")];
  }
  const focus = largest(gapsOf(model))?.scale ?? model.facts.answers?.scale ?? 0;
  const high = highest(model, focus);
  return [
    voice.say("reflectSurprise"),
    voice.say("reflectKnow", { scale: name(focus) }),
    high === null
      ? voice.say("reflectTry", { scale: name(focus) })
      : voice.say("reflectUse", { high: name(high), scale: name(focus) }),
  ];
};

/** From answers to action: questions, and room to write the learning focus and the practice arena by hand. */
export const actionPart = (model: LeaderModel, voice: Voice): Part => {
  const field = (id: string, title: Html, question: string) =>
    html`<div><h3><label for="${id}">${title}</label></h3><p class="ask" id="${id}-q">${question}</p><textarea id="${id}" rows="3" aria-describedby="${id}-q kept"></textarea></div>`;
  const questions = questionsOf(model, voice);
  const markup = html`<section class="act" aria-labelledby="act-t"><h2 id="act-t">${voice.say("actTitle")}</h2><div class="columns"><div><h3>${voice.say("reflect")}</h3><ol>${questions.map(
    (question) => html`<li>${question}</li>`,
  )}</ol></div>${field("focus", html`${voice.say("focus")}`, voice.say("focusQuestion"))}${field("arena", html`${voice.say("arena")}`, voice.say("arenaQuestion"))}</div><p class="note kept" id="kept">${voice.say("notKept")}</p></section>`;
  const asked = questions.reduce((sum, question) => sum + 3 + paragraphHeight(question, 13.5, 18.3, 215, voice), 0);
  const written = paragraphHeight(voice.say("arenaQuestion"), 13.5, 18.3, 200, voice) + 78;
  return { html: markup, height: headHeight + 24 + Math.max(asked, written) };
};

/** The rules that the page follows, where the reader can see them. */
export const footerPart = ({ study, facts }: LeaderModel, voice: Voice): Part => {
  const { respondents, categories, benchmark } = study.thresholds;
  const date = formatDate(study.waves.at(-1)!.to, voice.language);
  const [low, high] = endsOf(
    study.scales.filter((scale) => scale.low === 0 && scale.high === 100),
    voice,
  );
  const text = [
    low && high ? voice.say("footerScale", { low, high }) : "",
    voice.say("footerInterval", { confidence: voice.percent(study.confidence * 100) }),
    voice.say("footerThresholds", { respondents, categories }),
    benchmark === null ? "" : voice.say("footerBenchmark", { benchmark }),
    voice.say(study.open ? "footerWaveOpen" : "footerWave", { date }),
    voice.say("footerLeader", { leader: facts.leader }),
    study.synthetic ? voice.say("footerSynthetic") : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
  return { html: html`${text}`, height: 20 + paragraphHeight(text, 12, 16.2, 706, voice) };
};
