import { wideRows } from "./leader-answers-rows.ts";
import { panelHeight, panels } from "./leader-development-figure.ts";
import { developing } from "./leader-development-rows.ts";
import { findingOf, variantOf } from "./leader-finding.ts";
import { gapRows, wideLayout } from "./leader-gap-rows.ts";
import type { LeaderModel } from "./leader-model.ts";
import type { Voice } from "./leader-voice.ts";

/** Height of an A4 page inside its margins, in CSS px, and a little of what the estimates below have to spare. */
const printable = 1058;
/** Below this the smallest text would be under 7 pt; a longer report takes a second page instead. */
const least = 0.78;
const most = 0.92;

const lines = (text: string, size: number, width: number, voice: Voice): number =>
  Math.ceil((voice.theme.width(text, size, false) * 1.1) / width);

const headerHeight = (model: LeaderModel, voice: Voice): number => {
  const { title, lede } = findingOf(model, voice);
  return 24 + 31 * lines(title, 27, 470, voice) + 6 + 24 * lines(lede, 16.5, 470, voice);
};

const gapHeight = (model: LeaderModel, voice: Voice): number => {
  const rows = gapRows(model, voice);
  return rows.length === 0 ? 0 : 17 + 23 + 26 + 6 + wideLayout(rows, 706, model, voice).height + 4 + 42;
};

const developmentHeight = (model: LeaderModel): number => {
  const count = developing(model).length;
  if (model.study.waves.length < 2 || count === 0) return 0;
  const rows = Math.ceil(count / panels(count));
  return 17 + 23 + 6 + rows * (panelHeight + 42) + 46;
};

const answersHeight = (model: LeaderModel, voice: Voice): number => {
  const answers = model.facts.answers;
  if (!answers) return 0;
  if (answers.items.state === "suppressed") return 17 + 23 + 100;
  const { top, rowHeight } = wideRows(model.study.scales[answers.scale]!, voice);
  return 17 + 23 + 6 + top + rowHeight * answers.items.value.length + 96;
};

/** How far the page must shrink to print on one A4 page, from the heights of its parts. */
export const printZoom = (model: LeaderModel, voice: Voice): number => {
  const suppressed = ["own", "neither"].includes(variantOf(model)) ? 224 : 0;
  const actions = 17 + 23 + 180;
  const footer = 20 + 52;
  const height =
    headerHeight(model, voice) +
    gapHeight(model, voice) +
    developmentHeight(model) +
    answersHeight(model, voice) +
    suppressed +
    actions +
    footer;
  return Math.floor(100 * Math.min(most, Math.max(least, printable / height))) / 100;
};
