import { describe, expect, it } from "vitest";
import { blankPatterns } from "../../../pipelines/ingest/suspicion/blank-together.ts";
import { header, readSurvey } from "./read-survey.ts";

/** Rows of five answers, of which the same are left out wherever `isShort` says so. */
const rowsOf = (rows: number, left: readonly number[], isShort: (row: number) => boolean): string =>
  [
    header,
    ...Array.from({ length: rows }, (_, row) => {
      const answers = Array.from({ length: 5 }, (_, k) => (isShort(row) && left.includes(k) ? "" : 1 + (row % 5)));
      return `r${row};${row % 2 ? "A" : "B"};1;${answers.join(";")}`;
    }),
  ].join("\n");

const half = rowsOf(60, [2, 3], (row) => row % 3 === 0);

describe("items that many leave empty together", () => {
  it("are asked about: they may not have been put", async () => {
    const { report, warnings } = await readSurvey({ answers: half });
    expect(warnings).toEqual(["items-blank-together 2 t3"]);
    expect(report.warnings).toMatchObject([{ columns: ["t3", "p1"], rows: 20, of: 60 }]);
  });

  it("are no question where the delivery says that what is empty was not asked", async () => {
    expect((await readSurvey({ answers: half, listing: ", blank: not-asked" })).warnings).toEqual([]);
  });

  it("are no question where few do so, where it is one item, or where a row answers nothing", async () => {
    const few = rowsOf(60, [2, 3], (row) => row < 11);
    const one = rowsOf(60, [2], (row) => row % 3 === 0);
    const none = rowsOf(60, [0, 1, 2, 3, 4], (row) => row % 3 === 0);
    for (const answers of [few, one, none]) expect((await readSurvey({ answers })).warnings).toEqual([]);
  });

  it("are no question where everybody leaves out something else", async () => {
    const answers = half
      .split("\n")
      .map((line, row) =>
        row === 0 ? line : rowsOf(1, [row % 5, (row + 1 + (row % 3)) % 5], () => true).split("\n")[1]!,
      )
      .map((line, row) => line.replace(/^r0;/, `r${row};`))
      .join("\n");
    expect((await readSurvey({ answers })).warnings).toEqual([]);
  });

  it("are, of gaps that are as common, those that come first", () => {
    const patterns = blankPatterns();
    for (const [line, items] of [
      [1, 2],
      [3, 4],
      [1, 2],
      [3, 4],
    ].entries()) {
      for (const item of items) patterns.blank(item);
      patterns.close(line, 5);
    }
    expect(patterns.most()).toEqual({ items: [1, 2], rows: 2, line: 0 });
  });

  it("are looked for among so many kinds of gaps only, the first that come", () => {
    const patterns = blankPatterns();
    const leaveOut = (...items: readonly number[]) => {
      for (const item of items) patterns.blank(item);
      patterns.close(items[0]!, 10_000);
    };
    for (let one = 1; one <= 4096; one += 1) leaveOut(one, one + 1);
    for (let time = 0; time < 5; time += 1) leaveOut(5000, 5001);
    for (let time = 0; time < 2; time += 1) leaveOut(7, 8);
    expect(patterns.most()).toEqual({ items: [7, 8], rows: 3, line: 7 });
  });
});
