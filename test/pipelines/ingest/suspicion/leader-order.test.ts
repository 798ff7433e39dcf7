import { describe, expect, it } from "vitest";
import { orderOf } from "../../../../pipelines/ingest/suspicion/leader-order.ts";

const roster = ["k", "b", "j", "a", "i", "c", "h", "d", "g", "e", "f", "l"];
const sorted = roster.toSorted();

describe("the order in which a file goes through leaders", () => {
  it.each([
    ["the roster's", roster],
    ["that of the ids", sorted],
    ["the roster's from its end", roster.toReversed()],
    ["that of the ids from the end", sorted.toReversed()],
  ])("is %s", (_, order) => {
    expect(orderOf(roster, order.slice(0, 9))).toEqual({ passed: 9, skipped: 0, beyond: order.slice(9) });
    const some = order.slice(0, 11).filter((_, place) => ![0, 4].includes(place));
    expect(orderOf(roster, some)).toEqual({ passed: 11, skipped: 2, beyond: order.slice(11) });
    expect(orderOf(roster, order)).toEqual({ passed: 12, skipped: 0, beyond: [] });
  });

  it("is none where two leaders stand the other way round", () => {
    expect(orderOf(roster, [...roster.slice(0, 8), roster[9]!, roster[8]!])).toBeNull();
  });

  it("is told from eight leaders of the roster, whoever else stands between them", () => {
    expect(orderOf(roster, roster.slice(0, 8))).not.toBeNull();
    expect(orderOf(roster, roster.slice(0, 7))).toBeNull();
    expect(orderOf(roster, ["x", ...roster.slice(0, 7), "y"])).toBeNull();
    expect(orderOf(roster, ["x", ...roster.slice(0, 8), "y"])).toMatchObject({ passed: 8, skipped: 0 });
  });
});
