import { SaxesParser } from "saxes";
import { Refusal } from "../../errors.ts";

/** A row of a table, by field. */
export type LssRow = ReadonlyMap<string, string>;

/** Tables of a LimeSurvey structure file, in file order; one that the file does not have has no rows. */
export interface LssTables {
  readonly rows: (table: string) => readonly LssRow[];
  /** Language codes, the first of which the file names first. */
  readonly languages: readonly string[];
}

/** What a structure file may hold: it has five levels, and a survey of a thousand questions far fewer rows. */
const most = { depth: 12, rows: 200_000 } as const;

const wanted: ReadonlySet<string> = new Set([
  "answers",
  "answer_l10ns",
  "groups",
  "questions",
  "subquestions",
  "question_l10ns",
  "surveys",
]);

type Cause = "lss-malformed" | "lss-doctype" | "lss-too-deep" | "lss-other";

const damaged = (file: string, cause: Cause): Refusal =>
  new Refusal({ code: "file-damaged", place: { file }, format: "limesurvey", cause });

/** Takes the tables down while the parser walks through `document > table > rows > row > field`. */
const recorder = (file: string) => {
  const tables = new Map<string, Map<string, string>[]>();
  const languages: string[] = [];
  const path: string[] = [];
  let isSurvey = false;
  let rows = 0;
  let text = "";

  const open = (name: string): void => {
    if (path.length >= most.depth) throw damaged(file, "lss-too-deep");
    path.push(name);
    text = "";
    if (path.length !== 4 || name !== "row" || !wanted.has(path[1]!)) return;
    rows += 1;
    if (rows > most.rows)
      throw new Refusal({ code: "limit-exceeded", place: { file }, what: "entries", limit: most.rows });
    const table = tables.get(path[1]!) ?? [];
    table.push(new Map());
    tables.set(path[1]!, table);
  };

  const close = (): void => {
    const [root, table, within, row] = path;
    if (root === "document" && path.length === 2 && table === "LimeSurveyDocType") isSurvey = text.trim() === "Survey";
    if (root === "document" && path.length === 3 && table === "languages") languages.push(text.trim());
    if (path.length === 5 && within === "rows" && row === "row") tables.get(table!)?.at(-1)?.set(path[4]!, text);
    path.pop();
    text = "";
  };

  return {
    open,
    close,
    write: (more: string): void => {
      text += more;
    },
    finish: (): LssTables => {
      if (!isSurvey) throw damaged(file, "lss-other");
      return { rows: (table) => tables.get(table) ?? [], languages };
    },
  };
};

/** Reads the tables of a LimeSurvey structure file (`.lss`); anything else is refused, and so is a DTD, which it never has. */
export const lssTables = (xml: string, file: string): LssTables => {
  const record = recorder(file);
  const parser = new SaxesParser({ position: false });
  parser.on("error", () => {
    throw damaged(file, "lss-malformed");
  });
  parser.on("doctype", () => {
    throw damaged(file, "lss-doctype");
  });
  parser.on("opentag", ({ name }) => record.open(name));
  parser.on("closetag", record.close);
  parser.on("text", record.write);
  parser.on("cdata", record.write);
  parser.write(xml).close();
  return record.finish();
};
