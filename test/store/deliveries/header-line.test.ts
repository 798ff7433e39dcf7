import { describe, expect, it } from "vitest";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { openBytes } from "./read-file.ts";

describe.each([
  ["line feeds", "\n"],
  ["both", "\r\n"],
  ["carriage returns", "\r"],
])("a header on a line that the study names, where lines end in %s", (_, end) => {
  it.each([";", ",", "\t", "|"])("shows what separates: %j", async (separator) => {
    const notes = ["Extract of the system", "Day: 2020-01-01; hour: 12; week: 1", ""];
    const lines = [...notes, ["id", "unit", "q"].join(separator), ["1", "A", "3"].join(separator), ""];
    const file = await openBytes(lines.join(end), { header: 4 });
    expect([file.headerLine, file.firstLine]).toEqual([4, 5]);
    expect(file.columns.map(({ name }) => name)).toEqual(["id", "unit", "q"]);
    expect((await recordsOf(file)).records).toEqual([{ line: 5, cells: ["1", "A", "3"] }]);
  });

  it("leaves the word to a first line that says what separates", async () => {
    const file = await openBytes(["sep=|", "Extract", "id;a|unit", "1|A", ""].join(end), { header: 3 });
    expect(file.columns.map(({ name }) => name)).toEqual(["id;a", "unit"]);
  });
});
