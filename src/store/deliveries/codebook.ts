import { readFile } from "node:fs/promises";
import { type Language, Refusal } from "../../errors.ts";
import { limesurveyCodebook } from "../../formats/limesurvey/limesurvey.ts";
import { surveyxactCodebook, surveyxactRole } from "../../formats/surveyxact.ts";
import type { SourceFile } from "./copy.ts";
import { delimitedCells } from "./delimited.ts";
import type { VendorCodebook } from "./delivered-table.ts";

type Cells = readonly (readonly string[])[];

const isXml = (bytes: Buffer): boolean => /^\uFEFF?\s*</.test(bytes.subarray(0, 200).toString("utf8"));

/** Reads the code book of a delivery: LimeSurvey's structure, or SurveyXact's structure and labels. */
export const readCodebook = async (
  files: readonly SourceFile[],
  language: Language,
): Promise<VendorCodebook | null> => {
  if (files.length === 0) return null;
  const found: { structure?: Cells; labels?: Cells } = {};
  for (const file of files) {
    const bytes = await readFile(file.path);
    if (isXml(bytes)) {
      const other = files.find((each) => each !== file);
      if (other) throw new Refusal({ code: "codebook-unknown", place: { file: other.name } });
      const codebook = limesurveyCodebook(bytes.toString("utf8"), file.name, language);
      return { format: "limesurvey", codebook };
    }
    const cells = await delimitedCells(file);
    const role = surveyxactRole(cells);
    // A file that is listed and not read would leave codes to be taken for what they are not.
    if ((role !== "structure" && role !== "labels") || found[role])
      throw new Refusal({ code: "codebook-unknown", place: { file: file.name } });
    found[role] = cells;
  }
  const { structure = null, labels = null } = found;
  return { format: "surveyxact", codebook: surveyxactCodebook(structure, labels) };
};
