import { describe, expect, it } from "vitest";
import { areApart, foremostPost, isHeld, type Post, spanOf } from "../../../../pipelines/ingest/roster/posts.ts";

const post = (from: string | null, to: string | null): Post => ({ from, to });
const [early, late] = [post(null, "2020-03-31"), post("2020-04-01", null)];

describe("a post", () => {
  it.each([
    ["2020-01-01", true],
    ["2020-06-30", true],
    ["2019-12-31", false],
    ["2020-07-01", false],
  ])("from January to June is held on %s: %s", (day, held) => {
    expect(isHeld(post("2020-01-01", "2020-06-30"), day)).toBe(held);
  });

  it("without an end is held for ever, on either side", () => {
    expect([early, late].map((one) => ["1900-01-01", "2100-01-01"].map((day) => isHeld(one, day)))).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});

describe("posts", () => {
  it("are apart where one ends before the day on which the next begins, in any order", () => {
    expect([areApart([early, late]), areApart([late, early])]).toEqual([true, true]);
    expect(areApart([late, post(null, "2020-04-01")])).toBe(false);
    expect([areApart([late, post("2020-05-01", "2020-05-02")]), areApart([late, late]), areApart([])]).toEqual([
      ...[false, false, true],
    ]);
  });

  it("go from the beginning of the first to the end of the last", () => {
    expect(spanOf([late, post("2019-01-01", "2020-03-31")])).toEqual(post("2019-01-01", null));
    expect(spanOf([early])).toEqual(early);
  });

  it("have one before others: that of the day on which the study opens, its last day included", () => {
    const first = post("2019-01-01", "2020-03-31");
    expect([foremostPost([late, first], "2020-03-31"), foremostPost([late, first], "2020-04-01")]).toEqual([
      ...[first, late],
    ]);
    expect(foremostPost([post("2018-01-01", "2018-02-01"), first], "2024-01-01").from).toBe("2018-01-01");
  });
});
