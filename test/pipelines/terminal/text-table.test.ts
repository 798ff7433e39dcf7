import { expect, it } from "vitest";
import { interval, number, probability, textTable } from "../../../pipelines/terminal/text-table.ts";

it("writes numbers as the reports do: in the language, with a true minus, and nothing is less than nothing", () => {
  expect(number(-1234.5, 1, "da")).toBe("−1.234,5");
  expect(number(-1234.5, 1, "en")).toBe("−1,234.5");
  expect(number(-0.001, 2, "en")).toBe("0.00");
  expect(number(null, 2, "en")).toBe("–");
  expect(interval(-1, 2.25, 2, "da")).toBe("−1,00 til 2,25");
  expect(interval(null, 2.25, 2, "en")).toBe("–");
  expect(probability(0.00001, "en")).toBe("<0.0001");
  expect(probability(0.0123, "da")).toBe("0,0123");
});

it("gives a column the width of its widest cell, words to the left and numbers to the right", () => {
  const rows = [
    ["arm", "effect", "p"],
    ["control", "−1.50", "<0.0001"],
    ["training", "–", "0.2"],
  ];
  expect(textTable(rows).split("\n")).toEqual([
    "arm       effect  p",
    "control    −1.50  <0.0001",
    "training       –      0.2",
  ]);
});
