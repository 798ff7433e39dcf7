import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const lines = readFileSync("docs/asvs.md", "utf8").split("\n");
const rows = lines
  .filter((line) => line.startsWith("| V"))
  .map((line) => line.slice(2, -2).split(" | ") as [string, string, string, string, string]);

/** Where a row begins and ends among requirements. */
const endsOf = (requirements: string): readonly number[] =>
  requirements.split("–").map((id) => {
    const [chapter = 0, section = 0, requirement = 0] = id.slice(1).split(".").map(Number);
    return chapter * 10_000 + section * 100 + requirement;
  });

describe("the table of ASVS requirements", () => {
  it("names tests that there are", () => {
    const named = rows.flatMap(([, , , , how]) => [...how.matchAll(/`(test\/[^`]*)`: “([^”]*)”/g)]);
    expect(named.length).toBeGreaterThan(100);
    const absent = named.filter(([, file, title]) => !readFileSync(file!, "utf8").includes(`"${title}"`));
    expect(absent.map(([whole]) => whole)).toEqual([]);
  });
  it("has a test or a reason in each row, of five kinds, each requirement once and in order", () => {
    expect(rows.filter((cells) => cells.length !== 5 || cells[4].length < 4)).toEqual([]);
    expect([...new Set(rows.map(([, , , kind]) => kind))].sort()).toEqual(
      ["met", "in part", "not met", "operator", "none here"].sort(),
    );
    const ends = rows.flatMap(([requirements]) => endsOf(requirements));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(rows.filter(([, , , kind, how]) => kind !== "met" && how.startsWith("`test/"))).toEqual([]);
  });
});
