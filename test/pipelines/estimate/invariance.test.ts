import { describe, expect, test } from "vitest";
import { measureInvariance } from "../../../pipelines/estimate/invariance.ts";
import { readStudy } from "../../../src/store/study-files.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { expectClose, expected } from "../../oracle/read.ts";
import { type LeaderItems, leaderItems } from "../../stats/measurement/leader-items.ts";
import { csvOf } from "../made-survey.ts";
import { folderOf, stagesOf } from "../staged-study.ts";

interface RLevel {
  readonly factors: Readonly<Record<"apart" | "together", number | null>>;
  readonly measures: Readonly<Record<"chisq" | "df" | "cfi" | "rmsea", number>>;
}
const answers = expected("leader-items") as Readonly<
  Record<string, { readonly levels: Readonly<Record<string, RLevel>> }>
>;

const waves = `  - { id: g1, from: 2020-01-01, to: 2020-01-31, name: { da: G1, en: G1 } }
  - { id: g2, from: 2021-01-01, to: 2021-01-31, name: { da: G2, en: G2 } }`;
const oneWave = "  - { id: now, from: 2020-01-01, to: 2020-01-31, name: { da: Nu, en: Now } }";

const instrumentOf = (items: number): string => `instrument: made
answers: { ${[1, 2, 3, 4, 5, 6, 7].map((k) => `${k}: { da: A${k}, en: A${k} }`).join(", ")} }
missing: { 9: dont-know }
scales:
  - id: only
    name: { da: Skala, en: Scale }
    range: [1, 7]
    items: [${Array.from({ length: items }, (_, i) => `{ id: i${i + 1}, reversed: ${i === 1} }`).join(", ")}]
`;

/** The second item is asked the other way round; a skipped one is blank. */
const lineOf = ({ group, leader, answers: own }: LeaderItems, k: number): Readonly<Record<string, string>> => ({
  ...{ respondent: `R${k}`, leader, group },
  ...Object.fromEntries(
    own.map((answer, i) => [`i${i + 1}`, answer === null ? "" : String(i === 1 ? 8 - answer : answer)]),
  ),
});

const overWaves = (rows: readonly LeaderItems[]) => ({
  "study.yaml": `study: waves
title: { da: Prøve, en: Trial }
language: en
waves:
${waves}
instrument: instrument.yaml
deliveries:
  - { file: all.csv, wave: g1, rater: employee, where: { group: g1 } }
  - { file: all.csv, wave: g2, rater: employee, where: { group: g2 } }
`,
  "instrument.yaml": instrumentOf(rows[0]!.answers.length),
  "all.csv": csvOf(rows.map(lineOf)),
});

const overArms = (rows: readonly LeaderItems[]) => ({
  "study.yaml": `study: arms
title: { da: Prøve, en: Trial }
language: en
arms:
  - { id: g1, control: true, name: { da: G1, en: G1 } }
  - { id: g2, name: { da: G2, en: G2 } }
waves:
${oneWave}
roster: { file: roster.csv, columns: { leader: leader, arm: arm } }
instrument: instrument.yaml
deliveries: [{ file: all.csv, wave: now, rater: employee }]
`,
  "instrument.yaml": instrumentOf(rows[0]!.answers.length),
  "roster.csv": csvOf([...new Map(rows.map(({ leader, group }) => [leader, { leader, arm: group }])).values()]),
  "all.csv": csvOf(rows.map(lineOf)),
});

const measured = async (files: Readonly<Record<string, string>>) => {
  const { folder } = await stagesOf(folderOf(files));
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  return await measureInvariance(vault, study);
};

describe("from a delivery to lavaan's numbers: skipped items, leaders as clusters", () => {
  const check = async (files: Readonly<Record<string, string>>, name: string, leaders: number) => {
    const found = await measured(files);
    expect(found.map(({ level }) => level)).toEqual(["configural", "metric", "scalar"]);
    for (const { level, chiSquared, cfi, df, clustered, missing } of found) {
      const { measures, factors } = answers[name]!.levels[level]!;
      expect([missing, df]).toEqual(["ml", measures.df]);
      // lavaan's stopping point, and its second derivatives by differences.
      expect(Math.abs(chiSquared! - measures.chisq)).toBeLessThan(1e-6);
      expectClose(cfi, measures.cfi, 1e-6, "CFI");
      if (factors.together === null) expect(clustered).toBeNull();
      else expectClose(clustered?.scale, factors.together, 1e-5, `${level} scale`);
      if (clustered !== null) expect(clustered.leaders).toBe(leaders);
    }
  };

  test("over waves, of leaders who have both", async () => {
    const rows = leaderItems("leaders-again");
    await check(overWaves(rows), "leaders-again", 40);
  });

  test("over arms", async () => {
    const rows = leaderItems("leaders-gaps");
    await check(overArms(rows), "leaders-gaps", 80);
  });
});
