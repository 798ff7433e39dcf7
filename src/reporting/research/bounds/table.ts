import { valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import { html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import type { ReportedOutcome } from "../../page/reported-outcome.ts";
import { chanceAtMost, sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { BoundRow, BoundsModel } from "./model.ts";

interface Bound {
  readonly outcome: ReportedOutcome;
  readonly row: BoundRow;
}

const boundsIn = (model: BoundsModel): readonly Bound[] =>
  model.outcomes.flatMap((outcome) =>
    model.waves.flatMap(({ id }) =>
      model.arms.flatMap(({ arm }) =>
        model.bounds
          .filter((row) => row.outcome === outcome.scale && row.rater === outcome.rater)
          .filter((row) => row.wave === id && row.arm === arm)
          .map((row) => ({ outcome, row })),
      ),
    ),
  );

const rowOf = ({ outcome, row }: Bound, voice: ResearchVoice): readonly string[] => {
  const numbers = valueIn(row.numbers);
  const counts = voice.say("measuredOf", {
    leaders: voice.number(row.leaders, 0),
    randomised: voice.number(row.randomised, 0),
  });
  const place = [voice.text(outcome.name), voice.wave(row.wave), voice.arm(row.arm)];
  if (!numbers) {
    const why = row.status === "estimated" ? voice.say("hidden") : voice.status(row.status);
    return [...place, voice.say("none"), voice.say("none"), why, voice.say("none")];
  }
  const trimmed =
    numbers.trimmedArm === null
      ? voice.say("none")
      : voice.say("trimmedOf", { arm: voice.arm(numbers.trimmedArm), share: voice.share(numbers.trimmed) });
  return [
    ...place,
    counts,
    trimmed,
    voice.range(numbers, numbers.decimals),
    voice.range(numbers.interval, numbers.decimals),
  ];
};

const lastIntervals = (bounds: readonly Bound[], model: BoundsModel) =>
  bounds.flatMap(({ row }) => (row.wave === model.waves.at(-1)?.id ? (valueIn(row.numbers)?.interval ?? []) : []));

const titleOf = (bounds: readonly Bound[], model: BoundsModel, voice: ResearchVoice): string => {
  const last = lastIntervals(bounds, model);
  const count = last.filter(omitsZero).length;
  return voice.say("boundsTitle", { count, total: last.length });
};

/** Bounds of the primary effects under attrition; nothing where no leader was lost or none may be shown. */
export const boundsTable = (model: BoundsModel, voice: ResearchVoice): readonly TablePart[] => {
  const bounds = boundsIn(model);
  const shown = bounds.filter(({ row }) => row.numbers.state === "shown");
  if (shown.length === 0 || shown.every(({ row }) => row.leaders === row.randomised)) return [];
  const columns = [
    voice.say("columnOutcome"),
    voice.say("columnWave"),
    voice.say("columnArm"),
    voice.say("columnMeasured"),
    voice.say("columnTrimmed"),
    voice.say("columnBounds"),
    voice.say("columnInterval", { confidence: voice.confidence }),
  ];
  const table = dataTable({
    caption: voice.say("boundsCaption"),
    columns,
    rows: bounds.map((bound) => rowOf(bound, voice)),
  });
  const coarse = shown.some(({ outcome, row }) => (valueIn(row.numbers)?.decimals ?? 0) < outcome.decimals);
  const note = sentences(
    voice.say("boundsNote"),
    coarse ? voice.say("boundsCoarse", { leaders: model.rules.leaders }) : "",
    synthetic(model, voice),
  );
  return [
    {
      table: (number) =>
        section(
          "bounds",
          voice.say("tableTitle", { number, finding: titleOf(bounds, model, voice) }),
          html`<p class="sub">${voice.say("boundsSub")}</p>${table}<p class="read">${voice.say("boundsReading", { chance: chanceAtMost(lastIntervals(bounds, model).length, 1, voice) })}</p><p class="note">${note}</p>`,
        ),
    },
  ];
};
