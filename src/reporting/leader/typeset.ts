import type { Language } from "../../errors.ts";
import type { Assets } from "../page/assets.ts";
import type { FigureTable } from "../page/page.ts";
import { bare } from "../page/source.ts";
import type { LeaderModel } from "./model.ts";
import type { LeaderFigure, Section } from "./section.ts";
import { type Place, sheetOf } from "./sheet.ts";
import { voiceOf } from "./voice.ts";

/** The numbers of a figure as sentences: a printed sheet has no room for its table, and its reader may not see the chart. */
const tableInWords = ({ caption, columns, rows }: FigureTable): string => {
  const told = rows.map(([head = "", ...cells]) => {
    const values = cells.map((cell, index) => `${columns[index + 1] ?? ""} ${cell}`);
    return `${head}: ${values.join("; ")}.`;
  });
  return [`${caption.replace(/\.$/, "")}.`, ...told].join(" ");
};

/** The static fonts that a sheet is set in have no weight between semibold and bold. */
const inStaticFonts = (svg: string): string => svg.replaceAll('font-weight="650"', 'font-weight="600"');

const figureData = async ({ title, sub, key, draw, description, reading, note, table }: LeaderFigure) => ({
  kind: "figure",
  title,
  sub,
  key,
  drawing: inStaticFonts(await draw("wide")),
  alternative: `${description} ${tableInWords(table)}`,
  reading,
  note,
});

const sectionData = (section: Section): unknown => (section.kind === "figure" ? figureData(section) : section);

/** Words as they are read, wherever they stand in a record. */
const bareWords = (value: unknown): unknown => {
  if (typeof value === "string") return bare(value);
  if (Array.isArray(value)) return value.map(bareWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, bareWords(each)]));
};

/** One leader's report as a typesetter is given it: words and drawings, and nothing to work out. */
export const typesetLeader = async (
  model: LeaderModel,
  place: Place,
  language: Language,
  assets: Assets,
): Promise<unknown> => {
  const { sections, ...sheet } = sheetOf(model, place, voiceOf(language, assets));
  const set: unknown[] = [];
  for (const section of sections) set.push(await sectionData(section));
  return bareWords({ ...sheet, language, sections: set });
};
