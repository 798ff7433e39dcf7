import type { Change } from "../../../disclosure/change.ts";
import { type Published, publishedIn, reveal } from "../../../disclosure/published.ts";
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
}

const movesOf = ({ scales }: DevelopmentModel): readonly Move[] =>
  scales.flatMap(({ scale, change }) => {
    const published = change && publishedIn(change.cell);
    if (!published) return [];
    const own = reveal(published);
    const share = Math.abs(own.value) / (scale.high - scale.low);
    return [{ scale, since: change.since, change: own, published, share }];
  });

const isClear = ({ change }: Move): boolean => Math.abs(change.value) >= change.noise && change.value !== 0;

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
  const { change, published, since, share, scale } = lead[0]!;
  const up = change.value > 0;
  const scales = voice.names(lead.map((move) => move.scale.name));
  const inDirection = moves.filter((move) => Math.sign(move.change.value) === Math.sign(change.value));
  const isLargest = inDirection.every((move) => move.share < share || lead.includes(move));
  const value = voice.size(published.part("value"), scale);
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
  const firsts = [...new Set(moves.map(({ since }) => since))];
  const title =
    firsts.length === 1
      ? voice.say("changeTitleNone", { since: sinceText(firsts[0]!, voice) })
      : voice.say("changeTitlePlain");
  return { title, reading: `${noneText(moves.length, voice)} ${hidden}`.trim() };
};
