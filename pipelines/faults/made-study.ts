import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chanceOf } from "../fuzz/chance.ts";

const study = (deliveries: readonly string[]): string => `study: faults
title: { da: Fejlstudie, en: Study of faults }
language: en
organisation: [department]
arms:
  - { id: control, control: true, name: { da: Kontrol, en: Control } }
  - { id: training, name: { da: Træning, en: Training } }
waves:
  - { id: before, from: 2020-01-01, to: 2020-01-31, baseline: true, name: { da: Før, en: Before } }
  - { id: after, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument: instrument.yaml
roster: { file: roster.csv, columns: { leader: leader, arm: arm, department: department } }
deliveries:
${deliveries.map((wave) => `  - { file: ${wave}.csv, wave: ${wave}, rater: employee }`).join("\n")}
analysis: { primary: [support] }
`;

const instrument = `instrument: faults
answers: { 1: Disagree, 2: Partly, 3: Neither, 4: Partly agree, 5: Agree }
scales:
  - { id: support, name: { da: Støtte, en: Support }, range: [1, 5], items: [{ id: s1 }, { id: s2 }, { id: s3 }] }
`;

const waves = ["before", "after"] as const;
const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1}`);

/** One line per employee; a corrected file has other answers on some lines, a line less and a line more. */
const rowsOf = (wave: (typeof waves)[number], isCorrected: boolean): readonly string[] => {
  const chance = chanceOf(7, waves.indexOf(wave));
  const rows = leaders.flatMap((leader) =>
    Array.from({ length: 7 }, (_, k) => {
      const answers = [1, 2, 3].map(() => 1 + chance.below(5));
      return `${leader}-${k};${leader};${answers.join(";")}`;
    }),
  );
  if (!isCorrected) return rows;
  return [...rows.slice(0, -1).map((row, k) => (k % 10 === 0 ? row.replace(/\d$/, "3") : row)), "new;L1;2;3;4"];
};

/** How a study is written; the same content whatever the order. */
export interface Writing {
  readonly isCorrected: boolean;
  readonly lineEnd: string;
  readonly rows: (rows: readonly string[]) => readonly string[];
  readonly deliveries: readonly (typeof waves)[number][];
}

export const asItIs: Writing = { isCorrected: false, lineEnd: "\n", rows: (rows) => rows, deliveries: waves };

/** A small study of two waves; corrected, its second delivery is another file. */
export const writeMadeStudy = async (folder: string, writing: Writing = asItIs): Promise<void> => {
  const { isCorrected, lineEnd, rows, deliveries } = writing;
  await mkdir(folder, { recursive: true });
  const roster = leaders.map((leader, k) => `${leader};${k % 2 ? "training" : "control"};D${k % 3}`);
  const files = {
    "study.yaml": study(deliveries),
    "instrument.yaml": instrument,
    "roster.csv": ["leader;arm;department", ...rows(roster), ""].join(lineEnd),
    ...Object.fromEntries(
      waves.map((wave) => [
        `${wave}.csv`,
        ["respondent;leader;s1;s2;s3", ...rows(rowsOf(wave, isCorrected && wave === "after")), ""].join(lineEnd),
      ]),
    ),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
};
