import { valueIn } from "../../../disclosure/published.ts";
import { omitsZero } from "../../effect/clear.ts";
import { html } from "../../page/html.ts";
import { dataTable } from "../../page/page.ts";
import { chanceAtMost, sentences, synthetic, type TablePart } from "../drawing.ts";
import { section } from "../section.ts";
import type { ResearchVoice } from "../voice.ts";
import type { SurfacesModel } from "./model.ts";
import { type SurfaceRow, surfaceParameters } from "./model.ts";

/** Slopes are points per point; curvatures are points per squared point, and small. */
const decimals = { a1: 2, a2: 4, a3: 2, a4: 4, a5: 4 } as const;

const cellsOf = ({ parameters, status }: SurfaceRow, voice: ResearchVoice): readonly string[] => {
  const shown = valueIn(parameters);
  const none = status === "estimated" ? voice.say("hidden") : voice.status(status);
  return surfaceParameters.map((name) => {
    if (!shown) return none;
    const digits = decimals[name];
    return `${voice.signed(shown[name].estimate, digits)} (${voice.range(shown[name], digits)})`;
  });
};

/** How many surfaces turn with the size of the difference, and with its direction. */
const titleOf = (rows: readonly SurfaceRow[], voice: ResearchVoice): string => {
  const shown = rows.flatMap(({ parameters }) => valueIn(parameters) ?? []);
  const count = shown.filter(({ a3, a4 }) => omitsZero(a3) || omitsZero(a4)).length;
  return count === 0
    ? voice.say("surfacesTitle.none")
    : voice.say("surfacesTitle.some", { count, total: shown.length });
};

/** What outcomes are where leaders and employees agree and where they do not; nothing where no surface may be shown. */
export const surfaceTables = (model: SurfacesModel, voice: ResearchVoice): readonly TablePart[] => {
  const rows = model.surfaces;
  if (rows.every(({ parameters }) => parameters.state === "suppressed")) return [];
  const columns = [
    voice.say("columnScale"),
    voice.say("columnOutcome"),
    ...surfaceParameters.map((name) => voice.say(`columnSurface.${name}`)),
    voice.say("columnLeaders"),
  ];
  const shown = rows.filter(({ parameters }) => parameters.state === "shown");
  const caption = voice.say("surfacesCaption", { confidence: voice.confidence });
  const cells = rows.map((row) => [
    voice.text(row.name),
    voice.text(row.outcomeName),
    ...cellsOf(row, voice),
    voice.number(row.leaders, 0),
  ]);
  return [
    {
      table: (number) =>
        section(
          "surfaces",
          voice.say("tableTitle", { number, finding: titleOf(rows, voice) }),
          html`<p class="sub">${voice.say("surfacesSub", { wave: voice.wave(model.waves.at(-1)?.id ?? "") })}</p>${dataTable({ caption, columns, rows: cells })}<p class="read">${sentences(voice.say("surfacesReading"), chanceAtMost(shown.length, 2, voice))}</p><p class="note">${sentences(
            voice.say("surfacesNote"),
            synthetic(model, voice),
          )}</p>`,
        ),
    },
  ];
};
