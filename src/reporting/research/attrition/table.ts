import { valueIn } from "../../../disclosure/published.ts";
import { html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { AttritionModel, AttritionRow } from "./model.ts";

const rowOf = ({ arm, wave, leaders, status, numbers, p }: AttritionRow, voice: ResearchVoice): readonly string[] => {
  const shown = valueIn(numbers);
  const none = voice.say(status === "estimated" ? "hidden" : "none");
  return [
    voice.wave(wave),
    voice.arm(arm),
    voice.number(leaders, 0),
    ...(shown && status === "estimated" ? [voice.number(shown.lost, 0), voice.share(shown.share)] : [none, none]),
    p.state === "shown" ? voice.p(valueIn(p)) : voice.say("hidden"),
  ];
};

const titleOf = (rows: readonly AttritionRow[], wave: string, voice: ResearchVoice): string => {
  const shown = rows.flatMap((row) => {
    const numbers = valueIn(row.numbers);
    return row.wave === wave && numbers ? [{ leaders: row.leaders, lost: numbers.lost }] : [];
  });
  const total = (of: (row: (typeof shown)[number]) => number) => shown.reduce((sum, row) => sum + of(row), 0);
  const lost = total((row) => row.lost);
  if (lost === 0) return voice.say("attritionTitle.none", { wave: voice.wave(wave) });
  return voice.say("attritionTitle.lost", {
    lost: voice.number(lost, 0),
    leaders: voice.number(
      total((row) => row.leaders),
      0,
    ),
    wave: voice.wave(wave),
  });
};

/** Leaders lost in every arm and follow-up wave; nothing where no wave has a row that may be shown. */
export const attritionTables = (model: AttritionModel, voice: ResearchVoice): readonly TablePart[] => {
  const order = model.arms.map(({ arm }) => arm);
  const rows = model.waves.flatMap(({ id }) =>
    order.flatMap((arm) => model.attrition.filter((row) => row.wave === id && row.arm === arm)),
  );
  const last = rows.filter(({ numbers }) => numbers.state === "shown").at(-1);
  if (!last) return [];
  const columns = (
    ["columnWave", "columnArm", "columnLeaders", "columnLost", "columnShare", "columnPEqual"] as const
  ).map((key) => voice.say(key));
  const table = dataTable({
    caption: voice.say("attritionCaption"),
    columns,
    rows: rows.map((row) => rowOf(row, voice)),
  });
  const hidden = rows.some(({ p }) => p.state === "suppressed") ? voice.say("attritionPHidden") : "";
  const note = sentences(hidden, synthetic(model, voice));
  return [
    {
      table: (number) =>
        section(
          "attrition",
          voice.say("tableTitle", { number, finding: titleOf(rows, last.wave, voice) }),
          html`<p class="sub">${voice.say("attritionSub")}</p>${table}<p class="read">${voice.say("attritionReading")}</p>${
            note === "" ? null : html`<p class="note">${note}</p>`
          }`,
        ),
    },
  ];
};
