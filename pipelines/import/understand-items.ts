import type { QuarantineCode } from "../../src/errors.ts";
import { labelMap, readAnswer } from "../../src/formats/answers.ts";
import { type CodedColumn, type ProposedCodes, proposeCodes } from "../../src/formats/matching/codes.ts";
import { type ItemMatch, type ItemMatches, matchItems, type WantedItem } from "../../src/formats/matching/items.ts";
import type { SurveyedColumn } from "../../src/formats/matching/surveyed.ts";
import { foldText } from "../../src/study/fold.ts";
import { answersOf, type PlacedItem, placedItems } from "../../src/study/items.ts";
import type { Delivery, MissingKind, Rater, Study } from "../../src/study/study.ts";
import { answerRules } from "../ingest/rules.ts";

const textsOf = ({ item }: PlacedItem, rater: Rater | null): readonly string[] => {
  const own = rater === null ? undefined : item.wording[rater];
  const variants = Object.entries(item.wording).filter(([key]) => !["self", "employee", "superior"].includes(key));
  const used = own === undefined ? Object.values(item.wording) : [own, ...variants.map(([, text]) => text)];
  return [...new Set(used.flatMap(({ da, en }) => [da, en]))];
};

/** The instrument's items as they are worded to a rater. */
export const wantedItems = (study: Study, rater: Rater | null): readonly WantedItem[] =>
  placedItems(study.instrument).map((placed) => ({
    id: placed.item.id,
    wordings: textsOf(placed, rater),
    earlier: study.deliveries.flatMap((one) =>
      rater === null || one.rater === rater ? (one.items[placed.item.id] ?? []) : [],
    ),
  }));

const ratersOfWordings = ["self", "employee", "superior"] as const;

/** Who is asked, where the wordings are those of one rater and not of another; null where they do not tell. */
export const raterByWording = (
  study: Study,
  columns: readonly (SurveyedColumn | null)[],
): (typeof ratersOfWordings)[number] | null => {
  const counts = ratersOfWordings.map((rater) => {
    const own = placedItems(study.instrument).filter(({ item }) => item.wording[rater] !== undefined);
    const wanted = own.map((placed) => ({ id: placed.item.id, wordings: textsOf(placed, rater), earlier: [] }));
    return { rater, n: matchItems(wanted, columns, new Map()).found.filter(({ by }) => by === "wording").length };
  });
  const [best, next] = counts.toSorted((a, b) => b.n - a.n);
  return best && next && best.n > 2 * next.n ? best.rater : null;
};

const missingOf = (study: Study): Pick<CodedColumn, "missing" | "missingLabels"> => ({
  missing: new Map(study.instrument.missing.map(({ code, kind }) => [code, kind])),
  missingLabels: new Map(
    study.instrument.missing.flatMap(({ kind, label }) =>
      label === null ? [] : [label.da, label.en].map((text): [string, MissingKind] => [foldText(text), kind]),
    ),
  ),
});

/** Codes that a delivery has to explain, over all columns of items. */
export const codesOf = (
  study: Study,
  columns: readonly SurveyedColumn[],
  found: readonly ItemMatch[],
): ProposedCodes => {
  const placed = new Map(placedItems(study.instrument).map((one) => [one.item.id, one]));
  const missing = missingOf(study);
  return proposeCodes(
    found.map(({ item, column }): CodedColumn => {
      const { scale } = placed.get(item) as PlacedItem;
      const { described, texts } = columns[column] as SurveyedColumn;
      const { low, high } = scale;
      return {
        labels: labelMap(answersOf(study.instrument, scale)),
        fileLabels: described.labels,
        fileScores: described.scores,
        codes: null,
        texts,
        low,
        high,
        ...missing,
      };
    }),
  );
};

/** How a run would read a column as answers of an item. */
export interface Readable {
  /** Share of its filled cells that are an answer, or a kind of missing; null where none is filled. */
  readonly reads: number | null;
  /** Codes of the scale that neither the file's labels nor the delivery's codes explain, where cells have some of them. */
  readonly unexplained: readonly string[];
}

const unexplainedFaults: ReadonlySet<QuarantineCode | null> = new Set(["answer-unlabelled", "answer-not-declared"]);
/** A longer scale has no code for each of its numbers. */
const mostCodes = 101;

export const readableIn = (
  study: Study,
  delivery: Pick<Delivery, "codes" | "blank">,
  item: string,
  { described, texts, filled }: SurveyedColumn,
): Readable => {
  const placed = placedItems(study.instrument).find((one) => one.item.id === item) as PlacedItem;
  const rules = answerRules(study, delivery, placed, { column: 0, name: described.name, described });
  if (filled === 0 || typeof rules === "string") return { reads: filled === 0 ? null : 0, unexplained: [] };
  const faultOf = (text: string) =>
    readAnswer({ ...rules, decimal: null, likely: study.language === "da" ? "," : "." }, text).fault;
  const cells = [...texts].map(([text, rows]) => ({ rows, fault: faultOf(text) }));
  const read = cells.reduce((sum, { rows, fault }) => sum + (fault === null ? rows : 0), 0);
  const { low, high } = placed.scale;
  const codes = Array.from({ length: Math.min(mostCodes, high - low + 1) }, (_, k) => String(low + k));
  const isUnexplained = cells.some(({ fault }) => unexplainedFaults.has(fault));
  return {
    reads: read / filled,
    unexplained: isUnexplained ? codes.filter((code) => unexplainedFaults.has(faultOf(code))) : [],
  };
};

export interface Absent {
  readonly scales: readonly string[];
  /** Items that a file which words its questions does not have. */
  readonly items: readonly string[];
  /** Items that may be there under a name that says nothing. */
  readonly open: readonly string[];
}

/** What of the items without a column was not asked: whole scales, and items whose wording no column resembles. */
export const absentItems = (
  study: Study,
  { absent, found, open }: ItemMatches,
  wanted: readonly WantedItem[],
  columns: readonly SurveyedColumn[],
): Absent => {
  const there = new Set([...found, ...open].map(({ item }) => item));
  const scales = study.instrument.scales.filter((scale) => scale.kind === "items");
  const whole = scales.filter((scale) => scale.items.every(({ id }) => !there.has(id)));
  const inWhole = new Set(whole.flatMap((scale) => scale.items.map(({ id }) => id)));
  const rest = absent.filter((item) => !inWhole.has(item));
  const isWorded = columns.filter(({ described }) => described.wording !== null).length > columns.length / 2;
  const worded = (item: string): boolean =>
    isWorded && (wanted.find(({ id }) => id === item)?.wordings.length ?? 0) > 0;
  return {
    scales: whole.map(({ id }) => id),
    items: rest.filter(worded),
    open: rest.filter((item) => !worded(item)),
  };
};
