import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { employees, type Line, leaders, ownAnswers, sizeOf, studyFile, surveyFiles } from "../made-survey.ts";
import { type Cells, folderOf, madeStages, stagesOf } from "../staged-study.ts";

const resolution = 5_354_228_880;
const number = (cell: string | undefined): number | null => (cell ? Number(cell.replace(",", ".")) : null);
const waveOf = (line: Line): string => (line["year"] === "2020" ? "before" : "after");

const step = (value: number, low: number, high: number): number => (value - (low + high) / 2) / (high - low);

/** What leaders say of themselves stands for both waves: the first that they said. */
const yearsOf = (leader: string): number | null =>
  ownAnswers
    .filter((line) => line["leader"] === leader)
    .map((line) => number(line["years"]))
    .find((value) => value !== null) ?? null;

const trust = (line: Line): number | null => {
  const answered = ["r1", "r2", "r3"].map((name) => number(line[name])).filter((value) => value !== null);
  return answered.length < 2 ? null : answered.reduce((sum, value) => sum + value, 0) / answered.length;
};

const complete = (leader: string, wave: string): readonly (readonly number[])[] =>
  employees
    .filter((line) => line["leader"] === leader && waveOf(line) === wave)
    .map((line) => {
      const [gender, tenure, years, score] = [line["gender"], number(line["tenure"]), yearsOf(leader), trust(line)];
      if (!gender || tenure === null || years === null || score === null) return null;
      return [
        gender === "2" ? 0.5 : -0.5,
        step(tenure, 0, 50),
        step(years, 0, 40),
        step(sizeOf(leader), 0, 100),
        step(score, 0, 10),
      ];
    })
    .filter((row) => row !== null);

it("sums and products of complete rows are those of the answers", async () => {
  const { tables } = await madeStages();
  const rows = tables.model_moments.filter((row) => row["scale"] === "trust");
  const found = new Map(rows.map((row) => [`${row["leader"]} ${row["wave"]}`, row]));
  let compared = 0;
  for (const leader of leaders)
    for (const wave of ["before", "after"]) {
      const z = complete(leader, wave);
      const row = found.get(`${leader} ${wave}`) as Cells;
      expect(Number(row?.["n"] ?? 0)).toBe(z.length);
      if (z.length === 0) continue;
      compared += 1;
      const sums = [0, 1, 2, 3, 4].map((j) => z.reduce((sum, each) => sum + each[j]!, 0));
      const products = [0, 1, 2, 3, 4].flatMap((i) =>
        [0, 1, 2, 3, 4].slice(i).map((j) => z.reduce((sum, each) => sum + each[i]! * each[j]!, 0)),
      );
      for (const [j, sum] of (row["sums"] as readonly string[]).entries())
        expect(Number(sum) / resolution).toBeCloseTo(sums[j]!, 7);
      for (const [k, product] of (row["products"] as readonly string[]).entries())
        expect(Number(product) / resolution ** 2).toBeCloseTo(products[k]!, 7);
    }
  expect(compared).toBeGreaterThan(10);
});

it("a difference takes the leader's level of what employees say of themselves", async () => {
  const { tables } = await madeStages();
  const rows = tables.model_moments.filter((row) => row["scale"] === "gap");
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    const same = (line: Line) => line["leader"] === row["leader"] && waveOf(line) === row["wave"];
    const genders = employees.filter((line) => same(line) && line["gender"] !== "").map((line) => line["gender"]);
    const mean = genders.reduce((sum, gender) => sum + (gender === "2" ? 0.5 : -0.5), 0) / genders.length;
    expect(Number((row["sums"] as readonly string[])[0]) / resolution).toBeCloseTo(mean, 7);
    expect(Number(row["n"])).toBe(1);
  }
});

it("the histogram of a primary scale holds every employee's score, and no other scale or rater has one", async () => {
  const named = studyFile
    .replace("primary: [clarity]", "primary: [clarity, trust, self thanks]")
    .replace("trust, ind", "ind");
  const { tables } = await stagesOf(folderOf({ ...surveyFiles, "study.yaml": named }));
  const rows = tables.score_histograms;
  expect([...new Set(rows.map((row) => `${row["rater"]} ${row["scale"]}`))].sort()).toEqual([
    "employee clarity",
    "employee trust",
  ]);
  const found = new Map(rows.map((row) => [`${row["scale"]} ${row["leader"]} ${row["wave"]}`, row]));
  let compared = 0;
  for (const leader of leaders)
    for (const wave of ["before", "after"]) {
      const scores = employees
        .filter((line) => line["leader"] === leader && waveOf(line) === wave)
        .map(trust)
        .filter((score) => score !== null)
        .sort((a, b) => a - b);
      const row = found.get(`trust ${leader} ${wave}`);
      expect(row === undefined).toBe(scores.length === 0);
      if (row === undefined) continue;
      const steps = row["scores"] as readonly string[];
      expect(new Set(steps).size).toBe(steps.length);
      const each = steps.flatMap((step, k) => {
        const count = Number((row["counts"] as readonly string[])[k]);
        return Array.from({ length: count }, () => 5 + (10 * Number(step)) / resolution);
      });
      expect(each.length).toBe(scores.length);
      for (const [k, score] of each.entries()) expect(score).toBeCloseTo(scores[k]!, 8);
      compared += each.length;
    }
  expect(compared).toBeGreaterThan(50);
});

it("a secondary scale that becomes primary gets its histogram in the same study", async () => {
  const folder = folderOf(surveyFiles);
  const scalesOf = (rows: readonly Cells[]) => [...new Set(rows.map((row) => row["scale"]))].sort();
  expect(scalesOf((await stagesOf(folder)).tables.score_histograms)).toEqual(["clarity"]);
  const promoted = studyFile.replace(
    "[clarity]\n  secondary: [gap, overall,",
    "[clarity, gap, overall]\n  secondary: [",
  );
  writeFileSync(join(folder, "study.yaml"), promoted);
  expect(scalesOf((await stagesOf(folder)).tables.score_histograms)).toEqual(["clarity", "overall"]);
});
