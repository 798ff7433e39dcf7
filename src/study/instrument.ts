import { foldText } from "./fold.ts";
import type { InstrumentFile } from "./instrument-schema.ts";
import { both } from "./leaves.ts";
import { readOutcome } from "./outcome.ts";
import { distinct, filledKeys, invalid, keyPlaceOf, missing, type Report, refers } from "./report.ts";
import type { Path } from "./source.ts";
import type { AnswerLabel, Instrument, Item, MissingCode, Rater, Scale, Text } from "./study.ts";

type ScaleEntry = InstrumentFile["scales"][number];
type ItemEntry = NonNullable<ScaleEntry["items"]>[number];
interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly index: boolean;
}

const kinds = ["items", "of", "difference"] as const;

const kindOf = (entry: ScaleEntry): Scale["kind"] =>
  entry.difference !== undefined ? "difference" : entry.of !== undefined ? "scales" : "items";

const readItem = (entry: ItemEntry): Item => {
  const { id, reversed = false, wording = {}, ...byRater } = entry;
  const given = Object.entries(byRater).filter((pair): pair is [Rater, Text] => pair[1] !== undefined);
  return { id, reversed, wording: { ...wording, ...Object.fromEntries(given) } };
};

const checkKind = (entry: ScaleEntry, path: Path, report: Report): void => {
  const given = kinds.filter((kind) => entry[kind] !== undefined);
  if (given.length === 0) missing(report, [...path, "items"]);
  if (given.length > 1) invalid(report, [...path, given[1]!], "items | of | difference");
  if (given.includes("items") && entry.range === undefined) missing(report, [...path, "range"]);
};

/** Scales whose parts lead back to themselves. */
const isCyclic = (id: string, entries: ReadonlyMap<string, ScaleEntry>, above: ReadonlySet<string>): boolean =>
  above.has(id) || (entries.get(id)?.of ?? []).some((part) => isCyclic(part, entries, new Set([...above, id])));

const checkParts = (
  entry: ScaleEntry,
  path: Path,
  entries: ReadonlyMap<string, ScaleEntry>,
  report: Report,
): boolean => {
  const parts = entry.of ?? [];
  const allowed = [...entries.values()].filter((other) => kindOf(other) !== "difference" && other.id !== entry.id);
  const ids = allowed.map(({ id }) => id);
  const known = parts.map((part, index) => refers(report, [...path, "of", index], "scale", part, ids));
  distinct(
    report,
    "scale",
    parts.map((part, index) => ({ id: part, path: [...path, "of", index] })),
  );
  if (!known.every(Boolean)) return false;
  const cyclic = isCyclic(entry.id, entries, new Set());
  if (cyclic) invalid(report, [...path, "of"], "acyclic");
  return !cyclic;
};

const agree = (a: Bounds, b: Bounds): boolean => a.low === b.low && a.high === b.high && a.index === b.index;

const declared = (entry: ScaleEntry, inherited: Bounds): Bounds => ({
  low: entry.range?.[0] ?? inherited.low,
  high: entry.range?.[1] ?? inherited.high,
  index: entry.index ?? inherited.index,
});

const checkMissingCodes = (file: InstrumentFile, codes: readonly string[], report: Report): void => {
  const numbers = (file.scales ?? []).flatMap(({ range, items }) => (range && items ? [range] : []));
  for (const code of codes) {
    const place = keyPlaceOf(report, ["missing", code]);
    if (Object.hasOwn(file.answers ?? {}, code))
      report.problems.push({ code: "id-duplicate", place, kind: "answer", id: code });
    else if (numbers.some(([low, high]) => Number(code) >= low && Number(code) <= high))
      report.warnings.push({ code: "missing-code-in-range", place, answer: code });
  }
};

const checkIds = (file: InstrumentFile, report: Report): void => {
  const scales = file.scales.map(({ id }, index) => ({ id, path: ["scales", index, "id"] }));
  distinct(report, "scale", scales);
  const items = file.scales.flatMap((scale, index) =>
    (scale.items ?? []).map(({ id }, item) => ({ id, path: ["scales", index, "items", item, "id"] })),
  );
  distinct(report, "item", items);
};

const readScales = (file: InstrumentFile, report: Report): readonly Scale[] => {
  const entries = new Map(file.scales.map((entry) => [entry.id, entry]));
  const paths = new Map(file.scales.map((entry, index): [string, Path] => [entry.id, ["scales", index]]));
  const sound = new Set(
    file.scales.filter((entry) => checkParts(entry, paths.get(entry.id)!, entries, report)).map(({ id }) => id),
  );
  const outlines = new Map(file.scales.map((entry) => [entry.id, { kind: kindOf(entry) }]));

  const bounds = (id: string): Bounds | null => {
    const entry = entries.get(id)!;
    const index = entry.index ?? true;
    if (kindOf(entry) === "items") return entry.range ? { low: entry.range[0], high: entry.range[1], index } : null;
    return sound.has(id) && entry.of ? bounds(entry.of[0]!) : null;
  };

  const composite = (entry: ScaleEntry, path: Path): Bounds | null => {
    const parts = sound.has(entry.id) ? entry.of!.map(bounds) : [null];
    if (parts.some((part) => part === null)) return null;
    const first = declared(entry, parts[0]!);
    if (parts.every((part) => agree(part!, first))) return first;
    report.problems.push({ code: "parts-disagree", place: keyPlaceOf(report, [...path, "of"]), scale: entry.id });
    return null;
  };

  const difference = (entry: ScaleEntry, path: Path, base: Omit<Scale, keyof Bounds | "kind">): Scale | null => {
    const at = (index: number): Path => [...path, "difference", index];
    const read = (words: string, index: number) => readOutcome(words, outlines, () => "employee", report, at(index));
    const [minuend, subtrahend] = entry.difference!.map(read);
    if (!minuend || !subtrahend) return null;
    for (const [index, outcome] of [minuend, subtrahend].entries())
      if (outcome.rater === null) invalid(report, at(index), "not-a-difference");
    if (minuend.rater === null || subtrahend.rater === null) return null;
    const [first, second] = [bounds(minuend.scale), bounds(subtrahend.scale)];
    if (first === null || second === null) return null;
    const index = entry.index ?? first.index;
    if (!agree(first, second) || index !== first.index) {
      const place = keyPlaceOf(report, [...path, "difference"]);
      report.problems.push({ code: "parts-disagree", place, scale: entry.id });
    }
    const width = first.high - first.low;
    return { ...base, kind: "difference", low: -width, high: width, index, minuend, subtrahend };
  };

  return file.scales.flatMap((entry, position): Scale[] => {
    const path: Path = ["scales", position];
    checkKind(entry, path, report);
    const base = { id: entry.id, name: entry.name ?? both(entry.id), answered: entry.answered ?? 0.5 };
    if (entry.difference !== undefined) {
      const scale = difference(entry, path, base);
      return scale === null ? [] : [scale];
    }
    const found = entry.of === undefined ? bounds(entry.id) : composite(entry, path);
    if (found === null) return [];
    if (entry.of !== undefined) return [{ ...base, ...found, kind: "scales", of: entry.of }];
    const items = (entry.items ?? []).map(readItem);
    const answers = entry.answers === undefined ? null : readAnswers(entry.answers, [...path, "answers"], report);
    return [{ ...base, ...found, kind: "items", items, answers }];
  });
};

/** Labels by code; refuses a code that is no number, and a label that stands for two codes, in whichever language. */
const readAnswers = (answers: Readonly<Record<string, Text>>, path: Path, report: Report): readonly AnswerLabel[] => {
  const codes = new Map<string, string>();
  return filledKeys(report, path).flatMap((code): AnswerLabel[] => {
    const place = keyPlaceOf(report, [...path, code]);
    if (code.trim() === "" || !Number.isFinite(Number(code))) {
      report.problems.push({ code: "value-invalid", place, key: "answers", expected: "answer-code" });
      return [];
    }
    const label = answers[code]!;
    const numbers = [label.da, label.en].filter((word) => word.trim() !== "" && Number.isFinite(Number(word)));
    if (numbers.some((word) => Number(word) !== Number(code)))
      report.problems.push({ code: "value-invalid", place, key: "answers", expected: "answer-label" });
    for (const word of new Set([label.da, label.en].map(foldText))) {
      const other = codes.get(word);
      if (other === undefined) codes.set(word, code);
      else report.problems.push({ code: "label-ambiguous", place, codes: [other, code] });
    }
    return [{ code, label }];
  });
};

const readMissing = (given: NonNullable<InstrumentFile["missing"]>, codes: readonly string[]): readonly MissingCode[] =>
  codes.map((code) => {
    const meaning = given[code]!;
    return typeof meaning === "string" ? { code, kind: meaning, label: null } : { code, ...meaning };
  });

/** The instrument that a checked file describes; what does not fit together in it goes into the report. */
export const readInstrument = (file: InstrumentFile, report: Report): Instrument => {
  checkIds(file, report);
  const missingCodes = filledKeys(report, ["missing"]);
  checkMissingCodes(file, missingCodes, report);
  return {
    id: file.instrument,
    answers: readAnswers(file.answers ?? {}, ["answers"], report),
    missing: readMissing(file.missing ?? {}, missingCodes),
    scales: readScales(file, report),
  };
};
