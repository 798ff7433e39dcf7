import { expect, it } from "vitest";
import { csvCell, quotedCell } from "../../src/tables/csv-cell.ts";

it.each([
  ["Støtte", ";", "Støtte"],
  ["a,b", ";", "a,b"],
  ["a,b", ",", '"a,b"'],
  ["a;b", ";", '"a;b"'],
  ['"Bo"', ";", '"""Bo"""'],
  ["a\nb", ";", '"a\nb"'],
  ["a\rb", ";", '"a\rb"'],
])("a cell %j between %j is written %j", (text, separator, written) => {
  expect(csvCell(text, separator)).toBe(written);
});

it("a cell can be quoted without need", () => {
  expect(quotedCell('Bo "B"')).toBe('"Bo ""B"""');
});
