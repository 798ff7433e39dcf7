import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Problem, Refusal } from "../../../src/errors.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf } from "../staged-study.ts";

/** What is refused or said. */
const problemsOf = async (folder: string): Promise<readonly Problem[]> => {
  try {
    return (await ingestOf(folder)).warnings;
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
};
const codesOf = async (folder: string): Promise<readonly string[]> =>
  (await problemsOf(folder)).map(({ code }) => code);

const contentOf = (file: string): string => readFileSync(join(smallStudy(), file), "utf8");
const withAfter = (content: string | Buffer, study = (text: string) => text) =>
  smallStudy({ "after.csv": content, "study.yaml": study });
const complete = (rows: number) => (text: string) =>
  text.replace("after.csv, wave", `after.csv, complete: ${rows}, wave`);

const orderKey = (row: string): number => (Number(/\d+/.exec(row)) * 7 + Number(/-(\d)/.exec(row)?.[1]) * 5) % 17;

/** The same answers in an order that no leader's place decides. */
const mixed = (text: string): string => {
  const [header, ...rows] = text.trimEnd().split("\n");
  return `${[header, ...rows.toSorted((a, b) => orderKey(a) - orderKey(b))].join("\n")}\n`;
};

describe("a delivery that is still being written", () => {
  it.each([[5], [13], [38], [50], [77], [85]])(
    "is refused when %i in a hundred of its bytes are there",
    async (share) => {
      const whole = Buffer.from(contentOf("after.csv"));
      const cut = whole.subarray(0, Math.floor((whole.length * share) / 100));
      expect(await codesOf(withAfter(cut))).toHaveLength(1);
    },
  );

  it("is refused where it ends within a record, a quotation or a character, or before its last cell", async () => {
    const lines = contentOf("after.csv").trimEnd().split("\n");
    const upTo = (end: string) => `${lines.slice(0, 95).join("\n")}\n${end}`;
    const quoted = (end: string) =>
      `${lines
        .slice(0, 95)
        .map((line) =>
          line
            .split(",")
            .map((cell) => `"${cell}"`)
            .join(","),
        )
        .join("\n")}\n${end}`;
    expect(await problemsOf(withAfter(upTo("L16-4,L16,1")))).toEqual([
      { code: "record-cut", place: { file: "after.csv", line: 96 }, rows: 95 },
    ]);
    expect(await codesOf(withAfter(upTo("L16-4,L16,1,")))).toEqual(["record-cut"]);
    expect(await codesOf(withAfter(quoted('"L16-4","L16","1","2')))).toEqual(["record-cut"]);
    const named = Buffer.from(
      `${upTo("").replace("L1-0", "æ").replace(/\n/g, ",x\n").replace("s2,x", "s2,note")}L16-4,L16,1,2,æ`,
    );
    expect(await codesOf(withAfter(named.subarray(0, -1)))).toEqual(["record-cut"]);
    expect(await codesOf(withAfter(Buffer.from(`\uFEFF${upTo("")}`, "utf16le").subarray(0, -1)))).toEqual([
      "record-cut",
    ]);
  });

  it("is taken where only the last line end is missing", async () => {
    expect(await codesOf(withAfter(contentOf("after.csv").trimEnd()))).toEqual([]);
  });

  it("is refused where it goes leader by leader and stops, between two records", async () => {
    const rows = contentOf("after.csv").split("\n");
    expect(await problemsOf(withAfter(`${rows.slice(0, 60).join("\n")}\n`))).toEqual([
      { code: "leaders-cut", place: { file: "after.csv" }, rows: 59, leaders: 6 },
    ]);
  });

  it("is not taken for cut where leaders without answers stand between others", async () => {
    const some = contentOf("after.csv").replaceAll(/^L(2|5|6|9|12)-.*\n/gm, "");
    expect(await codesOf(withAfter(some))).toEqual([]);
  });

  it("is asked about where most leaders have no answers", async () => {
    const more = (text: string) => text.replaceAll(/^(L.*)$/gm, (line) => `M${line}\nN${line}\n${line}`);
    const folder = smallStudy({ "roster.csv": more, "before.csv": mixed, "after.csv": mixed });
    const few = { rows: 96, answered: 16, expected: 48 };
    expect(await problemsOf(folder)).toEqual([
      { code: "leaders-few", place: { file: "before.csv" }, ...few },
      { code: "leaders-few", place: { file: "after.csv" }, ...few },
    ]);
  });

  it("is not asked about where half of the leaders have answers", async () => {
    const more = (text: string) => text.replaceAll(/^(L.*)$/gm, (line) => `M${line}\n${line}`);
    expect(await codesOf(smallStudy({ "roster.csv": more, "before.csv": mixed, "after.csv": mixed }))).toEqual([]);
  });

  it("is not asked about where so few leaders are expected that chance may leave out most of them", async () => {
    const few = mixed(contentOf("after.csv").replaceAll(/^L(?:[6-9]|1\d)-.*\n/gm, ""));
    expect(await codesOf(withAfter(few))).toEqual([]);
  });

  it("is refused where it has fewer rows than the one in whose place it is, and that stays", async () => {
    const folder = smallStudy({ "after.csv": mixed });
    await ingestOf(folder);
    const rows = mixed(contentOf("after.csv")).split("\n");
    writeFileSync(join(folder, "after.csv"), `${rows.slice(0, -2).join("\n")}\n`);
    expect(await problemsOf(folder)).toEqual([
      { code: "rows-fewer", place: { file: "after.csv" }, rows: 95, before: 96 },
    ]);
    writeFileSync(join(folder, "after.csv"), rows.join("\n"));
    expect((await ingestOf(folder)).deliveries.map(({ accepted }) => accepted)).toEqual([96, 96]);
  });

  it("is taken at the study file's word, and at no other number of rows", async () => {
    const rows = contentOf("after.csv").split("\n");
    const part = `${rows.slice(0, 60).join("\n")}\nL11-1,L11`;
    expect(await codesOf(withAfter(part, complete(60)))).toEqual([]);
    expect(await problemsOf(withAfter(part, complete(96)))).toEqual([
      { code: "rows-incomplete", place: { file: "after.csv" }, rows: 60, complete: 96 },
    ]);
    expect(await codesOf(withAfter(rows.join("\n"), complete(97)))).toEqual(["rows-incomplete"]);
  });

  it("is refused as JSON lines too", async () => {
    const [, ...rows] = contentOf("after.csv").trimEnd().split("\n");
    const json = rows.map((row) => {
      const [respondent, leader, s1, s2] = row.split(",");
      return JSON.stringify({ respondent, leader, s1, s2 });
    });
    expect(await codesOf(withAfter(json.join("\n")))).toEqual([]);
    expect(await codesOf(withAfter(json.join("\n").slice(0, -7)))).toEqual(["record-cut"]);
  });

  it("is a roster too", async () => {
    expect(await codesOf(smallStudy({ "roster.csv": (text) => text.trimEnd().slice(0, -4) }))).toEqual(["record-cut"]);
  });
});
