import type { Chance } from "./chance.ts";
import { type Choice, codedTable, withColumns } from "./coded-columns.ts";
import { type Bound, harmless, losing, straying } from "./faults.ts";
import type { Table } from "./made-study.ts";
import type { VendorForm } from "./vendor-forms.ts";
import { besideFile } from "./vendor-forms.ts";

const status = ["stato_1", "stato_2", "stato_3", "stato_4", "stato_5"];
const fields = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"];

type Lines = readonly (readonly string[])[];
type LabelFault = (labels: Lines, chance: Chance) => readonly [Lines, Bound];

const collided: LabelFault = (labels, chance) => {
  const [one, other] = [chance.below(labels.length), chance.below(labels.length)];
  return [labels.with(one, [labels[one]![0]!, labels[one]![1]!, labels[other]![2]!]), straying(Infinity)];
};

const labelFaults: Readonly<Record<string, LabelFault>> = {
  "label-lost": (labels, chance) => [labels.toSpliced(chance.below(labels.length), 1), losing],
  "label-twice": (labels, chance) => [[...labels, labels[chance.below(labels.length)]!], losing],
  "labels-collide": collided,
  "labels-shuffled": (labels, chance) => [chance.shuffled(labels), harmless],
  "labels-none": (labels) => [labels.slice(0, 1), straying(Infinity)],
  "label-empty": (labels, chance) => {
    const at = chance.below(labels.length);
    return [labels.with(at, [labels[at]![0]!, labels[at]![1]!, ""]), losing];
  },
};

const structureOf = ({ header }: Table, choices: readonly (readonly Choice[] | null)[]): Table => ({
  header: fields,
  rows: header.map((name, k) => [
    ...[name, name, choices[k] ? "Closed" : "Open", "Single", `Hvor enig er du; nu? - ${name} `, "", ""],
  ]),
});

/** A table as SurveyXact writes it: data set, structure and labels, the last of which may lack something. */
export const surveyxact = (table: Table, chance: Chance): VendorForm => {
  const turned = chance.once(2);
  const coded = codedTable(table, chance, (answer) => String(turned ? 6 - answer : answer));
  const labels = coded.choices.flatMap(
    (choices, k): Lines => (choices ?? []).map(({ code, label }) => [table.header[k]!, code, `${label} `]),
  );
  const [fault, damage] = chance.pick(Object.entries(labelFaults));
  const isDamaged = labels.length > 0 && chance.once(5);
  const [rows, bound] = isDamaged ? damage(labels, chance) : [labels, harmless];
  const structure = besideFile(structureOf(table, coded.choices), chance);
  const [first, ...others] = rows;
  const beside = {
    "structure.csv": structure,
    ...(first ? { "labels.csv": besideFile({ header: first, rows: others }, chance) } : {}),
  };
  const made = withColumns(coded.table, status, () => ["0", "0", "0", "1", "0"]);
  return { name: isDamaged ? `surveyxact ${fault}` : "surveyxact", table: made, beside, ...bound };
};
