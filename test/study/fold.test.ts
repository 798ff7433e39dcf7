import { describe, expect, it } from "vitest";
import { foldText, tidyText } from "../../src/study/fold.ts";

describe("a text", () => {
  it.each([
    ["\ufeffid", "id"],
    ["L\u200b1", "L1"],
    ["L\u00ad1", "L1"],
    ["\u00a0L1\t", "L1"],
    ["L\u00e6der\u2003A", "L\u00e6der A"],
    ["A\u030aben", "\u00c5ben"],
    ["a\r\n b\u0085c", "a b c"],
    [" ", ""],
    ["Før", "Før"],
  ])("%j is tidied to %j", (text, tidy) => {
    expect(tidyText(text)).toBe(tidy);
  });

  it.each([
    ["HELT  ENIG", "helt enig"],
    ["Don’t know", "don't know"],
    ["Don´t know", "don't know"],
    ["„Nej“", '"nej"'],
    ["«Nej»", '"nej"'],
    ["uenig – enig", "uenig - enig"],
    ["non‑breaking", "non-breaking"],
    ["ÅBEN", "a\u030aben".normalize("NFC")],
  ])("%j folds to %j", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it("keeps letters apart that are not the same", () => {
    expect(foldText("Ærlig")).not.toBe(foldText("Arlig"));
    expect(foldText("Straße")).not.toBe(foldText("Strasse"));
  });
});
