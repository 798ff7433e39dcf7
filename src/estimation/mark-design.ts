import type { Study } from "../study/study.ts";
import type { Analysis } from "./analysis.ts";
import { sentenceOf } from "./design/notes.ts";
import type { Warning } from "./design/status.ts";
import type { Estimate } from "./inference/estimate.ts";
import { respondsUnevenly } from "./trial/response.ts";

/** What the design says against reading a row as an effect of the training. */
function warningsOf(study: Study, { allocation, response }: Analysis, row: Estimate): readonly Warning[] {
  const uneven = respondsUnevenly(response, row.rater, row.wave, study.plan.confidence);
  return [
    ...(allocation?.randomised === false ? [{ code: "not-randomised" as const, names: [], count: 0 }] : []),
    ...(uneven ? [{ code: "response-differs" as const, names: [row.wave], count: 1 }] : []),
  ];
}

/** An analysis whose estimates say where arms were not drawn by chance, and where who answered differs between them. */
export function markDesign(study: Study, analysis: Analysis): Analysis {
  const mark = (row: Estimate): Estimate => {
    const added = row.status === "estimated" ? warningsOf(study, analysis, row) : [];
    if (added.length === 0) return row;
    const note = [row.note, ...added.map(sentenceOf)].filter((sentence) => sentence !== "").join(" ");
    return { ...row, warnings: [...row.warnings, ...added], note };
  };
  return { ...analysis, estimates: analysis.estimates.map(mark), contrasts: analysis.contrasts.map(mark) };
}
