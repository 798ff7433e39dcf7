import { type AnswerRules, labelMap } from "../../src/formats/answers.ts";
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

const codesOf = ({ codes }: Delivery): AnswerRules["codes"] =>
  codes && new Map(Object.entries(codes).map(([code, meaning]) => [foldText(code), meaning]));

/** How the cells of an item's column in a delivery are understood. */
export const answerRules = (
  study: Study,
  delivery: Delivery,
  { scale }: PlacedItem,
  { described }: PlacedColumn,
): Omit<AnswerRules, "decimal" | "likely"> => ({
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
