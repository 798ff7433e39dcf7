import { tidyText } from "../study/fold.ts";
import { type Codebook, type CodebookColumn, uncoded } from "./codebook.ts";
import type { ValueLabel } from "./delivered.ts";
import { namesPerson, squeezedName } from "./personal.ts";

type Records = readonly (readonly string[])[];

const fields = [
  "questionName",
  "variableName",
  "questionType",
  "subType",
  "questionText",
  "choiceValue",
  "choiceText",
] as const;
type Field = (typeof fields)[number];

/** Which of an export's files, or sheets of its workbook, the records begin. */
export type SurveyxactRole = "structure" | "labels" | "dataset";

const fieldPlaces = (header: readonly string[]): ReadonlyMap<string, number> =>
  new Map(header.map((name, k) => [squeezedName(name), k] as const).reverse());

const isStructure = (header: readonly string[]): boolean => {
  const places = fieldPlaces(header);
  return (["questionName", "variableName", "questionType", "questionText"] as const).every((field) =>
    places.has(field.toLowerCase()),
  );
};

const number = /^-?\d+(?:[.,]\d+)?$/;
const filled = (record: readonly string[]): boolean => record.some((cell) => cell.trim() !== "");

/** Name, code and label in every record from the first on, several codes to a name, and one label to a code, which few lack. */
const isLabels = (records: Records): boolean => {
  const rows = records.filter(filled).map((row) => row.map((cell) => cell.trim()));
  const names = new Set(rows.map(([name]) => name));
  const codes = new Set(rows.map(([name, value]) => JSON.stringify([name, value])));
  const labels = new Set(rows.map(([name, value, label]) => JSON.stringify([name, value, label])));
  const unlabelled = rows.filter(([, , label = ""]) => label === "").length;
  return (
    names.size < codes.size &&
    codes.size === labels.size &&
    2 * unlabelled < rows.length &&
    rows.every(([name = "", value = "", , ...more]) => /^\S+$/.test(name) && number.test(value) && !filled(more))
  );
};

/** Five columns of 0 and 1 say how far a respondent has come; no other system writes them under these names. */
const isDataset = (header: readonly string[]): boolean => {
  const names = new Set(header.map((name) => name.trim().toLowerCase()));
  return ["stato_1", "stato_2", "stato_3", "stato_4", "stato_5"].every((name) => names.has(name));
};

/** Tells the files of a SurveyXact export apart by their first records; null where nothing shows what they are. */
export const surveyxactRole = (first: Records): SurveyxactRole | null => {
  const header = first[0];
  if (header === undefined) return null;
  if (isStructure(header)) return "structure";
  if (isDataset(header)) return "dataset";
  return isLabels(first) ? "labels" : null;
};

type Question = Readonly<Record<Field, string>>;

const questions = (structure: Records): readonly Question[] => {
  const [header = [], ...rows] = structure;
  const places = fieldPlaces(header);
  const cell = (row: readonly string[], field: Field): string =>
    tidyText(row[places.get(field.toLowerCase()) ?? -1] ?? "");
  return rows.map((row) => ({
    questionName: cell(row, "questionName"),
    variableName: cell(row, "variableName"),
    questionType: cell(row, "questionType"),
    subType: cell(row, "subType"),
    questionText: cell(row, "questionText"),
    choiceValue: cell(row, "choiceValue"),
    choiceText: cell(row, "choiceText"),
  }));
};

/** In file order, which is the order on the screen; of a code that stands twice, the first. */
const labelsByVariable = (labels: Records): ReadonlyMap<string, readonly ValueLabel[]> => {
  const found = new Map<string, Map<string, ValueLabel>>();
  for (const [name = "", value = "", label = ""] of labels) {
    const [variable, code] = [name.trim(), value.trim()];
    if (variable === "" || code === "" || label.trim() === "") continue;
    const codes = found.get(variable) ?? new Map<string, ValueLabel>();
    if (!codes.has(code)) codes.set(code, { code, label: tidyText(label) });
    found.set(variable, codes);
  }
  return new Map([...found].map(([variable, codes]) => [variable, [...codes.values()]]));
};

/** The file gives the stem alone to a column that is one choice of several; an item of a matrix has its own text. */
const wordingOf = ({ questionText, subType, choiceText }: Question): string | null => {
  const isChoice = subType.toLowerCase() === "multiple" && choiceText !== "";
  return (isChoice ? `${questionText} - ${choiceText}` : questionText) || null;
};

/** What is known of a respondent beforehand is an open question; its text is `Contact information - E-mail`. */
const isPersonal = ({ questionType, questionName, variableName, questionText }: Question): boolean => {
  if (questionType.toLowerCase() === "closed") return false;
  return [variableName, questionName, questionText.split(" - ").at(-1)!].some(namesPerson);
};

/** What `structure.csv` and `labels.csv`, or the sheets of these names, say of each variable. */
export const surveyxactCodebook = (structure: Records | null, labels: Records | null): Codebook => {
  const labelled = labelsByVariable(labels ?? []);
  const columns = new Map<string, CodebookColumn>();
  for (const question of questions(structure ?? [])) {
    const name = question.variableName;
    if (name === "" || columns.has(name)) continue;
    columns.set(name, {
      ...uncoded,
      wording: wordingOf(question),
      labels: labelled.get(name) ?? [],
      personal: isPersonal(question),
    });
  }
  for (const [name, codes] of labelled) if (!columns.has(name)) columns.set(name, { ...uncoded, labels: codes });
  return { columns };
};
