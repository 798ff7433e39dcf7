import type { Chance } from "./chance.ts";
import { withColumns } from "./coded-columns.ts";
import { type Bound, harmless, losing } from "./faults.ts";
import type { Table } from "./made-study.ts";
import type { VendorForm } from "./vendor-forms.ts";

const current = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "ResponseId", "RecipientEmail"];
const old = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status"];
const day = "2020-01-10 10:00:00";

const systemCells = (row: number): readonly string[] => [
  ...[day, day, "IP Address", "10.0.0.1", "100", "True", `R_${row}`, "x@example.org"],
];
const oldCells = (row: number): readonly string[] => [`R_${row}`, "Default", "", "", "x@example.org", "10.0.0.1", "0"];

type IdCell = (id: string, column: number) => string;
type IdFault = (ids: readonly string[], chance: Chance) => readonly [(readonly string[])[], Bound];

const json: IdCell = (id) => JSON.stringify({ ImportId: id });
const printed: IdCell = (id) => `{'ImportId': '${id}', 'timeZone': u'Europe/Copenhagen'}`;
const chosen: IdCell = (id, column) => JSON.stringify({ ImportId: id, choiceId: column });

const withCell = (cells: readonly string[], chance: Chance, cell: string): readonly string[] =>
  cells.with(chance.below(cells.length), cell);

const broken = ["{", '{"ImportId"', '{"ImportId":7}', "null", "[]", '{"importid":"QID1"}', "{'ImportId': 'a'b'}", "x"];
const silent = ["", " ", '{"ImportId":"__proto__"}', `{'ImportId': '${"a\\".repeat(90)}'}`, '{ "ImportId": "QID 1" }'];

const idFaults: readonly IdFault[] = [
  () => [[], losing],
  (ids) => [[ids, ids], losing],
  (ids, chance) => [[withCell(ids, chance, chance.pick(broken))], losing],
  (ids, chance) => [[withCell(ids, chance, chance.pick(silent))], harmless],
  (ids) => [[ids.map(() => ids[0]!)], harmless],
  (ids, chance) => [[ids.slice(0, chance.below(ids.length))], losing],
];

/** The wording in the second row, with line breaks inside as the account has them. */
const wordings = (table: Table): readonly string[] => table.header.map((name) => `Hvor enig er du?\n- ${name}`);

/** Three rows above the answers, the last of which has the vendor's ids. */
const currentForm = (table: Table, chance: Chance): VendorForm => {
  const made = withColumns(table, current, systemCells);
  const cell = chance.pick([json, json, printed, chosen]);
  const ids = made.header.map((_, column) => cell(`QID${column}`, column));
  const isBroken = chance.once(5);
  const [rows, bound] = isBroken ? chance.pick(idFaults)(ids, chance) : [[ids], harmless];
  const lines = [wordings(made), ...rows, ...made.rows];
  const named = chance.once(6) ? { ...made, header: made.header.with(1, made.header[0]!) } : made;
  return { name: isBroken ? "qualtrics-ids" : "qualtrics", table: { ...named, rows: lines }, beside: {}, ...bound };
};

/** Two rows above the answers, numbered columns at the beginning, and nothing after the last separator. */
const oldForm = (table: Table, chance: Chance): VendorForm => {
  const made = withColumns(
    table,
    old.map((_, k) => `V${k + 1}`),
    oldCells,
  );
  const isBroken = chance.once(4);
  const texts = [...old, ...wordings(table)];
  const rows = [isBroken ? withCell(texts, chance, "") : texts, ...made.rows].map((cells) => [...cells, ""]);
  const form = { header: [...made.header, ""], rows };
  return { name: isBroken ? "old-qualtrics-texts" : "old-qualtrics", table: form, beside: {}, ...harmless };
};

/** A table as the survey system Qualtrics writes it, with its rows of headers whole or not. */
export const qualtrics = (table: Table, chance: Chance): VendorForm =>
  chance.once(3) ? oldForm(table, chance) : currentForm(table, chance);
