import type { Chance } from "./chance.ts";
import type { Table } from "./made-study.ts";

/** How a table is written as text: none of it changes what the table says. */
export interface Writing {
  readonly separator: string;
  /** Cells that need not stand in quotation marks do so all the same: none, some or all. */
  readonly quoted: "needed" | "some" | "all";
  readonly lineEnds: readonly string[];
  readonly separatorLine: boolean;
  /** Separators after the last cell of every line, or of every line but the header's. */
  readonly trailing: "none" | "rows" | "all";
  readonly blankLines: boolean;
  readonly ended: boolean;
}

export const drawWriting = (chance: Chance): Writing => {
  const { pick, once } = chance;
  return {
    separator: pick([";", ",", "\t", "|", ";"]),
    quoted: pick(["needed", "needed", "some", "all"] as const),
    lineEnds: pick([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]]),
    separatorLine: once(8),
    trailing: once(8) ? pick(["rows", "all"] as const) : "none",
    blankLines: once(8),
    ended: !once(6),
  };
};

/** Vendors that separate by tabs mostly do not quote, so that a line break or tab in a cell cannot be told from others. */
const written = (given: string, { separator, quoted }: Writing, { once }: Chance): string => {
  const cell = separator === "\t" ? given.replace(/[\t\r\n]+/g, " ") : given;
  const needs = cell.includes(separator) || /["\r\n]/.test(cell);
  const quotes = needs || quoted === "all" || (quoted === "some" && once(3));
  return quotes ? `"${cell.replaceAll('"', '""')}"` : cell;
};

/** The lines of a table, the header first, each without its end; a line may hold line ends inside quotation marks. */
export const linesOf = (table: Table, writing: Writing, chance: Chance): readonly string[] => {
  const { separator, trailing } = writing;
  return [table.header, ...table.rows].map((cells, row) => {
    const line = cells.map((cell) => written(cell, writing, chance)).join(separator);
    const beyond = trailing === "all" || (trailing === "rows" && row > 0);
    return beyond ? line + separator : line;
  });
};

/** A text of lines. A carriage return before a blank line that ends in a line feed would be one end of two. */
export const textOf = (lines: readonly string[], writing: Writing, chance: Chance): string => {
  const { separator, separatorLine, blankLines, ended, lineEnds } = writing;
  const parts = separatorLine ? [`sep=${separator}`, ...lines] : [...lines];
  const last = parts.length - 1;
  return parts
    .map((line, k) => {
      const end = k === last && !ended ? "" : chance.pick(lineEnds);
      const blank = blankLines && k > 0 && chance.once(6) ? (lineEnds[0] ?? "") : "";
      return blank + line + end;
    })
    .join("");
};
