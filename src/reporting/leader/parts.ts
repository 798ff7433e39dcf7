import { reveal } from "../../disclosure/published.ts";
import { formatDate } from "../page/locale.ts";
import { dated, named } from "../page/source.ts";
import type { LeaderModel } from "./model.ts";
import type { Notice } from "./section.ts";
import { isSuppressed } from "./state.ts";
import type { Voice } from "./voice.ts";

const mostDots = 30;

const svg = (height: number, drawn: string): string =>
  `<svg class="dots" xmlns="http://www.w3.org/2000/svg" width="206" height="${height}" aria-hidden="true">${drawn}</svg>`;

const dots = (answered: number, invited: number): string => {
  const circles = Array.from({ length: invited }, (_, index) => {
    const fill = index < answered ? "#5a2a5b" : "#fff";
    return `<circle cx="${6 + 12 * (index % 17)}" cy="${6 + 12 * Math.floor(index / 17)}" r="4" fill="${fill}" stroke="#5a2a5b" stroke-width="1.25"/>`;
  });
  return svg(12 * Math.ceil(invited / 17), circles.join(""));
};

const bar = (answered: number, invited: number): string =>
  svg(
    12,
    `<path d="M0 2H206V10H0Z" fill="#fff" stroke="#5a2a5b"/><path d="M0 2H${((206 * answered) / invited).toFixed(1)}V10H0Z" fill="#5a2a5b"/>`,
  );

/** How many have answered. */
export interface Responded {
  readonly count: string;
  readonly text: string;
  /** The same as SVG; null where it is not told of how many. */
  readonly picture: string | null;
}

/** How many have answered: exact from the threshold on, with a dot for each invited employee. */
export const responseOf = ({ facts: { response, asked } }: LeaderModel, voice: Voice): Responded | null => {
  const { say, threshold, count, percent } = voice;
  if (!asked.employees && response.state === "under") return null;
  if (response.state === "under") {
    const values = { threshold: threshold(response.threshold) };
    const under =
      response.invited === null
        ? say("respondedUnderAlone", values)
        : say("respondedUnder", { ...values, invited: count(response.invited) });
    return { count: under, text: say("respondedUnderText"), picture: null };
  }
  const answered = count(response.answered);
  if (response.invited === null || response.percent === null)
    return { count: say("respondedAlone", { answered }), text: say("respondedTextAlone"), picture: null };
  const [some, all] = [reveal(response.answered), reveal(response.invited)];
  return {
    count: say("responded", { answered, invited: count(response.invited) }),
    text: say("respondedText", { percent: percent(response.percent) }),
    picture: all <= mostDots ? dots(some, all) : bar(some, all),
  };
};

/** What stands where employees' answers would, when there are too few of them. */
export const hiddenNotice = (model: LeaderModel, voice: Voice): Notice | null => {
  if (!isSuppressed(model)) return null;
  const { waves, open, thresholds } = model.study;
  const threshold = voice.threshold(thresholds.respondents);
  return {
    kind: "notice",
    id: "hidden",
    title: voice.say("hiddenTitle"),
    heading: voice.say("hiddenHeading"),
    text: open
      ? voice.say("hiddenOpen", { threshold, date: dated(formatDate(waves.at(-1)!.to, voice.language)) })
      : voice.say("hiddenClosed", { threshold }),
    reading: voice.say("hiddenInstead"),
  };
};

/** The rules that the page follows, where the reader can see them. */
export const footerOf = ({ study, facts }: LeaderModel, voice: Voice): string => {
  const { benchmark } = study.thresholds;
  const [respondents, categories] = [study.thresholds.respondents, study.thresholds.categories].map(voice.threshold);
  const date = dated(formatDate(study.waves.at(-1)!.to, voice.language));
  return [
    voice.say("footerInterval", { confidence: voice.confidence(study.confidence) }),
    voice.say("footerThresholds", { respondents: respondents!, categories: categories! }),
    benchmark === null ? "" : voice.say("footerBenchmark", { benchmark: voice.threshold(benchmark) }),
    voice.say(study.open ? "footerWaveOpen" : "footerWave", { date }),
    voice.say("footerLeader", { leader: named(facts.leader) }),
    study.synthetic ? voice.say("footerSynthetic") : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};
