import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chanceOf } from "../fuzz/chance.ts";

const waves = ["before", "after"] as const;
type Cells = readonly string[];

/** A file of answers: respondent, leader and an answer to each item. */
export interface MadeDelivery {
  readonly file: string;
  readonly wave: (typeof waves)[number];
  readonly rows: readonly Cells[];
}

/** A small study of two waves, as it is written into its files. */
export interface MadeStudy {
  /** Leader, arm and department. */
  readonly roster: readonly Cells[];
  readonly deliveries: readonly MadeDelivery[];
  readonly lineEnd: string;
  readonly separator: string;
}

const study = (deliveries: readonly MadeDelivery[]): string => `study: faults
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
${deliveries.map(({ file, wave, rows }) => `  - { file: ${file}, wave: ${wave}, rater: employee, complete: ${rows.length} }`).join("\n")}
analysis: { primary: [support] }
`;

// No scale has items enough for a test of its invariance, which takes time and touches no file.
const instrument = `instrument: faults
answers: { 1: Disagree, 2: Partly, 3: Neither, 4: Partly agree, 5: Agree }
scales:
  - { id: support, name: { da: Støtte, en: Support }, range: [1, 5], items: [{ id: s1 }, { id: s2 }] }
  - { id: clarity, name: { da: Klarhed, en: Clarity }, range: [1, 5], items: [{ id: s3 }] }
`;

export const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1}`);
export const departments = ["D0", "D1", "D2"];

/** One line per employee. */
const rowsOf = (wave: (typeof waves)[number]): readonly Cells[] => {
  const chance = chanceOf(7, waves.indexOf(wave));
  return leaders.flatMap((leader) =>
    Array.from({ length: 7 }, (_, k) => [
      `${leader}-${k}`,
      leader,
      ...[1, 2, 3].map(() => String(1 + chance.below(5))),
    ]),
  );
};

export const madeStudy: MadeStudy = {
  roster: leaders.map((leader, k) => [leader, k % 2 ? "training" : "control", departments[k % 3]!]),
  deliveries: waves.map((wave) => ({ file: `${wave}.csv`, wave, rows: rowsOf(wave) })),
  lineEnd: "\n",
  separator: ";",
};

const correctedRows = (rows: readonly Cells[]): readonly Cells[] => [
  ...rows.slice(0, -1).map((row, k) => (k % 10 === 0 ? [...row.slice(0, -1), "3"] : row)),
  ["new", "L1", "2", "3", "4"],
];

/** The same study after its second delivery was corrected: other answers on some lines, a line less and a line more. */
export const correctedStudy: MadeStudy = {
  ...madeStudy,
  deliveries: madeStudy.deliveries.map((one) =>
    one.wave === "after" ? { ...one, rows: correctedRows(one.rows) } : one,
  ),
};

/** Writes the files of a study into a folder. */
export const writeStudy = async (folder: string, made: MadeStudy): Promise<void> => {
  const { roster, deliveries, lineEnd, separator } = made;
  await mkdir(folder, { recursive: true });
  const table = (rows: readonly Cells[]): string => rows.map((row) => row.join(separator) + lineEnd).join("");
  const files = {
    "study.yaml": study(deliveries),
    "instrument.yaml": instrument,
    "roster.csv": table([["leader", "arm", "department"], ...roster]),
    ...Object.fromEntries(
      deliveries.map(({ file, rows }) => [file, table([["respondent", "leader", "s1", "s2", "s3"], ...rows])]),
    ),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
};
