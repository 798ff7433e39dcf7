import { publishedIn } from "../../../disclosure/published.ts";
import type { LeaderScale, Voice } from "../voice.ts";
import { foremost, type Gap, gapsOf, isBounded, largestOf } from "./gaps.ts";
import { highestOf, levelOf } from "./levels.ts";
import type { GapModel } from "./model.ts";
import { namesOf } from "./reading.ts";
import type { GapRow } from "./rows.ts";

const titleOfGaps = (gaps: readonly Gap[], told: Gap, voice: Voice): string => {
  if (gaps.every(({ standing }) => standing === "agree")) return voice.say("titleAgree");
  if (gaps.some(({ standing }) => standing === null)) return voice.say("gapTitle");
  if (told.standing !== "clear") return voice.say("titleNone");
  const largest = largestOf(gaps);
  return largest.includes(told) && largest.length <= 2 && largest.every(({ standing }) => standing === "clear")
    ? voice.say("titleGap", { scales: namesOf(largest, voice) })
    : voice.say("titleClearGap", { scales: voice.name(told.scale.name) });
};

/** The heading of the chart: what there is between own and employees' answers, or what is shown of either. */
export const gapTitle = (model: GapModel, rows: readonly GapRow[], voice: Voice): string => {
  const gaps = gapsOf(model);
  const told = foremost(gaps);
  if (told) return titleOfGaps(gaps, told, voice);
  return voice.say(rows.some((row) => row.own !== null) ? "gapTitleOwnOnly" : "gapTitleNoOwn");
};

/** What the page says of one gap: that it is clear and how large, that it may be chance, or that the two agree. */
export const gapSentence = (model: GapModel, voice: Voice): string => {
  const gaps = gapsOf(model);
  const told = foremost(gaps);
  if (!told) return "";
  if (gaps.some(({ standing }) => standing === null)) return voice.say("ledeUncertain");
  if (told.standing !== "clear")
    return voice.say(gaps.every(({ standing }) => standing === "agree") ? "ledeAgree" : "ledeChance");
  const alike = gaps.filter(
    (gap) =>
      gap.standing === "clear" &&
      gap.scale.goal === told.scale.goal &&
      gap.share === told.share &&
      gap.value === told.value &&
      isBounded(gap) === isBounded(told),
  );
  const size = voice.size(told.published, told.scale);
  // Of a clear gap the own answer lies on the near side of the bound, so that the employees' can only be further away.
  const gap = isBounded(told) ? voice.say("atLeast", { value: size }) : size;
  return voice.say(told.value > 0 ? "ledeHigherOn" : "ledeLowerOn", { gap, scales: namesOf(alike, voice) });
};

/**
 * The scales that employees answer highest, among those that leaders answer too; empty where all are alike, and where a
 * mean that is only known to be at least something may be higher.
 */
export const strongest = ({ scales }: GapModel): readonly LeaderScale[] => {
  const comparable = scales.filter(({ scale }) => scale.own);
  const levels = (comparable.length > 0 ? comparable : scales).flatMap(({ scale, employees }) => {
    const team = employees && publishedIn(employees);
    return team ? [levelOf(team, scale)] : [];
  });
  const highest = highestOf(levels);
  return highest.length < levels.length ? highest.map(({ scale }) => scale) : [];
};
