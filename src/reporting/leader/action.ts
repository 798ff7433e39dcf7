import { strongest } from "./gap/finding.ts";
import { foremost, gapsOf } from "./gap/gaps.ts";
import { gapModel, type LeaderModel } from "./model.ts";
import type { Action } from "./section.ts";
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
  const answered = study.scales.filter((_, index) => (facts.scales[index]!.own.at(-1) ?? null) !== null);
  const first = answered.find(({ goal }) => goal) ?? answered[0]!;
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

/** From answers to action: questions, and room to write for the talk with employees, learning focus and practice arena. */
export const actionPart = (model: LeaderModel, voice: Voice): Action => {
  const { say } = voice;
  // Who has left the post has no employees to talk with about it.
  const talk = stateOf(model) === "left" ? [] : [{ id: "talk", title: say("talk"), question: say("talkQuestion") }];
  return {
    kind: "action",
    title: say("actTitle"),
    heading: say("reflect"),
    questions: questionsOf(model, voice),
    fields: [
      ...talk,
      { id: "focus", title: say("focus"), question: say("focusQuestion") },
      { id: "arena", title: say("arena"), question: say("arenaQuestion") },
    ],
    kept: say("notKept"),
  };
};
