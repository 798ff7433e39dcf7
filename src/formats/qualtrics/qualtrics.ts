import { foldText, tidyText } from "../../study/fold.ts";
import { type FileColumn, plainColumn } from "../delivered.ts";
import { namesPerson, squeezedName } from "../personal.ts";
import { type ImportId, importIds, uniqueIds } from "./import-ids.ts";

/** How many records at the top of a file are header, and what its columns are. */
export interface VendorHeader {
  readonly headerRecords: number;
  readonly columns: readonly FileColumn[];
}

type Cells = readonly string[];

const partOf360 = (names: ReadonlySet<string>): boolean =>
  names.has("subjectuniqueidentifier") && names.has("participantuniqueidentifier");
const personOf360 =
  /^(subject|participant|evaluator|evaluatee|rater|manager|recipient)(firstname|lastname|fullname|name|email|emailaddress)$/;

/** Personal by the export tag, by the vendor's id, or in the old form by the text; `panel-RecipientEmail` is `RecipientEmail`. */
const isPersonal = (names: readonly string[], is360: boolean): boolean =>
  names.some((name) => namesPerson(name) || (is360 && personOf360.test(squeezedName(name))));

const idNames = (id: string | undefined): readonly string[] =>
  id === undefined ? [] : [id, id.slice(id.lastIndexOf("-") + 1)];

const wordingOf = (cell: string | undefined): string | null => tidyText(cell ?? "") || null;

const squeezed = (record: Cells): ReadonlySet<string> => new Set(record.map(squeezedName));

const currentForm = (header: Cells, wording: Cells, found: readonly (ImportId | null)[]): readonly FileColumn[] => {
  const ids = uniqueIds(found);
  const is360 = partOf360(squeezed(header));
  return header.map((name, k) => ({
    ...plainColumn(name),
    id: ids[k] ?? null,
    wording: wordingOf(wording[k]),
    personal: isPersonal([name, ...idNames(found[k]?.id)], is360),
  }));
};

/** Columns that every survey of the vendor had before 2017, by their text. */
const oldTexts = ["responseid", "responseset", "externaldatareference", "ipaddress", "status", "startdate", "enddate"];
const strong = 4;
const numbered = /^V\d{1,4}$/;

const isOldText = (cell: string | undefined): boolean => oldTexts.includes(squeezedName(cell ?? ""));

/** Whether the second record repeats, or gives to `V1`, `V2`, …, the names of the vendor's own columns. */
const namesOldColumns = (header: Cells, second: Cells): boolean =>
  header.filter(
    (name, k) => isOldText(second[k]) && (numbered.test(name) || squeezedName(name) === squeezedName(second[k]!)),
  ).length >= strong;

const oldForm = (header: Cells, wording: Cells): readonly FileColumn[] => {
  const is360 = partOf360(squeezed(header));
  return header.map((name, k) => {
    const text = wordingOf(wording[k]);
    const own = numbered.test(name) ? text : null;
    return {
      ...plainColumn(name),
      id: own,
      wording: text,
      personal: isPersonal(own === null ? [name] : [name, own], is360),
    };
  });
};

/** The vendor's own columns in the first record, with no second one that repeats them: answers follow at once. */
const hasOldNames = (header: Cells): boolean => {
  const names = squeezed(header);
  return (
    names.has("responseid") && names.has("responseset") && oldTexts.filter((one) => names.has(one)).length >= strong
  );
};
const has360Names = (header: Cells): boolean => {
  const names = squeezed(header);
  return partOf360(names) && names.has("relationship") && names.has("unsolicited");
};
const echoes360 = (header: Cells, second: Cells): boolean =>
  header.some(
    (name, k) => squeezedName(name) === "subjectuniqueidentifier" && foldText(second[k] ?? "") === foldText(name),
  );

/** Says of a file's first records whether the survey system Qualtrics wrote them; null where nothing shows it. */
export const qualtricsHeader = (first: readonly Cells[]): VendorHeader | null => {
  const [header, second = [], third = []] = first;
  if (header === undefined) return null;
  const ids = importIds(third);
  if (ids !== null) return { headerRecords: 3, columns: currentForm(header, second, ids) };
  const idsAtOnce = importIds(second);
  if (idsAtOnce !== null) return { headerRecords: 2, columns: currentForm(header, [], idsAtOnce) };
  if (namesOldColumns(header, second) || (has360Names(header) && echoes360(header, second)))
    return { headerRecords: 2, columns: oldForm(header, second) };
  if (hasOldNames(header) || has360Names(header)) return { headerRecords: 1, columns: oldForm(header, []) };
  return null;
};
