import { describe, expect, it } from "vitest";
import { describeColumns } from "../../src/formats/codebook.ts";
import { surveyxactCodebook, surveyxactRole } from "../../src/formats/surveyxact.ts";

const header = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"];
const structure = [
  header,
  ["s_1", "s_1", "Closed", "Single", "Min leder har en vision - Jeg kender den  ", "", ""],
  ["s_2", "s_2_1", "Closed", "Multiple", "Hvad har du lært?", "1", "At lytte ", ""],
  ["s_2", "s_2_2", "Closed", "Multiple", "Hvad har du lært?", "7", "At spørge ", ""],
  ["s_3", "s_3", "Open", "String", "Andet:", "", ""],
  ["mail", "kontakt_1", "Open", "String", "Kontaktoplysninger - E-mail", "", ""],
  ["navn", "navn", "Open", "String", "Kontaktoplysninger - navn", "", ""],
  ["s_4", "s_4", "Closed", "Single", "Hvad mangler på listen? - Navn", "", ""],
  ["", "", "", "", "", "", ""],
];
const labels = [
  ["s_1", "5", "Helt enig "],
  ["s_1", "1", "Helt uenig"],
  ["s_1", "8", "Ved ikke"],
  ["s_2_1", "0", "Ikke valgt"],
  ["s_2_1", "1", "Valgt"],
];
const dataset = [
  ["s_1", "stato_1", "stato_2", "stato_3", "stato_4", "stato_5"],
  ["5", "0", "0", "0", "1", "0"],
];

describe("a SurveyXact export", () => {
  it("is told apart file by file", () => {
    expect([structure, labels, dataset].map(surveyxactRole)).toEqual(["structure", "labels", "dataset"]);
    expect(surveyxactRole(labels.map((row) => [...row, ""]))).toBe("labels");
    expect(surveyxactRole([...labels, labels[1]!])).toBe("labels");
    expect(surveyxactRole(labels.with(1, ["s_1", "1", " "]))).toBe("labels");
  });

  it.each([
    [
      "an ordinary table of three columns",
      [
        ["leder", "q1", "q2"],
        ["L1", "1", "2"],
        ["L1", "3", "4"],
      ],
    ],
    [
      "rows that have no code",
      [
        ["L1", "a", "b"],
        ["L1", "c", "d"],
      ],
    ],
    [
      "one row to a name",
      [
        ["r1", "1", "Enig"],
        ["r2", "1", "Enig"],
      ],
    ],
    [
      "a code twice",
      [
        ["L1", "4", "God"],
        ["L1", "4", "Ringe"],
      ],
    ],
    [
      "rows with more beside the label",
      [
        ["L1", "1", "God", "x"],
        ["L1", "2", "Ringe", "y"],
      ],
    ],
    ["a code that has two labels", [...labels, ["s_1", "1", "Uenig"]]],
    ["rows of two cells", labels.map(([name = "", code = ""]) => [name, code])],
    ["codes without a label", labels.map(([name = "", code = ""]) => [name, code, ""])],
    ["nothing", []],
  ])("is not seen in %s", (_, first) => {
    expect(surveyxactRole(first)).toBeNull();
  });

  const { columns } = surveyxactCodebook(structure, labels);

  it("has its answers in the order on the screen", () => {
    expect(columns.get("s_1")!.labels).toEqual([
      { code: "5", label: "Helt enig" },
      { code: "1", label: "Helt uenig" },
      { code: "8", label: "Ved ikke" },
    ]);
  });

  it("words an item by stem and item, and a choice by question and choice", () => {
    expect(columns.get("s_1")!.wording).toBe("Min leder har en vision - Jeg kender den");
    expect(columns.get("s_2_2")!.wording).toBe("Hvad har du lært? - At spørge");
    expect(columns.get("s_3")!.wording).toBe("Andet:");
    expect(columns.has("")).toBe(false);
  });

  it("names contact information personal, and no closed question", () => {
    expect([...columns].flatMap(([name, { personal }]) => (personal ? [name] : []))).toEqual(["kontakt_1", "navn"]);
  });

  it("believes the first where a variable or a code stands twice", () => {
    const twice = [header, ["a", "a", "Open", "String", "First"], ["a", "a", "Open", "String", "Second"]];
    const book = surveyxactCodebook(twice, [
      ["a", "1", "First"],
      ["a", "1", "Second"],
    ]);
    expect(book.columns.get("a")).toMatchObject({ wording: "First", labels: [{ code: "1", label: "First" }] });
  });

  it("describes what it can of either file alone", () => {
    expect(surveyxactCodebook(structure, null).columns.get("s_1")!.labels).toEqual([]);
    expect(surveyxactCodebook(null, labels).columns.get("s_2_1")).toMatchObject({
      wording: null,
      labels: [
        { code: "0", label: "Ikke valgt" },
        { code: "1", label: "Valgt" },
      ],
    });
    expect(surveyxactCodebook(null, null).columns.size).toBe(0);
  });

  it("finds its fields by name, wherever they stand", () => {
    const turned = structure.map((row) => header.map((_, k) => row[header.length - 1 - k] ?? ""));
    expect(surveyxactRole(turned)).toBe("structure");
    expect(surveyxactCodebook(turned, null).columns.get("s_3")!.wording).toBe("Andet:");
  });

  it("describes the columns of the answers, and drops those of the address list that it does not mention", () => {
    const found = describeColumns(["S_1 ", "ettern", "email", "orgnr", "__proto__"], { columns });
    expect(found.map(({ name, wording, personal }) => [name, wording, personal])).toEqual([
      ["S_1 ", "Min leder har en vision - Jeg kender den", false],
      ["ettern", null, true],
      ["email", null, true],
      ["orgnr", null, false],
      ["__proto__", null, false],
    ]);
  });

  it("guesses at no column whose name fits two variables", () => {
    const twins = [header, ["a", "Ab", "Closed", "Single", "First"], ["a", "aB", "Closed", "Single", "Second"]];
    const book = surveyxactCodebook(twins, null);
    expect(describeColumns(["Ab", "aB", "ab"], book).map(({ wording }) => wording)).toEqual(["First", "Second", null]);
  });
});
