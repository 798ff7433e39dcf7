/** Named lists of records of whole numbers, over which a query repeats its fragments. */
export type Repeats = Readonly<Record<string, readonly Readonly<Record<string, number>>[]>>;

const filled = (fragment: string, record: Readonly<Record<string, number>>): string =>
  fragment.replace(/#([a-z]+)/g, (field, name: string) => {
    const value = record[name];
    if (value === undefined) return field;
    if (!Number.isSafeInteger(value)) throw new Error(`${field} is not a whole number`);
    return String(value);
  });

const closingOf = (sql: string, start: number): number => {
  let depth = 0;
  for (const mark of sql.matchAll(/\{\{each |\}\}/g)) {
    if (mark.index < start) continue;
    depth += mark[0] === "}}" ? -1 : 1;
    if (depth === 0) return mark.index;
  }
  throw new Error("a repeated fragment does not end");
};

/**
 * Repeats fragments of a query: `{{each items: sum(a#item),}}` becomes the fragment once per record of `items`, with
 * the record's number in the place of `#item`. Fragments nest, and an outer number may be part of an inner name
 * (`{{each scales: … {{each items#scale: …}} …}}`). Only whole numbers ever enter the text.
 */
export const repeatColumns = (sql: string, repeats: Repeats): string => {
  const start = sql.indexOf("{{each ");
  if (start < 0) return sql;
  const end = closingOf(sql, start);
  const [, name = "", body = ""] = /^\{\{each ([a-z_0-9]+):(.*)$/s.exec(sql.slice(start, end)) ?? [];
  const records = repeats[name];
  if (!records) throw new Error(`nothing to repeat by the name of ${name}`);
  const repeated = records.map((record) => repeatColumns(filled(body, record), repeats));
  return sql.slice(0, start) + repeated.join("") + repeatColumns(sql.slice(end + 2), repeats);
};
