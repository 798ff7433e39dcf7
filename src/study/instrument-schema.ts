import { z } from "zod";
import { boolean, id, list, map, mapping, name, numberWithin, oneOf, range, text } from "./leaves.ts";
import { missingKinds } from "./study.ts";

const kind = oneOf(...missingKinds);

const item = mapping({
  id: id.describe("Id of the item; also the name of its column unless the delivery maps it"),
  reversed: boolean.optional().describe("true where a high answer means a low score"),
  wording: map(text).optional().describe("Wording by variant of the questionnaire, e.g. schools, daycare"),
  employee: text.optional().describe("Wording to employees"),
  self: text.optional().describe("Wording to the leader, in the first person"),
  superior: text.optional().describe("Wording to the leader's own leader"),
  indicator: text.optional().describe("What an administrative figure measures"),
});

const scale = mapping({
  id: id.describe("Id of the scale"),
  name: text.optional().describe("Name shown to readers; the id where left out"),
  range: range.optional().describe("Lowest and highest answer; required of a scale of items"),
  index: boolean.optional().describe("true (default): reported on 0–100; false: in the raw range"),
  answered: numberWithin("share", (share) => share >= 0 && share <= 1)
    .optional()
    .describe("Share of the asked items that must be answered for a score; 0.5 where left out"),
  answers: map(text).optional().describe("Answer labels by code, where they are not those of the instrument"),
  items: list(item).min(1, { error: "list-nonempty" }).optional().describe("The items of the scale"),
  of: list(id).min(1, { error: "list-nonempty" }).optional().describe("A scale of other scales, equal weights"),
  difference: z
    .tuple([name, name], { error: "two-outcomes" })
    .optional()
    .describe("First outcome minus second, e.g. [self vision, employee vision]"),
});

export const instrumentFile = mapping({
  instrument: id.describe("Id of the instrument"),
  answers: map(text).optional().describe("Answer labels by code, in the order of the questionnaire"),
  missing: map(z.union([kind, mapping({ kind, label: text.describe("As the questionnaire words it") })]))
    .optional()
    .describe("Codes that mean a kind of missing (and its wording): typed, counted, never silently dropped"),
  scales: list(scale).min(1, { error: "list-nonempty" }).describe("The constructs that are measured"),
}).meta({ title: "Spejl instrument", description: "The questionnaire: answers, kinds of missing, scales and items" });

export type InstrumentFile = z.output<typeof instrumentFile>;
