import { publishedIn } from "../../../disclosure/published.ts";
import { positionOf } from "../../page/chart-parts.ts";
import { atStart } from "../../page/words.ts";
import type { Voice } from "../voice.ts";
import { foremost, type Gap, gapsOf, isBounded } from "./gaps.ts";
import { highestOf, type Level, levelOf, lowestOf } from "./levels.ts";
import type { GapModel } from "./model.ts";
import { endsOf, type GapRow } from "./rows.ts";

export const namesOf = (gaps: readonly Gap[], voice: Voice): string => voice.names(gaps.map(({ scale }) => scale.name));

/** Every count of findings says beside it what chance alone would give. */
const countOf = (gaps: readonly Gap[], confidence: number, voice: Voice): string => {
  const clear = gaps.filter(({ standing }) => standing === "clear").length;
  if (gaps.some(({ standing }) => standing === null)) return voice.say("gapReading.uncertain");
  if (clear === 0) return voice.say("gapReading.none");
  const total = gaps.length;
  const chance = voice.chance(total, confidence);
  return clear === total
    ? voice.say("gapReading.all", { total: voice.tally(total), chance })
    : voice.say("gapReading.some", { count: voice.tally(clear), total: voice.tally(total), chance });
};

const gapReading = (gaps: readonly Gap[], rows: readonly GapRow[], confidence: number, voice: Voice): string => {
  const of = (standing: Gap["standing"]) => gaps.filter((gap) => gap.standing === standing);
  const [agreed, chance] = [of("agree"), of("chance")];
  const unseen = rows.filter(({ facts }) => facts.employees?.state === "suppressed");
  const all = agreed.length === gaps.length;
  return [
    all ? "" : countOf(gaps, confidence, voice),
    all ? voice.say("gapReading.agreeAll") : "",
    !all && agreed.length > 0 ? voice.say("gapReading.agree", { scales: namesOf(agreed, voice) }) : "",
    of("clear").length > 0 && chance.length > 0 && chance.length <= 3
      ? voice.say("gapReading.chance", { scales: namesOf(chance, voice) })
      : "",
    unseen.length > 0
      ? voice.say("gapReading.hidden", { scales: voice.names(unseen.map(({ scale }) => scale.name)) })
      : "",
    gaps.some(isBounded) ? voice.say("gapReading.bound") : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
};

interface Told extends Level {
  readonly text: string;
}

const levelReading = (levels: readonly Told[], own: boolean, voice: Voice): string => {
  const [only] = levels;
  if (!only) return "";
  const names = (of: readonly Told[]) => voice.names(of.map(({ scale }) => scale.name));
  if (levels.length === 1)
    return voice.say(own ? "gapReading.ownOne" : "gapReading.one", { scale: names(levels), value: only.text });
  const [high, low] = [highestOf(levels), lowestOf(levels)];
  if (high.length === 0 || low.length === 0) return voice.say("gapReading.unordered");
  if (high.length === levels.length) return voice.say(own ? "gapReading.ownLevel" : "gapReading.level");
  const values = { high: names(high), highValue: high[0]!.text, low: names(low), lowValue: low[0]!.text };
  return voice.say(own ? "gapReading.ownOnly" : "gapReading.noOwn", values);
};

const levelsOf = (rows: readonly GapRow[], own: boolean, voice: Voice): readonly Told[] =>
  rows.flatMap((row): readonly Told[] => {
    const { scale, facts } = row;
    if (own) {
      if (row.own === null) return [];
      const at = positionOf(row.own);
      return [{ scale, least: at, most: at, text: voice.value(facts.own!, scale) }];
    }
    const team = facts.employees && publishedIn(facts.employees);
    return team ? [{ ...levelOf(team, scale), text: voice.cell(facts.employees, scale) }] : [];
  });

/** The sentence under the chart, true from its numbers alone. */
export const gapReadingOf = (model: GapModel, rows: readonly GapRow[], voice: Voice): string => {
  const gaps = gapsOf(model);
  if (gaps.length > 0) return gapReading(gaps, rows, model.confidence, voice);
  const own = rows.some((row) => row.own !== null);
  return levelReading(levelsOf(rows, own, voice), own, voice);
};

/** What the chart shows, for those who do not see it. */
export const gapAlt = (model: GapModel, rows: readonly GapRow[], voice: Voice): string => {
  const told = foremost(gapsOf(model));
  const row = rows.find(({ scale }) => scale === told?.scale) ?? rows[0];
  if (!row) return "";
  const scale = atStart(voice.name(row.scale.name));
  const own = row.own === null ? null : voice.value(row.facts.own!, row.scale);
  const employees = row.mean === null ? null : voice.cell(row.facts.employees, row.scale);
  const pattern =
    own !== null && employees !== null
      ? voice.say("gapAltRow", { scale, own, employees })
      : own !== null
        ? voice.say("gapAltOwn", { scale, own })
        : employees !== null
          ? voice.say("gapAltEmployees", { scale, employees })
          : "";
  return voice.say("gapAlt", { count: voice.tally(rows.length), pattern });
};

/** What a point is, where any scale is an index and all of them have the same answers. */
export const pointNote = (rows: readonly GapRow[], voice: Voice): string => {
  const scales = rows.map(({ scale }) => scale).filter(({ low, high }) => low === 0 && high === 100);
  const [low, high] = endsOf(scales, voice);
  const categories = new Set(scales.map(({ answers }) => answers.length));
  const [count] = categories;
  if (count === undefined) return "";
  const ends = low && high ? voice.say("pointEnds", { low, high }) : voice.say("pointBareEnds");
  const step = voice.unit(100 / (count - 1), { decimals: 100 % (count - 1) === 0 ? 0 : 1 });
  return categories.size === 1 && count > 1 ? `${ends} ${voice.say("pointStep", { step })}` : ends;
};

/** Names the scales that have a unit of their own among those that share one. */
export const unitNote = (rows: readonly GapRow[], voice: Voice): string => {
  const odd = rows.filter(({ scale }) => scale.low !== 0 || scale.high !== 100);
  if (odd.length === 0 || odd.length === rows.length) return "";
  return voice.say("unitNote", { scales: atStart(voice.names(odd.map(({ scale }) => scale.name))) });
};
