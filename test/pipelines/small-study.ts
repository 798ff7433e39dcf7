import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const study = `study: small
title: { da: Lille studie, en: Small study }
language: en
organisation: [department]
arms:
  - { id: control, control: true, name: { da: Kontrol, en: Control } }
  - { id: training, name: { da: Træning, en: Training } }
waves:
  - { id: before, from: 2020-01-01, to: 2020-01-31, baseline: true, name: { da: Før, en: Before } }
  - { id: after, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument: instrument.yaml
roster:
  file: roster.csv
  columns: { leader: leader, arm: arm, department: department }
deliveries:
  - { file: before.csv, wave: before, rater: employee }
  - { file: after.csv, wave: after, rater: employee }
analysis: { primary: [support] }
`;

const instrument = `instrument: small
answers: { 1: { da: Uenig, en: Disagree }, 2: { da: Hverken, en: Neither }, 3: { da: Enig, en: Agree } }
missing: { 8: dont-know, 9: not-asked }
scales:
  - id: support
    name: { da: Støtte, en: Support }
    range: [1, 3]
    items: [{ id: s1 }, { id: s2, reversed: true }]
`;

const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1}`);

const roster = [
  "leader,arm,department",
  ...leaders.map((id, k) => `${id},${k % 2 ? "training" : "control"},D${k % 3}`),
];

/** Answers that differ by leader and respondent in a fixed way. */
const answers = (wave: number): readonly string[] => [
  "respondent,leader,s1,s2",
  ...leaders.flatMap((id, k) =>
    Array.from(
      { length: 6 },
      (_, r) => `${id}-${r},${id},${1 + ((k + r + wave * (k % 2)) % 3)},${1 + ((k * r + wave) % 3)}`,
    ),
  ),
];

const files: Readonly<Record<string, string>> = {
  "study.yaml": study,
  "instrument.yaml": instrument,
  "roster.csv": `${roster.join("\n")}\n`,
  "before.csv": `${answers(0).join("\n")}\n`,
  "after.csv": `${answers(1).join("\n")}\n`,
};

type Change = string | Buffer | null | ((text: string) => string);

/** A study of 16 leaders, six employees each, in a folder of its own that goes with the test; files changed or left out. */
export const smallStudy = (changes: Readonly<Record<string, Change>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), "spejl-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of new Set([...Object.keys(files), ...Object.keys(changes)])) {
    const change = changes[name];
    const content =
      typeof change === "function" ? change(files[name] ?? "") : change === undefined ? (files[name] ?? "") : change;
    if (content === null) continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
};
