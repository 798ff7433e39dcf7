import { describe, expect, it } from "vitest";
import { type AnswerRules, bareLabel, labelMap, readAnswer } from "../../src/formats/answers.ts";
import { labelFit, strangeCodes } from "../../src/formats/file-labels.ts";

const words = ["Helt uenig", "Uenig", "Hverken enig eller uenig", "Enig", "Helt enig"];
const answers = words.map((da, k) => ({ code: String(k + 1), label: { da, en: `${da} (en)` } }));
const rules = (labels: readonly string[], codes?: AnswerRules["codes"]): AnswerRules => ({
  low: 1,
  high: 5,
  labels: labelMap(answers),
  coded: true,
  missing: new Map(),
  missingLabels: new Map(),
  codes: codes ?? null,
  fileLabels: labels.map((label, k) => ({ code: String(k + 1), label })),
  fileScores: new Map(),
  onlyLabelled: false,
  fileMissing: [],
  blank: "blank",
  decimal: ".",
  likely: ".",
});
const read = (labels: readonly string[]) =>
  labels.map((_, k) => {
    const { answer, missing } = readAnswer(rules(labels), String(k + 1));
    return answer ?? missing;
  });

describe("a file's own labels", () => {
  it("leave codes as they are where they say the same, or nothing of the answers", () => {
    expect(labelFit(rules(words))).toBe("alike");
    expect(labelFit(rules(["Helt uenig", "2", "3", "4", "Helt enig"]))).toBe("alike");
    expect(labelFit(rules(["Aldrig", "Sjældent", "Af og til", "Ofte", "Altid"]))).toBe("alike");
  });

  it("translate codes where every one of them is an answer or missing", () => {
    const reversed = [...words].reverse();
    expect(labelFit(rules(reversed))).toBe("translated");
    expect(read(reversed)).toEqual([5, 4, 3, 2, 1]);
    const shifted = ["Ved ikke", ...words.slice(0, 4)];
    expect(labelFit(rules(shifted))).toBe("translated");
    expect(read(shifted)).toEqual(["dont-know", 1, 2, 3, 4]);
  });

  it.each([
    ["with the code in front", (word: string, k: number) => `${k + 1} - ${word}`],
    ["with the code behind", (word: string, k: number) => `${word} (${k + 1})`],
    ["with a full stop", (word: string) => `${word}.`],
  ])("translate codes %s", (_, written) => {
    const reversed = [...words].reverse().map(written);
    expect(labelFit(rules(reversed))).toBe("translated");
    expect(read(reversed)).toEqual([5, 4, 3, 2, 1]);
  });

  it("translate no code that they leave out, as where only the ends of a turned scale are worded", () => {
    const ends = {
      ...rules([]),
      fileLabels: [...rules([...words].reverse()).fileLabels.filter((_, k) => k % 4 === 0)],
    };
    expect(labelFit(ends)).toBe("translated");
    const onlyLabelled = { ...ends, onlyLabelled: true };
    expect(readAnswer(onlyLabelled, "1")).toMatchObject({ answer: 5, fault: null });
    expect(readAnswer(onlyLabelled, "2")).toMatchObject({ answer: null, fault: "answer-unlabelled" });
    expect(readAnswer({ ...onlyLabelled, missing: new Map([["9", "dont-know"]]) }, "9").missing).toBe("dont-know");
  });

  it("are not to be trusted where they fit in part, or two codes are one answer", () => {
    expect(labelFit(rules(["Meget enig", "Enig", "Neutral", "Uenig", "Meget uenig"]))).toBe("partly");
    expect(labelFit(rules(["Helt enig", "Enig", "Enig", "Uenig", "Helt uenig"]))).toBe("partly");
    expect(labelFit(rules(["Helt enig", "Enig", "Noget andet", "Uenig", "Helt uenig"]))).toBe("partly");
  });

  it("name a code in the range that is none of the answers, beside codes that are", () => {
    expect(strangeCodes(rules([...words.slice(0, 4), "Kan ikke tage stilling"]))).toEqual(["5"]);
    expect(strangeCodes(rules([...words.slice(0, 4), "Ved ikke"]))).toEqual([]);
    expect(strangeCodes(rules(["Aldrig", "Sjældent", "Af og til", "Ofte", "Altid"]))).toEqual([]);
    const of = (fileLabels: AnswerRules["fileLabels"], more: Partial<AnswerRules> = {}) =>
      strangeCodes({ ...rules([]), fileLabels, ...more });
    const known = rules(words).fileLabels;
    const strange = [
      { code: "1", label: "Kage" },
      { code: "5", label: "Te" },
    ];
    expect(of([...known.slice(1, 4), ...strange])).toEqual(["1", "5"]);
    expect(of([...known.slice(1, 3), ...strange])).toEqual([]);
    const outside = ["", " ", "0", "6", "x"].map((code) => ({ code, label: "Kage" }));
    expect(of([...known, ...outside])).toEqual([]);
    expect(of([...known, { code: "3", label: "Kage" }], { missingLabels: new Map([["kage", "blank"]]) })).toEqual([]);
    expect(of(known.map((one) => ({ ...one, label: `${one.code}. ${one.label}.` })))).toEqual([]);
  });
});

describe("a label without its code", () => {
  it.each([
    ["1 - Enig", "enig"],
    ["-1: Enig", "enig"],
    ["10=Enig", "enig"],
    ["2) Enig.", "enig"],
    ["Enig (1)", "enig"],
    ["Enig (-1)", "enig"],
    ["Enig (a)", "enig (a)"],
    ["3 gange", "3 gange"],
    ["Enig 1.", "enig 1"],
  ])("%j is %j", (label, bare) => {
    expect(bareLabel(label)).toBe(bare);
  });
});

describe("a code that is empty", () => {
  it("is not the number 0, neither as a label's nor as a missing value's", () => {
    const empty = { ...rules([]), fileLabels: [{ code: " ", label: "Enig" }] };
    expect(readAnswer(empty, "0")).toMatchObject({ answer: null, fault: "answer-out-of-range" });
    const missing = { ...rules([]), missing: new Map([["", "dont-know" as const]]) };
    expect(readAnswer(missing, "0")).toMatchObject({ missing: null, fault: "answer-out-of-range" });
  });
});

describe("a delivery's codes", () => {
  it("lead into the range and to whole answers, or nowhere", () => {
    const codes = new Map([
      ["a", 3],
      ["b", 7],
      ["c", 2.5],
    ]);
    expect(readAnswer(rules([], codes), "A")).toMatchObject({ answer: 3, fault: null });
    expect(readAnswer(rules([], codes), "B")).toMatchObject({ answer: null, fault: "answer-out-of-range" });
    expect(readAnswer(rules([], codes), "C")).toMatchObject({ answer: null, fault: "answer-fraction" });
  });
});
