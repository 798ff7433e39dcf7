import { expect, it } from "vitest";
import { repeatColumns } from "../../src/store/repeat-columns.ts";

it("repeats a fragment per record, outer numbers in inner names", () => {
  const sql = "select {{each scales: 0 {{each items#scale: + a#item}} as s#scale,}} {{each none: x}}from t";
  const repeats = {
    scales: [{ scale: 1 }, { scale: 12 }],
    items1: [{ item: 3 }, { item: 4 }],
    items12: [{ item: 5 }],
    none: [],
  };
  expect(repeatColumns(sql, repeats).replace(/\s+/g, " ")).toBe("select 0 + a3 + a4 as s1, 0 + a5 as s12, from t");
});

it("lets nothing but whole numbers into a query, and knows what it repeats", () => {
  expect(() => repeatColumns("{{each a: #x}}", { a: [{ x: 1.5 }] })).toThrow("whole number");
  expect(() => repeatColumns("{{each a: #x}}", { a: [{ x: "1; drop" as unknown as number }] })).toThrow("whole number");
  expect(() => repeatColumns("{{each b: x}}", {})).toThrow("b");
  expect(() => repeatColumns("{{each a: x", { a: [] })).toThrow("end");
});
