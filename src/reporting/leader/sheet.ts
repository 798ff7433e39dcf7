import { formatMonth } from "../page/locale.ts";
import { dated, plain } from "../page/source.ts";
import { atStart } from "../page/words.ts";
import { actionPart } from "./action.ts";
import { answersFigure } from "./answers/figure.ts";
import { developmentFigure, developmentId } from "./development/figure.ts";
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

/** A figure with the notes of what in it is of an earlier release, in the last wave or in the waves that it names. */
const withKept = (section: Section, { study, facts }: LeaderModel, voice: Voice): Section => {
  if (section.kind !== "figure") return section;
  const told = section.id === developmentId ? study.waves : study.waves.slice(-1);
  const own = told.filter(({ id }) => facts.kept.includes(id));
  const shared = told.filter((wave) => study.kept.includes(wave.id) && !own.includes(wave));
  const noteOf = (word: "kept" | "keptShared", waves: typeof told): readonly string[] =>
    waves.length === 0 ? [] : [voice.say(word, { waves: atStart(voice.names(waves.map(({ name }) => name))) })];
  const notes = [section.note, ...noteOf("kept", own), ...noteOf("keptShared", shared)];
  return { ...section, note: notes.filter((note) => note !== "").join(" ") };
};

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
    sections: sections.filter((section) => section !== null).map((section) => withKept(section, model, voice)),
    footer: footerOf(model, voice),
  };
};
