import { describe, expect, it } from "vitest";
import { type AnswerRules, labelMap, readAnswer } from "../../src/formats/answers.ts";

const labels = labelMap([
  { code: "1", label: { da: "Helt uenig", en: "Strongly disagree" } },
  { code: "2", label: { da: "Uenig", en: "Disagree" } },
  { code: "5", label: { da: "Helt enig", en: "Strongly agree" } },
]);
const coded: AnswerRules = {
  ...{
    low: 1,
    high: 5,
    labels,
    coded: true,
    codes: null,
    fileLabels: [],
    fileScores: new Map(),
    onlyLabelled: false,
    fileMissing: [],
  },
  ...{ blank: "blank", decimal: null, likely: "," },
  missing: new Map([
    ["6", "dont-know"],
    ["99", "not-asked"],
  ]),
  missingLabels: new Map([["andet", "not-applicable"]]),
};
const measured: AnswerRules = { ...coded, low: 0, high: 2000, labels: new Map(), coded: false, missing: new Map() };

/** What a cell is read as: an answer, a kind of missing or a fault, and after it what was changed. */
const readAs = (rules: AnswerRules, cell: string): readonly (string | number | null)[] => {
  const { answer, missing, fault, coercions } = readAnswer(rules, cell);
  expect([answer, missing, fault].filter((one) => one !== null)).toHaveLength(1);
  return [answer ?? missing ?? fault, ...coercions];
};

type Case = readonly [cell: string, ...reading: readonly (string | number)[]];
const check = (name: string, rules: AnswerRules, cases: readonly Case[]): void => {
  it.each(cases.map(([cell, ...reading]) => [cell, reading] as const))(`${name} %j`, (cell, reading) => {
    expect(readAs(rules, cell)).toEqual(reading);
  });
};

describe("a cell of an item", () => {
  check("with codes from 1 to 5 reads", coded, [
    ["3", 3],
    [" 3\u00a0", 3, "trimmed"],
    ["3\u200b", 3, "trimmed"],
    ["6.0", "dont-know", "whole-as-decimal"],
    ["6,0", "dont-know", "decimal-comma", "whole-as-decimal"],
    ["99", "not-asked"],
    ["5.0", 5, "whole-as-decimal"],
    ["3e0", 3],
    ["4,5", "answer-fraction"],
    ["4.5", "answer-fraction"],
    ["0", "answer-out-of-range"],
    ["7", "answer-out-of-range"],
    ["-3", "answer-out-of-range"],
    ["4;5", "answer-not-a-number"],
    ["0x3", "answer-not-a-number"],
    ["=1+2", "answer-not-a-number"],
    ["3-5", "answer-date"],
    ["22. maj", "answer-date"],
    ["", "blank"],
    ["  ", "blank", "trimmed"],
  ]);

  check("with labels in two languages reads", coded, [
    ["Helt enig", 5, "label"],
    ["HELT  enig", 5, "trimmed", "label"],
    ["Strongly disagree", 1, "label"],
    ["helt enig.", "answer-not-a-number"],
    ["Andet", "not-applicable", "missing-label"],
    ["Ved ikke", "dont-know", "missing-label"],
    ["Ønsker ikke at svare", "prefer-not-to-say", "missing-label"],
  ]);

  const undeclared = { ...coded, missing: new Map(), blank: "not-asked" } as const;
  it.each(["NA", "n/a", "NULL", "None", "nan", "<NA>", "-", ".", "#N/A"])("that holds %s is empty", (cell) => {
    expect(readAs(undeclared, cell)).toEqual(["not-asked", "missing-text"]);
  });
  it.each(["NA", "n/a", "NULL", "None", "nan", "<NA>", "-", ".", "#N/A"])(
    "that holds %s is asked about where the codes of missing are declared",
    (cell) => {
      expect(readAs(coded, cell)).toEqual(["answer-missing-text"]);
    },
  );
  it("that holds a declared text is missing as declared", () => {
    expect(readAs({ ...coded, missing: new Map([["NA", "prefer-not-to-say"]]) }, "NA")).toEqual(["prefer-not-to-say"]);
  });

  const recoded = {
    ...coded,
    codes: new Map<string, number | "dont-know">([
      ["ao01", 1],
      ["6", 3],
      ["9", 5],
      ["ved ikke her", "dont-know"],
    ]),
  };
  check("with codes of the file's own reads", recoded, [
    ["AO01", 1, "recoded"],
    ["6", 3, "recoded"],
    ["6.0", 3, "recoded"],
    ["9", 5, "recoded"],
    ["Ved ikke her", "dont-know", "recoded"],
    ["99", "not-asked"],
    ["3", "answer-not-declared"],
    ["Helt enig", 5, "label"],
    ["", "blank"],
  ]);

  const described = {
    ...coded,
    fileLabels: [
      { code: "1", label: "Helt enig" },
      { code: "2", label: "Uenig" },
      { code: "6", label: "Ved ikke" },
      { code: "4", label: "Foretrækker ikke at svare" },
      { code: "3", label: "Midt imellem" },
    ],
    fileMissing: [{ low: 90, high: 98 }],
  };
  check("that the file itself describes reads", described, [
    ["1", 5, "file-label"],
    ["1.0", 5, "file-label"],
    ["2", 2],
    ["6", "dont-know", "missing-label"],
    ["4", "prefer-not-to-say", "missing-label"],
    ["3", 3],
    ["Midt imellem", 3, "file-label"],
    ["95", "blank", "missing-in-file"],
    ["90", "blank", "missing-in-file"],
    ["98", "blank", "missing-in-file"],
    ["89", "answer-out-of-range"],
    ["97.5", "blank", "missing-in-file"],
    ["99", "not-asked"],
  ]);
  const valued = {
    ...coded,
    fileLabels: [3, 6, 11, 12, 13, 14].map((code) => ({ code: String(code), label: `svar ${code}` })),
    fileScores: new Map([
      ["3", 3],
      ["6", 9],
      ["11", 1],
      ["12", 5],
      ["13", 0],
      ["14", 2.5],
    ]),
  };
  check("whose codes the survey values reads", valued, [
    ["3", 3],
    ["6", "dont-know"],
    ["11", 1, "file-score"],
    ["12.0", 5, "file-score"],
    ["13", "answer-out-of-range"],
    ["14", "answer-fraction"],
    ["2", 2],
    ["Svar 12", 5, "file-label"],
    ["Svar 13", "answer-out-of-range"],
  ]);
  check("that is no code and whose codes the survey values reads", { ...valued, coded: false }, [
    ["14", 2.5, "file-score"],
    ["4,5", 4.5, "decimal-comma"],
  ]);
  const translated = { ...coded, fileLabels: described.fileLabels.slice(0, 2), onlyLabelled: true };
  check("of which the file's labels translate the codes reads", translated, [
    ["1", 5, "file-label"],
    ["2", 2],
    ["4", "answer-unlabelled"],
    ["4.0", "answer-unlabelled"],
    ["6", "dont-know"],
    ["7", "answer-out-of-range"],
  ]);
  check(
    "of which the file's labels translate the codes into words of its own reads",
    { ...translated, fileLabels: [{ code: "3", label: "Midt imellem" }] },
    [
      ["3", 3],
      ["3.0", 3, "whole-as-decimal"],
      ["4", "answer-unlabelled"],
    ],
  );
  it("keeps the declared kind of a code that the file only says is missing", () => {
    const reading = readAs({ ...described, fileMissing: [{ low: 99, high: 99 }] }, "99");
    expect(reading).toEqual(["not-asked", "missing-in-file"]);
  });
  it("refuses a code that the file labels but that is no answer", () => {
    const far = { ...coded, fileLabels: [{ code: "7", label: "Midt imellem" }] };
    expect(readAs(far, "Midt imellem")).toEqual(["answer-out-of-range"]);
  });

  check("with numbers from 0 to 2000 and mostly a decimal comma reads", measured, [
    ["2.5", 2.5],
    ["2,5", 2.5, "decimal-comma"],
    ["1.200", 1200, "decimal-comma"],
    ["1.200,5", 1200.5, "decimal-comma"],
    ["2001", "answer-out-of-range"],
  ]);
  check("with numbers from 0 to 2000 and mostly a decimal point reads", { ...measured, likely: "." }, [
    ["1.200", 1.2],
    ["1,200", 1200],
  ]);
  check("of which only one reading is in the range reads", { ...measured, low: 100 }, [["1,200", 1200]]);
  check("with a known decimal comma reads", { ...measured, decimal: "," }, [
    ["2.5", "answer-not-a-number"],
    ["1.200", 1200, "decimal-comma"],
  ]);
});
