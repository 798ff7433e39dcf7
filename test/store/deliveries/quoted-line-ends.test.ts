import { expect, it } from "vitest";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { openBytes } from "./read-file.ts";

it("ends a record after a quotation that ends in a carriage return", async () => {
  const { records } = await recordsOf(await openBytes('id;unit\n1;"A\r"\n2;B\n'));
  expect(records.map(({ cells }) => cells)).toEqual([
    ["1", "A"],
    ["2", "B"],
  ]);
});
