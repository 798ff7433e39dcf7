import { valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import { html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { chanceWords, sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import { type ResearchVoice, within } from "../voice.ts";
import type { ChainRow, ChainsModel } from "./model.ts";

const rowOf = (row: ChainRow, voice: ResearchVoice): readonly string[] => {
  const { mediator, outcome, arm, leaders, status } = row;
  const numbers = valueIn(row.numbers);
  const chain = voice.say("chain", {
    mediator: voice.text(mediator.name),
    outcome: within(voice.text(outcome.name)),
    first: voice.wave(row.mediatorWave),
    second: voice.wave(row.wave),
  });
  if (!numbers) {
    const why = status === "estimated" ? voice.say("hidden") : voice.status(status);
    return [chain, voice.arm(arm), why, ...Array.from({ length: 4 }, () => voice.say("none"))];
  }
  const indirect = voice.signed(numbers.indirect, outcome.decimals);
  return [
    chain,
    voice.arm(arm),
    numbers.interval ? `${indirect} (${voice.range(numbers.interval, outcome.decimals)})` : indirect,
    voice.signed(numbers.armOnMediator, mediator.decimals),
    voice.signed(numbers.mediatorOnOutcome, 2),
    voice.signed(numbers.direct, outcome.decimals),
    voice.number(leaders, 0),
  ];
};

const intervalsOf = (rows: readonly ChainRow[]) => rows.flatMap((row) => valueIn(row.numbers)?.interval ?? []);

const titleOf = (rows: readonly ChainRow[], voice: ResearchVoice): string => {
  const intervals = intervalsOf(rows);
  const count = intervals.filter(omitsZero).length;
  return voice.say("chainsTitle", { count, total: intervals.length });
};

/** The chains of effects of the plan, explored; nothing where it names none or none may be shown. */
export const chainsTable = (model: ChainsModel, voice: ResearchVoice): readonly TablePart[] => {
  const order = model.arms.map(({ arm }) => arm);
  const rows = [...model.chains].sort((a, b) => {
    const place = (row: ChainRow) => [row.mediator.scale, row.outcome.scale, row.wave].join(" ");
    return place(a) === place(b) ? order.indexOf(a.arm) - order.indexOf(b.arm) : 0;
  });
  if (rows.every(({ numbers }) => numbers.state === "suppressed")) return [];
  const columns = (
    [
      "columnChain",
      "columnArm",
      "columnIndirect",
      "columnArmOnMediator",
      "columnMediatorOnOutcome",
      "columnDirect",
      "columnLeaders",
    ] as const
  ).map((key) => voice.say(key, key === "columnIndirect" ? { confidence: voice.confidence } : {}));
  const table = dataTable({
    caption: voice.say("chainsCaption"),
    columns,
    rows: rows.map((row) => rowOf(row, voice)),
  });
  const note = sentences(
    voice.say("chainsNote"),
    rows.some(({ mediatorWave, wave }) => mediatorWave === wave) ? voice.say("chainsTogether") : "",
    synthetic(model, voice),
  );
  return [
    {
      table: (number) =>
        section(
          "chains",
          voice.say("tableTitle", { number, finding: titleOf(rows, voice) }),
          html`<p class="sub">${voice.say("chainsSub")}</p>${table}<p class="read">${voice.say("chainsReading", { chance: chanceWords(intervalsOf(rows).length, voice) })}</p><p class="note">${note}</p>`,
        ),
    },
  ];
};
