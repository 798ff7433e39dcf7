import type { Effect } from "../../effect/effect.ts";
import { type Html, html } from "../../page/html.ts";
import { section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { GroupedWarning, WarningsModel } from "./model.ts";

type About = GroupedWarning["about"][number];

const most = 3;
const outcomeOf = ({ outcome, rater }: About): string => `${outcome}:${rater}`;
const waveOf = ({ wave }: About): string => wave;
const estimatorOf = ({ estimator }: About): string => estimator;

const firstOfEach = (about: readonly About[], of: (each: About) => string): readonly About[] => [
  ...new Map(about.map((each) => [of(each), each])).values(),
];

/** One of each place (outcome, wave, estimator): arms share a model, and its warnings with it. */
const places = (about: readonly About[]): readonly About[] =>
  firstOfEach(about, (each) => [outcomeOf(each), waveOf(each), estimatorOf(each)].join(" "));

const outcomeWords = (own: readonly About[], total: number, voice: ResearchVoice): string =>
  own.length > most
    ? voice.say("warningScope.outcomes", { count: own.length, total })
    : voice.list(own.map(({ outcome, rater }) => within(voice.outcome({ scale: outcome, rater }))));

const waveWords = (own: readonly About[], total: number, voice: ResearchVoice): string =>
  own.length > most
    ? voice.say("warningScope.wavesCount", { count: own.length, total })
    : voice.say("warningScope.waves", { waves: voice.list(own.map(({ wave }) => `“${voice.wave(wave)}”`)) });

const estimatorWords = (own: readonly About[], total: number, voice: ResearchVoice): string =>
  own.length > most
    ? voice.say("warningScope.estimators", { count: own.length, total })
    : voice.list(own.map(({ estimator }) => within(voice.estimator(estimator))));

interface Dimension {
  readonly of: (about: About) => string;
  readonly words: (own: readonly About[], total: number, voice: ResearchVoice) => string;
}

const dimensions: readonly Dimension[] = [
  { of: outcomeOf, words: outcomeWords },
  { of: waveOf, words: waveWords },
  { of: estimatorOf, words: estimatorWords },
];

/** Whether `own` is all of `all` that has its values in these dimensions. */
const tells = (chosen: readonly Dimension[], own: readonly About[], all: readonly About[]): boolean => {
  const values = chosen.map(({ of }) => ({ of, has: new Set(own.map(of)) }));
  return all.filter((each) => values.every(({ of, has }) => has.has(of(each)))).length === own.length;
};

/** The fewest dimensions that tell `own` from the rest of `all`; null where even the three together do not. */
const told = (own: readonly About[], all: readonly About[]): readonly Dimension[] | null =>
  tells(dimensions, own, all)
    ? dimensions.reduce((kept, dimension) => {
        const fewer = kept.filter((each) => each !== dimension);
        return tells(fewer, own, all) ? fewer : kept;
      }, dimensions)
    : null;

const scopeOf = (warning: GroupedWarning, effects: readonly Effect[], voice: ResearchVoice): string => {
  const own = places(warning.about);
  const all = places([...warning.about, ...effects.filter(({ status }) => status === "estimated")]);
  if (own.length === all.length) return voice.say("warningScope.all");
  const dimensions = told(own, all);
  if (dimensions) {
    const parts = dimensions.map(({ of, words }) => words(firstOfEach(own, of), firstOfEach(all, of).length, voice));
    return voice.say("warningAbout", { estimates: parts.join("; ") });
  }
  if (own.length > most) return voice.say("warningScope.count", { count: own.length });
  const estimates = own.map(({ outcome, rater, wave, estimator }) =>
    voice.say("warningEstimate", {
      outcome: within(voice.outcome({ scale: outcome, rater })),
      wave: within(voice.wave(wave)),
      estimator: within(voice.estimator(estimator)),
    }),
  );
  return voice.say("warningAbout", { estimates: estimates.join("; ") });
};

/** Every warning of every estimate, in words, with what it is about. */
export const warningsSection = (model: WarningsModel, voice: ResearchVoice): Html | null => {
  if (model.effects.length === 0) return null;
  if (model.warnings.length === 0)
    return section("warnings", voice.say("warningsTitle"), html`<p class="read">${voice.say("warningsNone")}</p>`);
  const items = model.warnings.map((warning) => {
    const scope =
      warning.code === "covariate-after-training"
        ? voice.say("warningScope.covariates")
        : scopeOf(warning, model.effects, voice);
    return html`<li>${voice.warning(warning)} <span class="note">${scope}</span></li>`;
  });
  return section("warnings", voice.say("warningsTitle"), html`<ul>${items}</ul>`);
};
