import { valueIn } from "../../../disclosure/published.ts";
import { type Html, html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { sentences } from "../drawing.ts";
import type { ResearchVoice } from "../voice.ts";
import type { ResponseLeeRow, ResponseModel } from "./model.ts";

const rowOf = (row: ResponseLeeRow, model: ResponseModel, voice: ResearchVoice): readonly string[] => {
  const numbers = valueIn(row.numbers);
  const outcome = model.outcomes.find(({ scale, rater }) => scale === row.outcome && rater === row.rater)!;
  const place = [voice.text(outcome.name), voice.wave(row.wave), voice.arm(row.arm)];
  if (!numbers) {
    const why = row.status === "estimated" ? voice.say("hidden") : voice.status(row.status);
    return [...place, voice.say("none"), why, voice.say("none")];
  }
  const trimmed =
    numbers.trimmedArm === null
      ? voice.say("none")
      : voice.say("trimmedOf", { arm: voice.arm(numbers.trimmedArm), share: voice.share(numbers.trimmed) });
  return [...place, trimmed, voice.range(numbers, numbers.decimals), voice.range(numbers.interval, numbers.decimals)];
};

const isCoarse = (row: ResponseLeeRow, { outcomes }: ResponseModel): boolean => {
  const shown = outcomes.find(({ scale, rater }) => scale === row.outcome && rater === row.rater)!.decimals;
  return (valueIn(row.numbers)?.decimals ?? shown) < shown;
};

/** Bounds for the employees who would answer in either arm; nothing where no bound may be shown. */
export const leeTable = (model: ResponseModel, voice: ResearchVoice): Html | null => {
  const rows = model.responseLeeBounds.filter(({ rater }) => rater !== null);
  if (rows.every(({ numbers }) => numbers.state === "suppressed")) return null;
  const columns = [
    voice.say("columnOutcome"),
    voice.say("columnWave"),
    voice.say("columnArm"),
    voice.say("columnTrimmed"),
    voice.say("columnBounds"),
    voice.say("columnInterval", { confidence: voice.confidence }),
  ];
  const table = dataTable({
    caption: voice.say("responseLeeCaption"),
    columns,
    rows: rows.map((row) => rowOf(row, model, voice)),
  });
  const coarse = rows.some((row) => isCoarse(row, model));
  const reading = sentences(
    voice.say("responseLeeReading"),
    coarse ? voice.say("responseLeeCoarse", { respondents: model.rules.respondents }) : "",
  );
  return html`<p class="sub">${voice.say("responseLeeSub")}</p>${table}<p class="read">${reading}</p>`;
};
