import { describe, expect, it } from "vitest";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { openBytes } from "./read-file.ts";

describe.each([
  ["line feeds", "\n"],
  ["both", "\r\n"],
  ["carriage returns", "\r"],
])("blank lines that end in %s", (_, end) => {
  it("shift no cell of the records after them", async () => {
    const lines = ["leader;unit", "", "L1;A", "", "", "L2;B", ""];
    const { records, rejected } = await recordsOf(await openBytes(lines.join(end)));
    expect(records).toEqual([
      { line: 3, cells: ["L1", "A"] },
      { line: 6, cells: ["L2", "B"] },
    ]);
    expect(rejected).toEqual([]);
  });

  it("shift no cell of a header that stands below others", async () => {
    const { beginning } = await openBytes(["Extract;of the system", "", "leader;unit", "L1;A"].join(end));
    expect(beginning[1]).toEqual({ line: 3, cells: ["leader", "unit"] });
  });
});
