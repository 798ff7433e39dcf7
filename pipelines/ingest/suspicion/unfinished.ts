import type { Problem } from "../../../src/errors.ts";
import { meets } from "../../../src/formats/conditions.ts";
import { completedAnswers } from "../../../src/formats/matching/completed.ts";
import type { Condition } from "../../../src/study/study.ts";
import type { MappedDelivery } from "../columns.ts";
import type { MarkReader } from "../readers.ts";

const written = (value: string): string => (/^\d+$/.test(value) ? value : JSON.stringify(value));
const list = (value: string | readonly string[]): string =>
  typeof value === "string" ? written(value) : `[${value.map(written).join(", ")}]`;

/** A condition as a line of the study file has it. */
const conditionText = (condition: Condition): string =>
  typeof condition === "object" && "not" in condition ? `{ not: ${list(condition.not)} }` : list(condition);

/** Rows that were taken although the survey system marks them as unfinished or as previews, and the line that leaves them out. */
export const unfinishedRows = ({ file, columns }: MappedDelivery, marks: readonly MarkReader[]): readonly Problem[] => {
  const surveyed = columns.marks.map(({ described }, index) => {
    const { texts, counts } = marks[index]!;
    return { described, texts: new Map(texts.map((text, place) => [text, counts[place]!])), filled: 0 };
  });
  return completedAnswers(file.format, surveyed).flatMap(({ column, condition }): Problem[] => {
    const taken = [...surveyed[column]!.texts].filter(([text]) => !meets(condition, text));
    const rows = taken.reduce((sum, [, count]) => sum + count, 0);
    const { name } = columns.marks[column]!;
    const place = { file: file.name, line: file.headerLine, column: name };
    const where = `${written(name)}: ${conditionText(condition)}`;
    return rows > 0 ? [{ code: "rows-unfinished", place, rows, where: where.replace(/^"(\w+)"/, "$1") }] : [];
  });
};
