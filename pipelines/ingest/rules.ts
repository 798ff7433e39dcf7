import { type AnswerRules, labelMap } from "../../src/formats/answers.ts";
import { labelFit } from "../../src/formats/file-labels.ts";
import { scoresFor } from "../../src/formats/file-scores.ts";
import { foldText } from "../../src/study/fold.ts";
import { answersOf, isCoded, type PlacedItem } from "../../src/study/items.ts";
import type { Delivery, MissingKind, Study } from "../../src/study/study.ts";
import type { PlacedColumn } from "./columns.ts";

const missingLabels = (study: Study): ReadonlyMap<string, MissingKind> =>
  new Map(
    study.instrument.missing.flatMap(({ kind, label }) =>
      label === null ? [] : [label.da, label.en].map((text) => [foldText(text), kind] as const),
    ),
  );

const missingCodes = (study: Study): ReadonlyMap<string, MissingKind> =>
  new Map(study.instrument.missing.map(({ code, kind }) => [code, kind]));

type ColumnRules = Omit<AnswerRules, "decimal" | "likely">;

const codesOf = ({ codes }: Pick<Delivery, "codes">): AnswerRules["codes"] =>
  codes && new Map(Object.entries(codes).map(([code, meaning]) => [foldText(code), meaning]));

const ownRules = (
  study: Study,
  delivery: Pick<Delivery, "codes" | "blank">,
  { scale }: PlacedItem,
  { described }: PlacedColumn,
): ColumnRules => ({
  low: scale.low,
  high: scale.high,
  labels: labelMap(answersOf(study.instrument, scale)),
  coded: isCoded(study.instrument, scale),
  missing: missingCodes(study),
  missingLabels: missingLabels(study),
  codes: codesOf(delivery),
  fileLabels: described.labels,
  fileScores: described.scores,
  onlyLabelled: false,
  fileMissing: described.missing,
  blank: delivery.blank,
});

/** How the cells of an item's column in a delivery are understood, or why the file's own words cannot tell. */
export const answerRules = (
  study: Study,
  delivery: Pick<Delivery, "codes" | "blank">,
  placed: PlacedItem,
  column: PlacedColumn,
): ColumnRules | "scores-contradict" | "labels-partly" => {
  const rules = ownRules(study, delivery, placed, column);
  const fileScores = scoresFor(rules);
  if (fileScores === null) return "scores-contradict";
  const fit = labelFit({ ...rules, fileScores });
  if (rules.codes === null && fit === "partly") return "labels-partly";
  const onlyLabelled = rules.codes === null && (fit === "translated" || fileScores.size > 0);
  return { ...rules, fileScores, onlyLabelled };
};
