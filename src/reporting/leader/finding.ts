import { formatDate } from "../page/locale.ts";
import type { Finding } from "../page/page.ts";
import { dated } from "../page/source.ts";
import { gapSentence, strongest } from "./gap/finding.ts";
import type { GapModel } from "./gap/model.ts";
import { gapModel, type LeaderModel } from "./model.ts";
import { stateOf } from "./state.ts";
import type { Voice } from "./voice.ts";

const sentences = (...all: readonly string[]): string => all.filter((sentence) => sentence !== "").join(" ");

const strongestTitle = (model: GapModel, voice: Voice): string => {
  const top = strongest(model);
  return top.length === 0 || top.length > 2
    ? voice.say("titleSeen")
    : voice.say("titleStrongest", { scales: voice.names(top.map(({ name }) => name)) });
};

const strongestSentence = (model: GapModel, voice: Voice): string => {
  const top = strongest(model);
  return top.length === 0 || top.length > 2
    ? ""
    : voice.say("ledeStrongest", { scales: voice.names(top.map(({ name }) => name)) });
};

/** Employees answered, the leader did not: what employees answered, and what the leader can do about the other half. */
const ownMissing = (model: LeaderModel, voice: Voice): Finding => {
  const { waves, open } = model.study;
  const advice = open
    ? voice.say("adviceAnswerNow", { date: dated(formatDate(waves.at(-1)!.to, voice.language)) })
    : voice.say("adviceAnswerNext");
  return {
    title: voice.say("titleOwnMissing"),
    lede: sentences(voice.say("opening"), strongestSentence(gapModel(model), voice), advice),
  };
};

const hasEarlier = ({ facts }: LeaderModel): boolean =>
  facts.scales.some(
    ({ own, employees }) => own.some((value) => value !== null) || employees.some((cell) => cell?.state === "shown"),
  );

/** What the page says first. Made from the shown numbers by fixed rules: never a wish, a cause or a grade. */
export const findingOf = (model: LeaderModel, voice: Voice): Finding => {
  const { study } = model;
  const threshold = voice.threshold(study.thresholds.respondents);
  switch (stateOf(model)) {
    case "both": {
      const gap = gapModel(model);
      return { title: strongestTitle(gap, voice), lede: sentences(voice.say("opening"), gapSentence(gap, voice)) };
    }
    case "own-missing":
      return ownMissing(model, voice);
    case "own-not-asked":
      return {
        title: strongestTitle(gapModel(model), voice),
        lede: sentences(voice.say("opening"), voice.say("ledeOwnNotAsked")),
      };
    case "few":
      return { title: voice.say("titleFew"), lede: voice.say("ledeFew", { threshold }) };
    case "few-own-missing":
      return { title: voice.say("titleFewOwnMissing"), lede: voice.say("ledeFewAlone", { threshold }) };
    case "few-own-not-asked":
      return { title: voice.say("titleFew"), lede: voice.say("ledeFewAlone", { threshold }) };
    case "employees-not-asked":
      return { title: voice.say("titleEmployeesNotAsked"), lede: voice.say("ledeEmployeesNotAsked") };
    case "own-missing-alone":
      return { title: voice.say("titleOwnMissingAlone"), lede: voice.say("ledeOwnMissingAlone") };
    case "left":
      return { title: voice.say("titleLeft"), lede: voice.say(hasEarlier(model) ? "ledeLeft" : "ledeLeftNothing") };
    case "ahead":
      return { title: voice.say("titleAhead"), lede: voice.say("ledeAhead") };
    case "not-asked":
      return { title: voice.say("titleNotAsked"), lede: voice.say("ledeNotAsked") };
    case "empty":
      return study.open
        ? { title: voice.say("titleEmptyOpen"), lede: voice.say("ledeEmptyOpen") }
        : { title: voice.say("titleEmpty"), lede: "" };
  }
};
