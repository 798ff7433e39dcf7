import { atStart } from "../../page/words.ts";
import { variantOf } from "../finding.ts";
import { gapsOf, largest } from "../gaps.ts";
import type { LeaderModel } from "../model.ts";
import type { Voice } from "../voice.ts";
import type { GapRow } from "./rows.ts";

const gapReading = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const gaps = gapsOf(model);
  const clear = gaps.filter((gap) => gap.clear);
  const agreed = gaps.filter((gap) => gap.clear === false);
  const unseen = rows.filter(({ facts }) => facts.employees.at(-1)?.state === "suppressed");
  const count = { count: clear.length, total: gaps.length };
  const first = gaps.some((gap) => gap.clear === null)
    ? voice.say("gapReading.uncertain")
    : clear.length === 0
      ? voice.say("gapReading.none")
      : clear.length === gaps.length
        ? voice.say("gapReading.all", { total: gaps.length })
        : voice.say("gapReading.some", count);
  const scales = (of: readonly { readonly name: GapRow["scale"]["name"] }[]) => ({
    scales: voice.names(of.map(({ name }) => name)),
  });
  return [
    first,
    clear.length > 0 && agreed.length > 0 && agreed.length <= 3 ? voice.say("gapReading.agree", scales(agreed)) : "",
    unseen.length > 0 ? voice.say("gapReading.hidden", scales(unseen.map(({ scale }) => scale))) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

interface Level {
  readonly row: GapRow;
  readonly at: number;
  readonly text: string;
}

const extremes = (levels: readonly Level[], voice: Voice) => {
  const [top, bottom] = [Math.max(...levels.map(({ at }) => at)), Math.min(...levels.map(({ at }) => at))];
  const of = (at: number) => levels.filter((level) => level.at === at);
  const names = (at: number) => voice.names(of(at).map(({ row }) => row.scale.name));
  return {
    high: names(top),
    highValue: of(top)[0]!.text,
    low: names(bottom),
    lowValue: of(bottom)[0]!.text,
    level: top === bottom,
  };
};

const levelReading = (levels: readonly Level[], own: boolean, voice: Voice): string => {
  const [only] = levels;
  if (!only) return "";
  if (levels.length === 1) {
    const scale = voice.name(only.row.scale.name);
    return voice.say(own ? "gapReading.ownOne" : "gapReading.one", { scale, value: only.text });
  }
  const { level, ...values } = extremes(levels, voice);
  if (level) return voice.say(own ? "gapReading.ownLevel" : "gapReading.level");
  return voice.say(own ? "gapReading.ownOnly" : "gapReading.noOwn", values);
};

const levelsOf = (rows: readonly GapRow[], own: boolean, voice: Voice): readonly Level[] =>
  rows.flatMap((row) => {
    const at = own ? row.own : row.mean;
    if (at === null) return [];
    const text = own
      ? voice.value(row.facts.own.at(-1)!, row.scale)
      : voice.cell(row.facts.employees.at(-1) ?? null, row.scale);
    return [{ row, at, text }];
  });

/** The sentence under the chart, true from its numbers alone. */
export const gapReadingOf = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const variant = variantOf(model);
  if (variant === "both" && gapsOf(model).length > 0) return gapReading(model, rows, voice);
  const own = variant === "own" || variant === "both";
  return levelReading(levelsOf(rows, own, voice), own, voice);
};

/** What the chart shows, for those who do not see it. */
export const gapAlt = (model: LeaderModel, rows: readonly GapRow[], voice: Voice): string => {
  const most = largest(gapsOf(model));
  const [first] = rows;
  const row = (most && rows.find(({ scale }) => scale === model.study.scales[most.scale])) ?? first;
  if (!row) return "";
  const scale = atStart(voice.name(row.scale.name));
  const own = row.own === null ? null : voice.value(row.facts.own.at(-1)!, row.scale);
  const employees = row.mean === null ? null : voice.cell(row.facts.employees.at(-1) ?? null, row.scale);
  const pattern =
    own !== null && employees !== null
      ? voice.say("gapAltRow", { scale, own, employees })
      : own !== null
        ? voice.say("gapAltOwn", { scale, own })
        : employees !== null
          ? voice.say("gapAltEmployees", { scale, employees })
          : "";
  return voice.say("gapAlt", { count: rows.length, pattern });
};

/** What the best guess is, where one is shown. */
export const shrunkNote = (rows: readonly GapRow[], voice: Voice): string =>
  rows.some(({ shrunk }) => shrunk !== "") ? voice.say("shrunkNote") : "";

/** Names the scales that have a unit of their own among those that share one. */
export const unitNote = (rows: readonly GapRow[], voice: Voice): string => {
  const odd = rows.filter(({ scale }) => scale.low !== 0 || scale.high !== 100);
  if (odd.length === 0 || odd.length === rows.length) return "";
  return voice.say("unitNote", { scales: atStart(voice.names(odd.map(({ scale }) => scale.name))) });
};
