import { type Html, html } from "../page/html.ts";
import { strongest } from "./gap/finding.ts";
import { foremost, gapsOf } from "./gap/gaps.ts";
import { gapModel, type LeaderModel } from "./model.ts";
import { headHeight, type Part, paragraphHeight } from "./print.ts";
import { stateOf } from "./state.ts";
import type { Voice } from "./voice.ts";

/** The scale that the questions are about: that of the gap the page tells of, else that whose answers it shows. */
const focusOf = (model: LeaderModel) =>
  foremost(gapsOf(gapModel(model)))?.scale ?? model.study.scales[model.facts.answers?.scale ?? 0]!;

const questionsOnAnswers = (model: LeaderModel, voice: Voice): readonly string[] => {
  const focus = focusOf(model);
  const scale = voice.name(focus.name);
  const { scales, ...rest } = gapModel(model);
  const [high] = strongest({ ...rest, scales: scales.filter((each) => each.scale !== focus) });
  return [
    voice.say("reflectSurprise"),
    voice.say("reflectKnow", { scale }),
    high ? voice.say("reflectUse", { high: voice.name(high.name), scale }) : voice.say("reflectTry", { scale }),
  ];
};

const questionsOnOwn = ({ study, facts }: LeaderModel, voice: Voice): readonly string[] => {
  const first = study.scales.find((_, index) => (facts.scales[index]!.own.at(-1) ?? null) !== null)!;
  return [
    voice.say("reflectSure"),
    voice.say("reflectLast", { scale: voice.name(first.name) }),
    voice.say("reflectAsk"),
  ];
};

/** Reflection, knowledge, action: three questions, made from the gap that is told of and the scale answered highest. */
const questionsOf = (model: LeaderModel, voice: Voice): readonly string[] => {
  switch (stateOf(model)) {
    case "both":
    case "own-missing":
    case "own-not-asked":
      return questionsOnAnswers(model, voice);
    case "few":
    case "employees-not-asked":
      return questionsOnOwn(model, voice);
    case "left":
      return [voice.say("reflectTake"), voice.say("reflectOwnView"), voice.say("reflectSituation")];
    default:
      return [voice.say("reflectOwnView"), voice.say("reflectSituation"), voice.say("reflectAsk")];
  }
};

const field = (id: string, title: string, question: string): Html =>
  html`<div><h3><label for="${id}">${title}</label></h3><p class="ask" id="${id}-q">${question}</p><textarea id="${id}" rows="3" aria-describedby="${id}-q kept"></textarea></div>`;

const [line, column] = [18.3, 215];

/** From answers to action: questions, and room to write for the talk with employees, learning focus and practice arena. */
export const actionPart = (model: LeaderModel, voice: Voice): Part => {
  const questions = questionsOf(model, voice);
  const list = html`<h3>${voice.say("reflect")}</h3><ol>${questions.map((question) => html`<li>${question}</li>`)}</ol>`;
  // Who has left the post has no employees to talk with about it.
  const talk = stateOf(model) === "left" ? [] : [field("talk", voice.say("talk"), voice.say("talkQuestion"))];
  const fields = [
    ...talk,
    field("focus", voice.say("focus"), voice.say("focusQuestion")),
    field("arena", voice.say("arena"), voice.say("arenaQuestion")),
  ];
  const markup = html`<section class="act" aria-labelledby="act-t"><h2 id="act-t">${voice.say("actTitle")}</h2>${list}<div class="columns">${fields}</div><p class="note kept" id="kept">${voice.say("notKept")}</p></section>`;
  const height = (text: string, width: number) => paragraphHeight(text, 13.5, line, width, voice);
  const asked = questions.reduce((sum, question) => sum + 3 + height(question, 680), 0);
  const told = Math.max(
    ...(["talkQuestion", "focusQuestion", "arenaQuestion"] as const).map((key) => height(voice.say(key), column)),
  );
  return { html: markup, height: headHeight + 22 + asked + 8 + 22 + told + 78 };
};
