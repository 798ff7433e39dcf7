import type { Published } from "../../../disclosure/published.ts";
import type { Change } from "../../../disclosure/team.ts";
import type { LeaderModel, LeaderScale } from "../model.ts";
import type { Voice } from "../voice.ts";

interface Move {
  readonly scale: LeaderScale;
  readonly since: number;
  readonly change: Published<Change>;
  readonly share: number;
}

const movesOf = ({ study, facts }: LeaderModel): readonly Move[] =>
  study.scales.flatMap((scale, index) => {
    const change = facts.scales[index]!.change;
    if (change?.cell.state !== "shown") return [];
    const { value } = change.cell;
    return [{ scale, since: change.since, change: value, share: Math.abs(value.value) / (scale.high - scale.low) }];
  });

const isClear = ({ change }: Move): boolean => Math.abs(change.value) >= change.noise && change.value !== 0;

const sinceText = (since: number, voice: Voice): string =>
  since === 0 ? voice.say("firstRound") : voice.say("laterRound", { round: since + 1 });

/** The largest clear change, and those exactly as large in the same direction since the same wave. */
const leading = (moves: readonly Move[]): readonly Move[] => {
  const clear = moves.filter(isClear);
  const most = clear.reduce<Move | null>((best, move) => (!best || move.share > best.share ? move : best), null);
  if (!most) return [];
  return clear.filter(
    (move) => move.change.value === most.change.value && move.share === most.share && move.since === most.since,
  );
};

/** A figure's heading and the sentences under it. */
export interface DevelopmentWords {
  readonly title: string;
  readonly reading: string;
}

const clearWords = (lead: readonly Move[], moves: readonly Move[], voice: Voice): DevelopmentWords => {
  const { change, since, share } = lead[0]!;
  const up = change.value > 0;
  const scales = voice.names(lead.map(({ scale }) => scale.name));
  const inDirection = moves.filter((move) => Math.sign(move.change.value) === Math.sign(change.value));
  const isLargest = inDirection.every((move) => move.share < share || lead.includes(move));
  const noise = Math.max(...lead.map((move) => move.change.noise));
  const value = voice.value(Math.abs(change.value), lead[0]!.scale);
  return {
    title: voice.say(isLargest ? (up ? "changeTitleUp" : "changeTitleDown") : "changeTitleClear", { scales }),
    reading: [
      voice.say(up ? "changeUp" : "changeDown", { scales, value, since: sinceText(since, voice) }),
      voice.say("changeNoise", { noise: voice.value(noise, lead[0]!.scale) }),
    ].join(" "),
  };
};

/** What changed, and how large a change must be to tell; true from the shown numbers alone. */
export const developmentWords = (model: LeaderModel, voice: Voice): DevelopmentWords => {
  const moves = movesOf(model);
  const cells = model.facts.scales.flatMap(({ employees }) => employees);
  const unseen = cells.some((cell) => cell?.state === "suppressed");
  const visible = cells.some((cell) => cell?.state === "shown");
  const now = model.facts.scales.every(({ employees }) => employees.at(-1)?.state !== "shown");
  const gapNote = !unseen
    ? ""
    : !visible
      ? voice.say("changeHiddenAll")
      : voice.say(now ? "changeHiddenNow" : "changeHidden");
  const lead = leading(moves);
  if (lead.length > 0) {
    const words = clearWords(lead, moves, voice);
    return { ...words, reading: `${words.reading} ${gapNote}`.trim() };
  }
  const firsts = new Set(moves.map(({ since }) => since));
  if (moves.length === 0 || firsts.size > 1) {
    const plain = moves.length === 0 ? voice.say("changePlain") : voice.say("changeNone");
    return { title: voice.say("changeTitlePlain"), reading: `${plain} ${gapNote}`.trim() };
  }
  const since = sinceText([...firsts][0]!, voice);
  return { title: voice.say("changeTitleNone", { since }), reading: `${voice.say("changeNone")} ${gapNote}`.trim() };
};
