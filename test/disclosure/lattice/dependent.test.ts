import { describe, expect, it } from "vitest";
import { dependentWithin, type Item } from "../../../src/disclosure/lattice/dependent.ts";

/** Vectors at a cost; letters are persons of it who are in other items too. */
const item = (cost: number, vectors: readonly (readonly number[])[], persons = ""): Item => ({
  ...{ vectors: vectors.map((values) => Float64Array.from(values)), cost, persons: new Set(persons) },
});
/** No two of them alike in what they begin with, as random numbers never are. */
const [x, y, z] = [
  [3, 1, 4, 1, 5],
  [9, 2, 6, 5, 3],
  [5, 8, 9, 7, 9],
] as const;
const five = x.map((each) => 5 * each);
const sum = x.map((each, k) => each + y[k]!);

describe("items that come together into a combination", () => {
  it.each([
    ["none", [], 9, false],
    ["two that have nothing in common", [item(1, [x]), item(1, [y])], 9, false],
    ["two on one line, for what both cost", [item(2, [x]), item(2, [five])], 4, true],
    ["two on one line, that cost more", [item(2, [x]), item(2, [five])], 3, false],
    ["two on lines that begin alike", [item(1, [[1, 2, 3, 4, 5]]), item(1, [[1, 2, 4, 4, 5]])], 9, false],
    ["three in one plane", [item(1, [x]), item(1, [y]), item(1, [sum])], 3, true],
    ["three in one plane, for less", [item(1, [x]), item(1, [y]), item(1, [sum])], 2, false],
    ["three of which one is too dear", [item(1, [x]), item(4, [y]), item(1, [sum])], 3, false],
    ["three in no plane", [item(1, [x]), item(1, [y]), item(1, [z])], 9, false],
    ["one of two on one line", [item(2, [x, five])], 2, true],
    ["one of two on one line, too dear", [item(3, [x, five])], 2, false],
    ["one of two, and one in their plane", [item(1, [x, y]), item(1, [sum])], 2, true],
    ["one of two, and one beside their plane", [item(1, [x, y]), item(1, [z])], 2, false],
    ["two of two, with a line in common", [item(1, [x, y]), item(1, [z, sum])], 2, true],
    ["two of two, too dear together", [item(1, [x, y]), item(2, [z, sum])], 2, false],
    ["two that cost nothing, on one line", [item(0, [x]), item(0, [x])], 0, true],
    ["one beside two that cost nothing", [item(0, [x]), item(0, [y]), item(1, [sum])], 1, true],
    ["one beside two that cost nothing, too dear", [item(0, [x]), item(0, [y]), item(2, [sum])], 1, false],
    ["two beside one that costs nothing", [item(0, [x]), item(1, [y]), item(1, [sum])], 2, true],
    ["two beside one that costs nothing, too dear", [item(0, [x]), item(1, [y]), item(1, [sum])], 1, false],
    ["two with a person in both, who costs once", [item(2, [x], "a"), item(2, [five], "a")], 3, true],
    ["two with other persons in each", [item(2, [x], "a"), item(2, [five], "b")], 3, false],
    ["three with a person in two", [item(2, [x], "a"), item(2, [y], "a"), item(2, [sum], "b")], 5, true],
    ["three with a person in two, for less", [item(2, [x], "a"), item(2, [y], "a"), item(2, [sum], "b")], 4, false],
    ["three with a person in all", [item(2, [x], "a"), item(2, [y], "a"), item(2, [sum], "a")], 4, true],
    ["three with a person in all, for less", [item(2, [x], "a"), item(2, [y], "a"), item(2, [sum], "a")], 3, false],
    ["one of two beside one of the same person", [item(1, [x, y], "a"), item(1, [sum], "a")], 1, true],
  ] as const)("are found or not: %s", (_, items, budget, isFound) => {
    expect(dependentWithin(items, budget)).toBe(isFound);
    expect(dependentWithin(items.toReversed(), budget)).toBe(isFound);
  });
});
