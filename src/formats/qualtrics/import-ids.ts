/** By what the vendor knows a column. */
export interface ImportId {
  readonly id: string;
  readonly choice: string | null;
}

/** The longest cell that is looked at as an ImportId. */
const longest = 2000;

/** Objects as Python prints them, which some exports write in place of JSON. */
const printedEntry = String.raw`u?'((?:\\.|[^'\\])*)'\s*:\s*u?(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([\w.+-]+))`;
const printedWhole = new RegExp(String.raw`^\{\s*${printedEntry}(?:\s*,\s*${printedEntry})*\s*\}$`);
const printedEntries = new RegExp(printedEntry, "g");

const printedObject = (cell: string): ReadonlyMap<string, unknown> | null => {
  if (!printedWhole.test(cell)) return null;
  const entries = [...cell.matchAll(printedEntries)];
  return new Map(entries.map(([, key, ...values]) => [key!, values.find((value) => value !== undefined)]));
};

const jsonObject = (cell: string): ReadonlyMap<string, unknown> | null => {
  if (!/^\{\s*"/.test(cell)) return null;
  try {
    const value: unknown = JSON.parse(cell);
    return value !== null && typeof value === "object" ? new Map(Object.entries(value)) : null;
  } catch {
    return null;
  }
};

const importIdOf = (text: string): ImportId | null => {
  const cell = text.trim();
  if (!cell.startsWith("{") || cell.length > longest) return null;
  const entries = jsonObject(cell) ?? printedObject(cell);
  const id = entries?.get("ImportId");
  const choice = entries?.get("choiceId");
  if (typeof id !== "string" || id === "") return null;
  return { id, choice: typeof choice === "string" || typeof choice === "number" ? String(choice) : null };
};

/** How the cell of an ImportId begins, whatever became of the rest of it. */
const beginning = /^\{\s*u?["']ImportId["']\s*:/;

/** Null unless every cell that is not empty is an ImportId, or one that is damaged beside others that are not. */
export const importIds = (record: readonly string[]): readonly (ImportId | null)[] | null => {
  const found = record.map(importIdOf);
  const isOther = record.some((cell, k) => found[k] === null && cell.trim() !== "" && !beginning.test(cell.trim()));
  return isOther || found.every((one) => one === null) ? null : found;
};

const counted = (names: readonly string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
};

/** An ImportId that several columns share is told apart by the choice; what then still stands twice is no id. */
export const uniqueIds = (found: readonly (ImportId | null)[]): readonly (string | null)[] => {
  const times = counted(found.flatMap((one) => one?.id ?? []));
  const ids = found.map((one) => {
    if (one === null) return null;
    return times.get(one.id)! > 1 && one.choice !== null ? `${one.id}_${one.choice}` : one.id;
  });
  const again = counted(ids.flatMap((id) => id ?? []));
  return ids.map((id) => (id !== null && again.get(id) === 1 ? id : null));
};
