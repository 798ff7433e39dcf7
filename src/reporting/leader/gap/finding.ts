import { publishedIn } from "../../../disclosure/published.ts";
import { positionOf } from "../../page/chart-parts.ts";
import { type LeaderScale, place, type Voice } from "../voice.ts";
import { foremost, type Gap, gapsOf } from "./gaps.ts";
import type { GapModel } from "./model.ts";
import { namesOf } from "./reading.ts";
import type { GapRow } from "./rows.ts";

const titleOfGaps = (gaps: readonly Gap[], told: Gap, voice: Voice): string => {
  if (gaps.every(({ standing }) => standing === "agree")) return voice.say("titleAgree");
  if (gaps.some(({ standing }) => standing === null)) return voice.say("gapTitle");
  if (told.standing !== "clear") return voice.say("titleNone");
  const most = Math.max(...gaps.map(({ share }) => Math.abs(share)));
  const ties = gaps.filter(({ share }) => Math.abs(share) === Math.abs(told.share));
  return Math.abs(told.share) === most && ties.length <= 2 && ties.every(({ standing }) => standing === "clear")
    ? voice.say("titleGap", { scales: namesOf(ties, voice) })
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
    ({ standing, scale, share, value }) =>
      standing === "clear" && scale.goal === told.scale.goal && share === told.share && value === told.value,
  );
  const values = { gap: voice.size(told.published, told.scale), scales: namesOf(alike, voice) };
  return voice.say(told.value > 0 ? "ledeHigherOn" : "ledeLowerOn", values);
};

/** The scales that employees answer highest, among those that leaders answer too; empty where all are alike. */
export const strongest = ({ scales }: GapModel): readonly LeaderScale[] => {
  const comparable = scales.filter(({ scale }) => scale.own);
  const levels = (comparable.length > 0 ? comparable : scales).flatMap(({ scale, employees }) => {
    const team = employees && publishedIn(employees);
    return team ? [{ scale, at: positionOf(place(team.part("mean"), scale)) }] : [];
  });
  const top = Math.max(...levels.map(({ at }) => at));
  const highest = levels.filter(({ at }) => at === top);
  return highest.length < levels.length ? highest.map(({ scale }) => scale) : [];
};
