import { describe, expect, it } from "vitest";
import { plainColumn } from "../../../src/formats/delivered.ts";
import { matchItems, type WantedItem } from "../../../src/formats/matching/items.ts";
import { splitWording, wordingParts, wordingSimilarity } from "../../../src/formats/matching/similarity.ts";
import type { SurveyedColumn } from "../../../src/formats/matching/surveyed.ts";

const column = (name: string, wording: string | null = null, id: string | null = null): SurveyedColumn => ({
  described: { ...plainColumn(name), wording, id },
  texts: new Map([["1", 2]]),
  filled: 2,
});
const item = (id: string, ...wordings: readonly string[]): WantedItem => ({ id, wordings, earlier: [] });
const match = (wanted: readonly WantedItem[], columns: readonly (SurveyedColumn | null)[]) =>
  matchItems(wanted, columns, new Map());

describe("wordings", () => {
  it("that differ in a letter are nearly one, and those of different things are not", () => {
    const near = wordingSimilarity(
      "Min leder roser mig, når jeg gør det godt",
      "Min leder roser mig når jeg gør det godt.",
    );
    const far = wordingSimilarity("Min leder roser mig, når jeg gør det godt", "Min leder har en klar vision for os");
    expect(near).toBe(1);
    expect(far).toBeLessThan(0.5);
  });

  it("of which only one says not are not alike", () => {
    expect(wordingSimilarity("Min leder er retfærdig over for os", "Min leder er ikke retfærdig over for os")).toBe(0);
    expect(wordingSimilarity("My leader never praises me", "My leader never praises us")).toBeGreaterThan(0.8);
  });

  it("of a matrix are a stem and an item", () => {
    expect(splitWording("Hvor enig er du? – Min leder lytter")).toEqual({
      stem: "Hvor enig er du?",
      item: "Min leder lytter",
    });
    expect(splitWording("Min leder er 360-graders opmærksom")).toEqual({
      stem: null,
      item: "Min leder er 360-graders opmærksom",
    });
    expect(wordingParts("A - B - C")).toEqual(["A - B - C", "B - C", "C"]);
  });
});

describe("an item's column", () => {
  it("is that of the vendor's id before one that is only named so", () => {
    expect(match([item("QID1")], [column("QID1", null, "QID9"), column("x", null, "QID1")]).found).toEqual([
      { item: "QID1", column: 1, by: "id" },
    ]);
  });

  it("is found by name whatever the case, and by its part of a matrix's wording", () => {
    const columns = [column("TF1"), column("q2", "Enig? - Min leder lytter til mig ")];
    expect(match([item("tf1"), item("tf2", "Min leder lytter til mig.")], columns).found).toEqual([
      { item: "tf1", column: 0, by: "name" },
      { item: "tf2", column: 1, by: "wording" },
    ]);
  });

  it("is the nearest wording where no other is near", () => {
    const columns = [column("a", "Min leder lytter altid til mine idéer"), column("b", "Jeg trives på mit arbejde")];
    expect(match([item("x", "Min leder lytter til mine ideer")], columns).found).toEqual([
      { item: "x", column: 0, by: "near-wording" },
    ]);
  });

  it("stays open between two that are as near, with both named", () => {
    const columns = [
      column("a", "Min leder lytter til mine idéer 1"),
      column("b", "Min leder lytter til mine idéer 2"),
    ];
    const { found, open, absent } = match([item("x", "Min leder lytter til mine idéer")], columns);
    expect({ found, open, absent }).toEqual({ found: [], open: [{ item: "x", columns: [0, 1] }], absent: [] });
  });

  it("stays open where two columns have its very wording", () => {
    const columns = [column("a", "Min leder lytter"), column("a_TEXT", "Min leder lytter")];
    expect(match([item("x", "Min leder lytter")], columns).open).toEqual([{ item: "x", columns: [0, 1] }]);
  });

  it("is no other item's, nor one that may not hold answers", () => {
    const { found, open } = match(
      [item("x", "Min leder lytter"), item("y", "Min leder lytter")],
      [column("a", "Min leder lytter"), null],
    );
    expect(found).toEqual([]);
    expect(open.map((one) => one.item)).toEqual(["x", "y"]);
    expect(match([item("x")], [null]).absent).toEqual(["x"]);
  });

  it("is what a person says, and where another delivery had it only if nothing else tells", () => {
    const earlier = { id: "x", wordings: [], earlier: ["q4_1"] };
    expect(match([earlier], [column("q4_1")]).found).toEqual([{ item: "x", column: 0, by: "earlier" }]);
    expect(match([earlier], [column("q4_1"), column("x")]).found).toEqual([{ item: "x", column: 1, by: "name" }]);
    expect(matchItems([earlier], [column("x"), column("b")], new Map([["x", 1]])).found).toEqual([
      { item: "x", column: 1, by: "given" },
    ]);
  });
});
