import { expect, it } from "vitest";
import { openBytes } from "./read-file.ts";

const csv = "id;leader;q1\n1;L1;3\n";

it("takes a format that the study declares where the file has it", async () => {
  expect((await openBytes(csv, { format: "csv" })).format).toBe("csv");
});

it.each(["xlsx", "spss", "parquet", "qualtrics", "surveyxact"] as const)(
  "refuses a file that is declared as %s and is not",
  async (format) => {
    await expect(openBytes(csv, { format })).rejects.toMatchObject({
      problems: [{ code: "format-differs", place: { file: "file.csv" }, declared: format, found: "csv" }],
    });
  },
);
