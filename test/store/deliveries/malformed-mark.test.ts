import { expect, it } from "vitest";
import { recordsOf } from "../../../src/store/deliveries/records.ts";
import { openBytes } from "./read-file.ts";

/** The mark by which a reader of JSON lines says that a line is no object may stand in any text. */
it("takes a control character in a text for what it is", async () => {
  const { records, rejected } = await recordsOf(await openBytes("id;unit\n\x1e1;A\n\x1e;B\n2;\x1eC\n"));
  expect(rejected).toEqual([]);
  expect(records.map(({ cells }) => cells)).toEqual([
    ["\x1e1", "A"],
    ["\x1e", "B"],
    ["2", "\x1eC"],
  ]);
});

it("says of a line that is no JSON object that it is none", async () => {
  const { records, rejected } = await recordsOf(
    await openBytes('{"id": 1, "unit": "A"}\n[1]\n{"id": 2, "unit": "\\u001eB"}\n'),
  );
  expect(rejected).toEqual([{ line: 2, code: "record-malformed" }]);
  expect(records).toHaveLength(2);
});
