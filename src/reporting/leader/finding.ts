import { type Gap, gapsOf, largest } from "./gaps.ts";
import type { LeaderModel } from "./model.ts";
import type { Voice } from "./voice.ts";

/** Which page this is: everything, employees only, own answers only, or neither. */
export type Variant = "both" | "employees" | "own" | "neither";

export const variantOf = ({ facts }: LeaderModel): Variant => {
  const own = facts.scales.some((scale) => (scale.own.at(-1) ?? null) !== null);
  const employees = facts.scales.some((scale) => scale.employees.at(-1)?.state === "shown");
  if (employees) return own ? "both" : "employees";
  return own ? "own" : "neither";
};

/** The page's heading and first sentences. */
export interface Finding {
  readonly title: string;
  readonly lede: string;
}

const size = (gap: Gap, voice: Voice): string => voice.value(Math.abs(gap.value), gap);

/** The gaps as large as this one, in either direction. */
const tiesOf = (most: Gap, gaps: readonly Gap[]): readonly Gap[] =>
  gaps.filter((gap) => Math.abs(gap.share) === Math.abs(most.share));

const headline = (most: Gap, gaps: readonly Gap[], voice: Voice): string => {
  const ties = tiesOf(most, gaps);
  const isLargest = gaps.every((gap) => Math.abs(gap.share) <= Math.abs(most.share));
  return isLargest && ties.length <= 2 && ties.every((gap) => gap.clear)
    ? voice.say("titleGap", { scales: voice.names(ties.map(({ name }) => name)) })
    : voice.say("titleClearGap", { scales: voice.name(most.name) });
};

const firstSentence = (most: Gap, gaps: readonly Gap[], voice: Voice): string => {
  const alike = tiesOf(most, gaps).filter((gap) => gap.clear && gap.share === most.share && gap.value === most.value);
  if (alike.length === 1 && tiesOf(most, gaps).length === 1)
    return voice.say(most.value > 0 ? "ledeHigher" : "ledeLower", { gap: size(most, voice) });
  const values = { gap: size(most, voice), scales: voice.names(alike.map(({ name }) => name)) };
  return voice.say(most.value > 0 ? "ledeHigherOn" : "ledeLowerOn", values);
};

const secondSentence = (most: Gap, gaps: readonly Gap[], voice: Voice): string => {
  const other = largest(
    gaps.filter((gap) => gap.clear && gap.value !== 0 && Math.sign(gap.value) !== Math.sign(most.value)),
  );
  if (other) {
    const values = { gap: size(other, voice), scale: voice.name(other.name) };
    return voice.say(other.value > 0 ? "ledeOtherHigher" : "ledeOtherLower", values);
  }
  const agreed = gaps.filter((gap) => gap.clear === false);
  if (agreed.length === 0 || agreed.length > 3) return "";
  return voice.say("ledeRest", { scales: voice.names(agreed.map(({ name }) => name)) });
};

const gapFinding = (gaps: readonly Gap[], voice: Voice): Finding => {
  if (gaps.length === 0 || gaps.every((gap) => gap.clear === null)) {
    return { title: voice.say("titleUncertain"), lede: gaps.length === 0 ? "" : voice.say("ledeUncertain") };
  }
  const most = largest(gaps.filter((gap) => gap.clear));
  if (!most) return { title: voice.say("titleAgree"), lede: voice.say("ledeAgree") };
  const lede = `${firstSentence(most, gaps, voice)} ${secondSentence(most, gaps, voice)}`.trim();
  return { title: headline(most, gaps, voice), lede };
};

/** What the page says first. Made from the shown numbers by fixed rules: never a wish, a cause or a grade. */
export const findingOf = (model: LeaderModel, voice: Voice): Finding => {
  const threshold = model.study.thresholds.respondents;
  switch (variantOf(model)) {
    case "both":
      return gapFinding(gapsOf(model), voice);
    case "employees":
      return { title: voice.say("titleNoOwn"), lede: voice.say("ledeNoOwn") };
    case "own":
      return { title: voice.say("titleSuppressed"), lede: voice.say("ledeSuppressed", { threshold }) };
    case "neither":
      return { title: voice.say("titleNothing"), lede: voice.say("ledeNothing", { threshold }) };
  }
};
