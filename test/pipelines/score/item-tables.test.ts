import { expect, it } from "vitest";
import { csvOf, employees, surveyFiles } from "../made-survey.ts";
import { folderOf, madeStages, stagesOf } from "../staged-study.ts";

const items = ["c1", "c2", "c3", "c4"] as const;

const answersOf = (line: (typeof employees)[number]): readonly (number | null)[] =>
  items.map((item) => (/^[1-5]$/.test(line[item] ?? "") ? Number(line[item]) : null));

function reference(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of employees) {
    const answers = answersOf(line);
    for (const [i, one] of answers.entries()) {
      for (const [j, other] of answers.entries()) {
        if (j < i || one === null || other === null) continue;
        const key = [line["year"] === "2020" ? "before" : "after", i + 1, j + 1, one, other].join(" ");
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return counts;
}

it("counts each pair of answers to each pair of items, and each answer to an item alone", async () => {
  const { tables } = await madeStages();
  const rows = tables.item_tables.filter((row) => row["scale"] === "clarity" && row["rater"] === "employee");
  const found = rows.map((row) => {
    const { wave, i, j, answer_i: one, answer_j: other, n } = row;
    return [[wave, i, j, one, other].join(" "), Number(n)] as const;
  });
  expect(new Map([...found].sort())).toEqual(new Map([...reference()].sort()));
  expect(found.length).toBeGreaterThan(200);
});

it("turns reversed items before they are correlated", async () => {
  const lines = employees.map((line, k) => {
    const [high, low] = [1 + (k % 5), 5 - (k % 5)];
    const near = (answer: number): string => String(Math.min(5, Math.max(1, answer + (k % 3) - 1)));
    return { ...line, c1: near(high), c2: near(low), c3: String(high), c4: near(high + (k % 2)) };
  });
  const { scored } = await stagesOf(folderOf({ ...surveyFiles, "employees.csv": csvOf(lines) }));
  const clarity = scored.scales.find(({ scale, rater }) => scale === "clarity" && rater === "employee");
  expect(clarity?.ordinalAlpha).toBeGreaterThan(clarity!.alpha!);
  expect(clarity?.notes.join(" ")).not.toContain("Turned");
});

it("a scale of more than eight answers has no table, and no ordinal alpha, but says why", async () => {
  const { tables, scored } = await madeStages();
  expect(new Set(tables.item_tables.map((row) => row["scale"]))).toEqual(new Set(["clarity", "thanks"]));
  const trust = scored.scales.find(({ scale, rater }) => scale === "trust" && rater === "employee");
  expect(trust).toMatchObject({ ordinalAlpha: null, ordinalOmega: null });
  expect(trust?.notes.join(" ")).toContain("at most 8 answers; here there are 11");
});
