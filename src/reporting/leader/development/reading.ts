import type { Change } from "../../../disclosure/change.ts";
import { type Published, publishedIn, reveal, valueIn } from "../../../disclosure/published.ts";
import type { TeamMean } from "../../../disclosure/team.ts";
import { plain } from "../../page/source.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import type { DevelopingScale, DevelopmentModel } from "./model.ts";
import { developing } from "./rows.ts";

interface Move {
  readonly scale: LeaderScale;
  readonly since: number;
  readonly change: Change;
  /** The same as the fact that it is. */
  readonly published: Published<Change>;
  readonly share: number;
  /** Between which ends the change truly lies: apart where a mean is only known to be beyond a bound. */
  readonly least: number;
  readonly most: number;
}

/** Where a mean truly lies; beyond a bound it may be at the end of the scale. */
const meanIn = ({ mean, bound }: TeamMean, { low, high }: LeaderScale) => ({
  least: bound === "at-most" ? low : mean,
  most: bound === "at-least" ? high : mean,
});

const endsOf = ({ value }: Change, [before, after]: readonly [TeamMean, TeamMean], scale: LeaderScale) => {
  const [old, recent] = [meanIn(before, scale), meanIn(after, scale)];
  const isLeast = before.bound !== "at-least" && after.bound !== "at-most";
  const isMost = before.bound !== "at-most" && after.bound !== "at-least";
  return { least: isLeast ? value : recent.least - old.most, most: isMost ? value : recent.most - old.least };
};

const movesOf = ({ scales }: DevelopmentModel): readonly Move[] =>
  scales.flatMap(({ scale, change, employees }) => {
    const published = change && publishedIn(change.cell);
    if (!published) return [];
    const own = reveal(published);
    const share = Math.abs(own.value) / (scale.high - scale.low);
    const [before, after] = [employees[change.since], employees.at(-1)].map((cell) => valueIn(cell!)!);
    const ends = endsOf(own, [before!, after!], scale);
    return [{ scale, since: change.since, change: own, published, share, ...ends }];
  });

const isBounded = ({ least, most }: Move): boolean => least < most;

/** Larger than chance explains, and in that direction by no less than is shown. */
const isClear = ({ change: { value, noise }, least, most }: Move): boolean =>
  Math.abs(value) >= noise && value !== 0 && (value > 0 ? least : most) === value;

/** Whether it may be larger than chance explains, however it is shown. */
const isOpen = (move: Move): boolean => isBounded(move) && Math.max(move.most, -move.least) >= move.change.noise;

const sinceText = (since: number, voice: Voice): string =>
  since === 0 ? voice.say("firstRound") : voice.say("laterRound", { round: plain("number", since + 1) });

const largest = (moves: readonly Move[]): Move | null =>
  moves.reduce<Move | null>((best, move) => (!best || move.share > best.share ? move : best), null);

/** The largest clear change, before others one of a scale that the programme develops, and those exactly like it. */
const leading = (moves: readonly Move[]): readonly Move[] => {
  const clear = moves.filter(isClear);
  const most = largest(clear.filter(({ scale }) => scale.goal)) ?? largest(clear);
  if (!most) return [];
  return clear.filter(
    (move) =>
      move.change.value === most.change.value &&
      move.share === most.share &&
      move.since === most.since &&
      isBounded(move) === isBounded(most) &&
      move.scale.goal === most.scale.goal,
  );
};

/** A figure's heading and the sentences under it. */
export interface DevelopmentWords {
  readonly title: string;
  readonly reading: string;
}

/** What a change must exceed; that more than one is tested is said, since it is allowed for. */
const noiseText = (lead: readonly Move[], tested: number, voice: Voice): string => {
  const most = lead.reduce((best, move) => (move.change.noise > best.change.noise ? move : best));
  const noise = voice.value(most.published.part("noise"), most.scale);
  return tested === 1
    ? voice.say("changeNoise", { noise })
    : voice.say("changeNoiseOf", { noise, count: voice.tally(tested) });
};

const clearWords = (lead: readonly Move[], moves: readonly Move[], voice: Voice): DevelopmentWords => {
  const [first] = lead;
  const { change, published, since, share, scale } = first!;
  const up = change.value > 0;
  const scales = voice.names(lead.map((move) => move.scale.name));
  const furthest = (move: Move) => (up ? move.most : -move.least) / (move.scale.high - move.scale.low);
  const bounded = isBounded(first!);
  const isLargest =
    (lead.length === 1 || !bounded) && moves.every((move) => lead.includes(move) || furthest(move) < share);
  const size = voice.size(published.part("value"), scale);
  const value = bounded ? voice.say("atLeast", { value: size }) : size;
  return {
    title: voice.say(isLargest ? (up ? "changeTitleUp" : "changeTitleDown") : "changeTitleClear", { scales }),
    reading: [
      voice.say(up ? "changeUp" : "changeDown", { scales, value, since: sinceText(since, voice) }),
      noiseText(lead, moves.length, voice),
    ].join(" "),
  };
};

const noneText = (tested: number, voice: Voice): string =>
  tested === 1 ? voice.say("changeNone") : voice.say("changeNoneOf", { count: voice.tally(tested) });

const hiddenText = (model: DevelopmentModel, voice: Voice): string => {
  // What is folded away says so in its own panel.
  const { first: scales } = developing(model);
  const cells = scales.flatMap(({ employees }) => employees);
  const last = scales.map(({ employees }) => employees.at(-1) ?? null);
  if (cells.every((cell) => cell?.state !== "suppressed")) return "";
  if (cells.every((cell) => cell?.state !== "shown")) return voice.say("changeHiddenAll");
  const now = last.some((cell) => cell?.state === "suppressed") && last.every((cell) => cell?.state !== "shown");
  return voice.say(now ? "changeHiddenNow" : "changeHidden");
};

/** Rounds, by their place, in which any of the scales has a number to draw. */
const roundsWith = ({ waves, scales }: DevelopmentModel, has: (scale: DevelopingScale, wave: number) => boolean) =>
  waves.flatMap((_, wave) => (scales.some((scale) => has(scale, wave)) ? [wave] : []));

/** Where no change can be told: whose answers the chart shows, and of how many rounds. */
const unchangedWords = (model: DevelopmentModel, voice: Voice): DevelopmentWords => {
  const team = roundsWith(model, ({ employees }, wave) => employees[wave]?.state === "shown");
  const own = roundsWith(model, (scale, wave) => (scale.own[wave] ?? null) !== null);
  const rounds = [...new Set([...team, ...own])];
  if (rounds.length === 1) {
    const since = sinceText(rounds[0]!, voice);
    const reading = voice.say(team.length === 0 ? "changeOwnOnce" : "changeOnce", { since });
    return { title: voice.say("changeTitleOnce", { since }), reading };
  }
  return team.length === 0
    ? { title: voice.say("changeTitleOwn"), reading: voice.say("changeOwn") }
    : { title: voice.say("changeTitlePlain"), reading: voice.say("changePlain") };
};

/** What changed, and how large a change must be to tell; true from the shown numbers alone. */
export const developmentWords = (model: DevelopmentModel, voice: Voice): DevelopmentWords => {
  const moves = movesOf(model);
  const hidden = hiddenText(model, voice);
  const lead = leading(moves);
  if (lead.length > 0) {
    const words = clearWords(lead, moves, voice);
    return { ...words, reading: `${words.reading} ${hidden}`.trim() };
  }
  if (moves.length === 0) {
    const words = unchangedWords(model, voice);
    return { ...words, reading: `${words.reading} ${hidden}`.trim() };
  }
  if (moves.some(isOpen))
    return { title: voice.say("changeTitlePlain"), reading: `${voice.say("changeOpen")} ${hidden}`.trim() };
  const firsts = [...new Set(moves.map(({ since }) => since))];
  const title =
    firsts.length === 1
      ? voice.say("changeTitleNone", { since: sinceText(firsts[0]!, voice) })
      : voice.say("changeTitlePlain");
  return { title, reading: `${noneText(moves.length, voice)} ${hidden}`.trim() };
};
