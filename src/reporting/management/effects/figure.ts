import { type Published, present, publishedIn } from "../../../disclosure/published.ts";
import type { ArmStyle } from "../../page/arms.ts";
import { roundAxis } from "../../page/axis.ts";
import { type Html, html, trusted } from "../../page/html.ts";
import { figure } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { sentences } from "../drawing.ts";
import { type Mark, type RowGroup, rowsData, valuesIn } from "../drawing-rows.ts";
import type { ManagementVoice } from "../voice.ts";
import type { Comparison, Difference, EffectsPart } from "./model.ts";
import {
  clearCount,
  correctionWords,
  differenceWords,
  keptWords,
  secondaryWords,
  shownComparisons,
  shownInAll,
} from "./reading.ts";

const sameOutcome = (a: ReportedOutcome, b: ReportedOutcome): boolean => a.scale === b.scale && a.rater === b.rater;
/** Differences of indices are in the same points, whether the index is of a scale or of the difference of two. */
const sameUnit = (a: ReportedOutcome, b: ReportedOutcome): boolean =>
  a.index === b.index && (a.index || (a.low === b.low && a.high === b.high));

const outcomesOf = (all: readonly Comparison[]): readonly ReportedOutcome[] =>
  all.flatMap(({ outcome }, index) =>
    all.findIndex((each) => sameOutcome(each.outcome, outcome)) === index ? [outcome] : [],
  );

/** Outcomes that can stand on one axis, in the order of the first of each. */
const unitsOf = (all: readonly Comparison[]): readonly (readonly ReportedOutcome[])[] => {
  const outcomes = outcomesOf(all);
  return outcomes
    .filter((outcome, index) => outcomes.findIndex((each) => sameUnit(each, outcome)) === index)
    .map((first) => outcomes.filter((each) => sameUnit(each, first)));
};

const markOf = (difference: Published<Difference>): Mark => {
  const interval = present(difference.part("interval"));
  const end = (which: "low" | "high") => interval?.part(which) ?? null;
  return { value: difference.part("estimate"), low: end("low"), high: end("high") };
};

const groupsOf = (
  all: readonly Comparison[],
  outcomes: readonly ReportedOutcome[],
  arms: readonly ArmStyle[],
  voice: ManagementVoice,
): readonly RowGroup[] =>
  outcomes.map((outcome) => ({
    heading:
      outcome.role === "primary" && all.some((each) => each.outcome.role !== "primary")
        ? voice.say("effectsPrimary", { outcome: voice.outcome(outcome) })
        : voice.outcome(outcome),
    rows: all
      .filter((each) => sameOutcome(each.outcome, outcome))
      .flatMap((each) => {
        const style = arms.find(({ arm }) => arm === each.arm);
        const difference = publishedIn(each.difference);
        const mark = difference && markOf(difference);
        return style ? [{ label: voice.arm(each.arm), written: differenceWords(each, voice), style, mark }] : [];
      }),
  }));

const roles = ["primary", "secondary"] as const;

const drawEffects = async (
  { comparisons, secondary, smallest }: EffectsPart,
  arms: readonly ArmStyle[],
  voice: ManagementVoice,
  total: number,
): Promise<string> => {
  const all = [...comparisons, ...secondary];
  // Each role is a drawing of its own, so that paper has a place to break; one unit has one axis.
  const parts = unitsOf(all).flatMap((own) =>
    roles.flatMap((role) => {
      const outcomes = own.filter((outcome) => outcome.role === role);
      return outcomes.length === 0 ? [] : [{ own, outcomes }];
    }),
  );
  const drawings = parts.map(({ own, outcomes }, index) => {
    const [unit] = own;
    const groups = groupsOf(all, outcomes, arms, voice);
    const band = smallest && unit && sameUnit(smallest.outcome, unit) ? smallest.value : null;
    const title =
      !unit || unit.index
        ? voice.say("effectsAxis")
        : voice.say("effectsAxisRange", { low: voice.unitValue(unit.low), high: voice.unitValue(unit.high) });
    const ends = band === null ? [] : [band, -band];
    const { data, width, height, params } = rowsData(groups, {
      total,
      narrow: total < 400,
      band,
      axis: { title, ticks: roundAxis([...valuesIn(groupsOf(all, own, arms, voice)), ...ends]).ticks },
      signed: true,
      measure: voice.measure,
    });
    const said = groups.flatMap(({ heading, rows }) =>
      rows.map(({ label, written }) => voice.say("effectsAltLine", { outcome: heading ?? "", arm: label, written })),
    );
    return voice.draw("rows", data, {
      id: `effects-${total}-${index}`,
      width,
      height,
      params,
      description: voice.say("effectsAlt", { lines: said.join(" ") }),
    });
  });
  return (await Promise.all(drawings)).join("\n");
};

const keyOf = ({ smallest }: EffectsPart, voice: ManagementVoice): Html =>
  html`<span>${trusted('<svg width="46" height="14" aria-hidden="true"><path d="M1 7H45" stroke="#4A5163" stroke-width="1.75"/><circle cx="23" cy="7" r="6" fill="#4A5163" stroke="#FFF" stroke-width="1.250"/></svg>')}<span class="words">${voice.say("effectsKey", { confidence: voice.confidence })}</span></span>${
    smallest === null
      ? null
      : html`<span>${trusted('<svg width="22" height="14" aria-hidden="true"><rect width="22" height="14" fill="#E9E5DB"/></svg>')}<span class="words">${voice.say("effectsKeyBand", { value: voice.unitValue(smallest.value) })}</span></span>`
  }`;

const titleOf = (part: EffectsPart, voice: ManagementVoice): string => {
  const total = shownComparisons(part).length;
  const count = clearCount(part);
  if (total === 0) return voice.say("effectsTitle.plain");
  if (total === 1) return voice.say(count === 1 ? "effectsTitle.one" : "effectsTitle.none");
  if (count === 0) return voice.say("effectsTitle.none");
  const [some, all] = [voice.tally(count), voice.tally(total)];
  return count === total
    ? voice.say("effectsTitle.all", { total: all })
    : voice.say("effectsTitle.some", { count: some, total: all });
};

/** The differences of the arms from the control arm, each with its interval; null where none may be shown. */
export const effectsFigure = async (
  part: EffectsPart,
  arms: readonly ArmStyle[],
  voice: ManagementVoice,
): Promise<Html | null> => {
  const shown = shownInAll(part);
  if (shown.length === 0) return null;
  const all = [...part.comparisons, ...part.secondary];
  const hidden = all.length - shown.length;
  const [wide, half, narrow] = await Promise.all([
    drawEffects(part, arms, voice, 1126),
    drawEffects(part, arms, voice, 680),
    drawEffects(part, arms, voice, 310),
  ]);
  return figure({
    id: "effects",
    title: titleOf(part, voice),
    sub: voice.say(part.secondary.length === 0 ? "effectsSub" : "effectsSubAll"),
    drawing: { wide: `<div class="full">${wide}</div><div class="half">${half}</div>`, narrow },
    key: keyOf(part, voice),
    reading: sentences(voice.say("effectsReading"), part.smallest ? voice.say("effectsReadingBand") : ""),
    note: sentences(
      correctionWords(part, voice),
      secondaryWords(part, voice),
      hidden > 0 ? voice.say("effectsHidden", { count: voice.tally(hidden) }) : "",
      keptWords(shown, voice),
    ),
    table: {
      caption: voice.say("effectsTable"),
      columns: [voice.say("columnOutcome"), voice.say("columnArm"), voice.say("columnDifference")],
      rows: all.map((each) => [voice.outcome(each.outcome), voice.arm(each.arm), differenceWords(each, voice)]),
    },
    showTable: voice.say("showTable"),
  });
};
