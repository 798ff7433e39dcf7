import { type Published, publishedIn, reveal } from "../../../disclosure/published.ts";
import { inSentence } from "../../page/words.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Comparison, Difference, EffectsPart } from "./model.ts";

export interface ShownComparison extends Omit<Comparison, "difference"> {
  readonly difference: Difference;
  /** The same as the fact that it is. */
  readonly published: Published<Difference>;
}

const shownOf = (all: readonly Comparison[]): readonly ShownComparison[] =>
  all.flatMap((each) => {
    const published = publishedIn(each.difference);
    return published ? [{ ...each, difference: reveal(published), published }] : [];
  });

/** The comparisons in primary outcomes whose numbers may be shown: what findings are counted among. */
export const shownComparisons = ({ comparisons }: EffectsPart): readonly ShownComparison[] => shownOf(comparisons);

/** The same in all outcomes. */
export const shownInAll = ({ comparisons, secondary }: EffectsPart): readonly ShownComparison[] =>
  shownOf([...comparisons, ...secondary]);

/** That the lines of secondary outcomes are not adjusted, and what chance alone gives; empty where none is shown. */
export const secondaryWords = ({ secondary }: EffectsPart, voice: ManagementVoice): string => {
  const total = shownOf(secondary).length;
  return total === 0
    ? ""
    : voice.say("effectsSecondary", { total: voice.tally(total), expected: voice.expected(total) });
};

/** How many shown differences the deciding p calls statistically significant: one count for the whole page. */
export const clearCount = (part: EffectsPart): number =>
  shownComparisons(part).filter(({ difference }) => difference.clear).length;

/** A difference with its interval, or the word for a suppressed one. */
export const differenceWords = ({ difference, outcome }: Comparison, voice: ManagementVoice): string =>
  voice.difference(difference, outcome.decimals);

/** How the count of clear differences allows for chance: by the plan's correction, or by what chance alone gives. */
export const correctionWords = (part: EffectsPart, voice: ManagementVoice): string => {
  const total = shownComparisons(part).length;
  if (part.multiplicity !== "none") {
    const method = voice.say(`correction.${part.multiplicity}`);
    return voice.say(part.adjusted ? "effectsAdjusted" : "effectsAdjustedCount", { method });
  }
  return total > 1 ? voice.say("effectsChance", { total: voice.tally(total), expected: voice.expected(total) }) : "";
};

/** Which differences are of an earlier release; empty where none is. */
export const keptWords = (shown: readonly ShownComparison[], voice: ManagementVoice): string => {
  const kept = shown.filter(({ difference }) => difference.since !== null);
  const names = kept.map(({ arm, outcome }) =>
    voice.say("keptGroup", { name: voice.arm(arm), wave: voice.outcome(outcome) }),
  );
  return names.length === 0 ? "" : voice.say("kept", { groups: voice.list(names) });
};

interface Claim {
  readonly outcome: Comparison["outcome"];
  readonly more: boolean;
  readonly arms: readonly string[];
  /** Whether the claim holds of every trained arm. */
  readonly everywhere: boolean;
}

/** What the clear differences say, one claim for each outcome and direction, in the order of outcomes. */
const claimsOf = (part: EffectsPart): readonly Claim[] => {
  const clear = shownComparisons(part).filter(({ difference }) => difference.clear);
  const of = ({ outcome }: Comparison | ShownComparison) => JSON.stringify([outcome.scale, outcome.rater]);
  return [...new Set(clear.map(of))].flatMap((key) =>
    [true, false].flatMap((more) => {
      const own = clear.filter((each) => of(each) === key && each.difference.estimate > 0 === more);
      if (own.length === 0) return [];
      const everywhere = own.length === part.comparisons.filter((each) => of(each) === key).length;
      return [{ outcome: own[0]!.outcome, more, arms: own.map(({ arm }) => arm), everywhere }];
    }),
  );
};

const claimWords = ({ outcome, more, arms, everywhere }: Claim, voice: ManagementVoice): string => {
  const rater = outcome.rater ?? "difference";
  const what = voice.say(more ? `more.${rater}` : `less.${rater}`, { scale: inSentence(voice.text(outcome.name)) });
  const names = voice.list(arms.map((arm) => inSentence(voice.arm(arm))));
  return everywhere ? voice.say("claimEverywhere", { what }) : voice.say("claim", { what, arms: names });
};

const longest = 170;

/** The clear differences in words; null where there are none, more than a heading holds, or none may be called an effect. */
export const claims = (part: EffectsPart, voice: ManagementVoice): string | null => {
  if (part.reservations.length > 0) return null;
  const text = claimsOf(part)
    .map((claim) => claimWords(claim, voice))
    .join("; ");
  return text === "" || text.length > longest ? null : text;
};
