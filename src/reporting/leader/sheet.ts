import { formatMonth } from "../page/locale.ts";
import { dated, plain } from "../page/source.ts";
import { actionPart } from "./action.ts";
import { answersFigure } from "./answers/figure.ts";
import { developmentFigure } from "./development/figure.ts";
import { findingOf } from "./finding.ts";
import { gapFigure } from "./gap/figure.ts";
import { answersModel, developmentModel, gapModel, type LeaderModel } from "./model.ts";
import { footerOf, hiddenNotice, type Responded, responseOf } from "./parts.ts";
import type { Section } from "./section.ts";
import type { Voice } from "./voice.ts";

/** One leader's report in words and charts: what a page and a printed sheet are both made of. */
export interface Sheet {
  /** Of the document, not shown in it. */
  readonly name: string;
  readonly eyebrow: string;
  readonly title: string;
  readonly lede: string;
  readonly confidential: string;
  readonly confidentialText: string;
  readonly response: Responded | null;
  readonly sections: readonly Section[];
  readonly footer: string;
}

/** Where a report is read: a file can be handed on, what stands behind a sign-in cannot. */
/** `coach-may`: the study lets leaders show the own report to their coach, and this one has not; `coach-sees`: has. */
export type Place = "file" | "signed-in" | "coach-may" | "coach-sees";

const confidentialTexts = {
  file: "confidentialText",
  "signed-in": "confidentialSignedIn",
  "coach-may": "confidentialCoachMay",
  "coach-sees": "confidentialCoachSees",
} as const satisfies Readonly<Record<Place, string>>;

export const sheetOf = (model: LeaderModel, place: Place, voice: Voice): Sheet => {
  const { waves, title } = model.study;
  const answers = answersModel(model);
  const sections = [
    gapFigure(gapModel(model), voice),
    hiddenNotice(model, voice),
    developmentFigure(developmentModel(model), voice),
    answers ? answersFigure(answers, voice) : null,
    actionPart(model, voice),
  ];
  return {
    name: voice.say("documentTitle", { study: title[voice.language] }),
    eyebrow: voice.say("eyebrow", {
      round: plain("number", waves.length),
      month: dated(formatMonth(waves.at(-1)!.to, voice.language)),
    }),
    ...findingOf(model, voice),
    confidential: voice.say("confidential"),
    confidentialText: voice.say(confidentialTexts[place]),
    response: responseOf(model, voice),
    sections: sections.filter((section) => section !== null),
    footer: footerOf(model, voice),
  };
};
