import { expect, it } from "vitest";
import { csvOf, employees, type Line, leaders, sizeOf, studyFile, surveyFiles } from "../made-survey.ts";
import { folderOf, madeStages, stagesOf } from "../staged-study.ts";

const resolution = 5_354_228_880n;

const armOf = (leader: string): string => (leaders.indexOf(leader) % 3 === 0 ? "control" : "training");

const withArms = {
  ...surveyFiles,
  "study.yaml": studyFile
    .replace(
      "waves:",
      `arms:
  - { id: control, control: true, name: { da: Kontrol, en: Control } }
  - { id: training, name: { da: Træning, en: Training } }
waves:`,
    )
    .replace("unit: unit } }", "unit: unit, arm: arm } }"),
  "roster.csv": csvOf(
    leaders.map((leader, k) => ({ leader, unit: `U${k % 5}`, size: String(sizeOf(leader)), arm: armOf(leader) })),
  ),
};

const items = ["c1", "c2", "c3", "c4"] as const;

/** Steps from the middle of 1…5, the second item turned; null where the answer is missing. */
const stepsOf = (line: Line): readonly (bigint | null)[] =>
  items.map((item) => {
    if (!/^[1-5]$/.test(line[item] ?? "")) return null;
    return ((BigInt(line[item]!) - 3n) * (item === "c2" ? -1n : 1n) * resolution) / 4n;
  });

interface Cell {
  n: number;
  readonly sums: bigint[];
  readonly products: bigint[];
}

function reference(): ReadonlyMap<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const line of employees) {
    const steps = stepsOf(line);
    const answered = steps.map((step) => (step === null ? 0 : 1));
    if (!answered.includes(1)) continue;
    const wave = line["year"] === "2020" ? "before" : "after";
    const key = [wave, armOf(line["leader"]!), answered.join("")].join(" ");
    const cell = cells.get(key) ?? { n: 0, sums: items.map(() => 0n), products: Array.from({ length: 10 }, () => 0n) };
    cell.n += 1;
    let k = 0;
    for (let i = 0; i < 4; i++) {
      cell.sums[i]! += steps[i] ?? 0n;
      for (let j = i; j < 4; j++) cell.products[k++]! += (steps[i] ?? 0n) * (steps[j] ?? 0n);
    }
    cells.set(key, cell);
  }
  return cells;
}

it("sums and products by arm and by what is answered are those of the answers, to the last digit", async () => {
  const { tables } = await stagesOf(folderOf(withArms));
  const rows = tables.item_moments.filter((row) => row["scale"] === "clarity" && row["rater"] === "employee");
  const wanted = reference();
  expect(rows).toHaveLength(wanted.size);
  expect(wanted.size).toBeGreaterThan(8);
  for (const row of rows) {
    const answered = (row["answered"] as readonly unknown[]).map(Number).join("");
    const cell = wanted.get([row["wave"], row["arm"], answered].join(" "));
    expect(Number(row["n"])).toBe(cell?.n);
    expect((row["sums"] as readonly string[]).map(BigInt)).toEqual(cell?.sums);
    expect((row["products"] as readonly string[]).map(BigInt)).toEqual(cell?.products);
  }
});

it("without arms there is one cell where there were one per arm", async () => {
  const { tables } = await madeStages();
  expect(new Set(tables.item_moments.map((row) => row["arm"]))).toEqual(new Set([""]));
});
