import { valueIn } from "../../../disclosure/published.ts";
import { html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import { leeTable } from "./lee-table.ts";
import type { ResponseBoundRow, ResponseModel, ResponseRow } from "./model.ts";

const rowOf = ({ arm, wave, leaders, numbers, p }: ResponseRow, voice: ResearchVoice): readonly string[] => {
  const shown = valueIn(numbers);
  const place = [voice.wave(wave), voice.arm(arm), voice.number(leaders, 0)];
  const tested = p.state === "shown" ? voice.p(valueIn(p)) : voice.say("hidden");
  if (shown === null) return [...place, ...Array.from({ length: 4 }, () => voice.say("hidden")), tested];
  const interval = shown.interval === null ? "" : ` (${voice.range(shown.interval, 1)})`;
  return [
    ...place,
    voice.number(shown.invited, 0),
    voice.number(shown.answered, 0),
    voice.share(shown.share),
    shown.difference === null ? voice.say("none") : `${voice.signed(shown.difference, 1)}${interval}`,
    tested,
  ];
};

const titleOf = ({ uneven, waves }: ResponseModel, voice: ResearchVoice): string => {
  const told = waves.map(({ id }) => id).filter((id) => uneven.includes(id));
  return told.length === 0
    ? voice.say("responseTitle.even")
    : voice.say("responseTitle.uneven", { waves: voice.list(told.map(voice.wave)) });
};

const boundRow = (row: ResponseBoundRow, model: ResponseModel, voice: ResearchVoice): readonly string[] => {
  const numbers = valueIn(row.numbers);
  const outcome = model.outcomes.find(({ scale, rater }) => scale === row.outcome && rater === row.rater)!;
  const place = [voice.text(outcome.name), voice.wave(row.wave), voice.arm(row.arm)];
  if (!numbers) return [...place, row.status === "estimated" ? voice.say("hidden") : voice.status(row.status), "–"];
  return [...place, voice.range(numbers, outcome.decimals), voice.range(numbers.interval, outcome.decimals)];
};

const boundsTable = (model: ResponseModel, voice: ResearchVoice) => {
  const rows = model.responseBounds.filter(({ status }) => status === "estimated");
  if (rows.length === 0) return null;
  const columns = [
    voice.say("columnOutcome"),
    voice.say("columnWave"),
    voice.say("columnArm"),
    voice.say("columnBounds"),
    voice.say("columnInterval", { confidence: voice.confidence }),
  ];
  const table = dataTable({
    caption: voice.say("responseBoundsCaption"),
    columns,
    rows: rows.map((row) => boundRow(row, model, voice)),
  });
  return html`<p class="sub">${voice.say("responseBoundsSub")}</p>${table}<p class="read">${voice.say("responseBoundsReading")}</p>`;
};

/** Response of employees by arm and wave, and what those who did not answer could have changed; nothing without headcounts. */
export const responseTables = (model: ResponseModel, voice: ResearchVoice): readonly TablePart[] => {
  if (model.response.every(({ numbers }) => numbers.state === "suppressed")) return [];
  const rows = model.arms.length === 0 ? [] : model.response;
  const columns = (
    ["columnWave", "columnArm", "columnLeaders", "columnInvited", "columnAnswered", "columnShare"] as const
  ).map((key) => voice.say(key));
  const table = dataTable({
    caption: voice.say("responseCaption"),
    columns: [...columns, voice.say("columnAgainstControl"), voice.say("columnPResponse")],
    rows: rows.map((row) => rowOf(row, voice)),
  });
  const unknown = rows.reduce((sum, { withoutHeadcount }) => Math.max(sum, withoutHeadcount), 0);
  const note = sentences(
    unknown > 0 ? voice.say("responseUnknown") : "",
    rows.some(({ beyondHeadcount }) => beyondHeadcount) ? voice.say("responseJoined") : "",
    synthetic(model, voice),
  );
  return [
    {
      table: (number) =>
        section(
          "response",
          voice.say("tableTitle", { number, finding: titleOf(model, voice) }),
          html`<p class="sub">${voice.say("responseSub")}</p>${table}<p class="read">${voice.say("responseReading")}</p>${boundsTable(model, voice)}${leeTable(model, voice)}${
            note === "" ? null : html`<p class="note">${note}</p>`
          }`,
        ),
    },
  ];
};
