import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { addDeliveries, type DeliveryEntry, deliveryLines } from "../../src/study/add-delivery.ts";
import { parseSource } from "../../src/study/source.ts";

const entry: DeliveryEntry = {
  ...{ file: "new.csv", wave: "2018", rater: "employee", columns: { leader: "007" } },
  ...{
    items: { tf1: "Q4[SQ001]" },
    notAsked: ["tf2"],
    where: { Finished: "1", Status: { not: ["8", "9"] } },
    codebook: [],
  },
  codes: new Map<string, number | "dont-know">([
    ["1", 1],
    ["6", "dont-know"],
  ]),
};

describe("a delivery's lines", () => {
  it("are read back as they were meant, ids with zeros in front too", () => {
    const { value } = parseSource("study.yaml", `deliveries:\n${deliveryLines(entry, "  ")}`);
    expect(value).toEqual({
      deliveries: [
        {
          ...{ file: "new.csv", wave: "2018", rater: "employee", columns: { leader: "007" } },
          ...{ items: { tf1: "Q4[SQ001]" }, notAsked: ["tf2"], codes: { 1: "1", 6: "dont-know" } },
          where: { Finished: "1", Status: { not: ["8", "9"] } },
        },
      ],
    });
  });
});

const cases: readonly (readonly [string, string])[] = [
  [
    "after the last of a list, before the comments that follow",
    "study: a\ndeliveries:\n  - file: a.csv   # one\n    where: { a: 1 } # two\n\n# Next\nseed:   1\n",
  ],
  ["in a list without indent", "deliveries:\n- { file: a.csv }\nseed: 1\n"],
  ["in an empty list", "study: a\ndeliveries: []   # none yet\nseed:    1\n"],
  ["under an empty key", "deliveries:\n# later\nseed: 1\n"],
  ["without the key", "study: a # x\n"],
  ["without an end of the last line", "deliveries:\n  - file: a.csv\n    notAsked:\n      - b"],
  ["in lines that end as Windows writes them", "study: a\r\ndeliveries:\r\n  - file: a.csv\r\n"],
];

describe("a study file", () => {
  it.each(cases)("gets a delivery %s, and keeps everything else", (_, text) => {
    const added = addDeliveries(text, [entry]);
    const former = (parse(text) as { deliveries?: unknown[] | null }).deliveries ?? [];
    expect((parse(added) as { deliveries: unknown[] }).deliveries).toHaveLength(former.length + 1);
    const kept = added.split(/\r?\n/);
    for (const line of text.split(/\r?\n/)) if (!line.includes("[]")) expect(kept).toContain(line);
    expect(/[^\r]\n/.test(added)).toBe(!text.includes("\r\n"));
  });

  it("written as JSON gets it too", () => {
    const added = addDeliveries('{"study": "a", "deliveries": [{"file": "a.csv"}]}', [entry]);
    expect((parse(added) as { deliveries: { file: string }[] }).deliveries.map(({ file }) => file)).toEqual([
      "a.csv",
      "new.csv",
    ]);
  });
});
