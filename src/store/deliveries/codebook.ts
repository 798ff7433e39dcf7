import { readFile } from "node:fs/promises";
import { type Language, Refusal } from "../../errors.ts";
import { limesurveyCodebook } from "../../formats/limesurvey/limesurvey.ts";
import { surveyxactCodebook, surveyxactRole } from "../../formats/surveyxact.ts";
import type { SourceFile } from "./copy.ts";
import { delimitedCells } from "./delimited.ts";
import type { VendorCodebook } from "./delivered-table.ts";

const isXml = (bytes: Buffer): boolean => /^\uFEFF?\s*</.test(bytes.subarray(0, 200).toString("utf8"));

/** Reads the code book of a delivery: LimeSurvey's structure, or SurveyXact's structure and labels. */
export const readCodebook = async (
  files: readonly SourceFile[],
  language: Language,
): Promise<VendorCodebook | null> => {
  if (files.length === 0) return null;
  const tables: (readonly (readonly string[])[])[] = [];
  for (const file of files) {
    const bytes = await readFile(file.path);
    if (isXml(bytes)) {
      const codebook = limesurveyCodebook(bytes.toString("utf8"), file.name, language);
      return { format: "limesurvey", codebook };
    }
    tables.push(await delimitedCells(file));
  }
  const structure = tables.find((table) => surveyxactRole(table) === "structure") ?? null;
  const labels = tables.find((table) => surveyxactRole(table) === "labels") ?? null;
  if (structure === null && labels === null)
    throw new Refusal({ code: "codebook-unknown", place: { file: (files[0] as SourceFile).name } });
  return { format: "surveyxact", codebook: surveyxactCodebook(structure, labels) };
};
