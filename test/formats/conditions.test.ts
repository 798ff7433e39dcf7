import { describe, expect, it } from "vitest";
import { meets, nearValue } from "../../src/formats/conditions.ts";
import type { Condition } from "../../src/study/study.ts";

describe("a condition", () => {
  const meant: readonly (readonly [Condition, string])[] = [
    ["2", "2"],
    ["2", "2.0"],
    ["2.0", "2"],
    ["2.0", "2,000"],
    ["-2", "-2.0"],
    ["0", "0,0"],
    [" 2 ", "2"],
    ["1.10", "1.10"],
    ["før", "\u00a0før "],
    ["caf\u00e9", "cafe\u0301"],
    [["1", "2"], "2"],
    ["answered", "2026-01-05"],
    [{ not: "0" }, "1"],
    [{ not: "0" }, ""],
    [{ not: ["0", "1"] }, "2"],
  ];
  it.each(meant)("%j means a row with %o", (condition, cell) => {
    expect(meets(condition, cell)).toBe(true);
  });

  const others: readonly (readonly [Condition, string])[] = [
    ["2", "20"],
    ["2", "2.5"],
    ["2", "2.0x"],
    ["2", "2."],
    ["2", "12.0"],
    ["02", "02.0"],
    ["a", "a.0"],
    ["answered", "0000-00-00"],
    [{ not: " Kladde " }, "kladde"],
    ["2", ""],
    ["før", "Før"],
    [["1", "2"], "3"],
    ["answered", ""],
    ["answered", " \u200b"],
    [{ not: "0" }, "0.0"],
    [{ not: ["0", "1"] }, "1"],
  ];
  it.each(others)("%j leaves out a row with %o", (condition, cell) => {
    expect(meets(condition, cell)).toBe(false);
  });

  const near: readonly (readonly [Condition, string, string | null])[] = [
    ["før", "Før", "før"],
    ["A", "a", "A"],
    [["x", "før"], "før.", "før"],
    ["ab", "ac", null],
    ["abc", "abd", "abc"],
    ["2020", "2.021", null],
    ["før", "FØR ", "før"],
    [["efter", "før"], "før", null],
    ["complete", "complet", "complete"],
    ["complete", "partial", null],
    ["ja", "na", null],
    ["2020", "2021", null],
    ["answered", "", null],
    [{ not: "før" }, "Før", null],
  ];
  it.each(near)("%j almost means %o", (condition, cell, value) => {
    expect(nearValue(condition, cell)).toBe(value);
  });
});

describe("a condition that a spreadsheet or a database could trip", () => {
  it.each(["NULL", "NA", "#N/A", "-", "0000-00-00 00:00:00", "", "  "])("does not take %j for answered", (cell) => {
    expect(meets("answered", cell)).toBe(false);
  });

  it("compares whole numbers that were exported with decimals, and no other spelling", () => {
    expect([meets("2", "2.0"), meets("2", "2,00"), meets("2", "02"), meets("01", "1"), meets("1.10", "1.1")]).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  it("leaves out what is excluded, whatever its case", () => {
    expect([meets({ not: "Kladde" }, "KLADDE"), meets({ not: "Kladde" }, "færdig")]).toEqual([false, true]);
  });
});
