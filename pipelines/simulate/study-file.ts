import type { Arm, Text } from "../../src/study/study.ts";
import { constructs } from "./answers.ts";
import { employeeColumns, indicatorHeader, rosterColumns } from "./columns.ts";
import { phases, type SyntheticWave } from "./programme.ts";
import type { Programme } from "./settings.ts";

export const files = {
  study: "study.yaml",
  instrument: "instrument.yaml",
  roster: "roster.csv",
  sessions: "sessions.csv",
  attendance: "attendance.csv",
  indicator: "deliveries/sygefravaer.csv",
  truth: "truth.json",
  employees: (wave: SyntheticWave) => `deliveries/${wave.slug}-medarbejdere.csv`,
  leaders: (wave: SyntheticWave) => `deliveries/${wave.slug}-ledere.csv`,
} as const;

const words = (text: Text): string => `{ da: ${text.da}, en: ${text.en} }`;
const map = (entries: Iterable<readonly [string, string]>): string =>
  `{ ${Array.from(entries, ([key, value]) => `${key}: ${value}`).join(", ")} }`;
const section = (name: string, lines: readonly string[]): string =>
  `${name}:\n${lines.map((line) => `  ${line}\n`).join("")}`;

/** The study file that goes with the files of a simulation, in product syntax. */
export function studyFile(seed: number, { waves, arms, scheduled }: Programme): string {
  const parts = [
    section("organisation", []).replace(":\n", ": [department, unit]\n"),
    ...(arms.length > 0 ? [section("arms", arms.map(armLine))] : []),
    section("waves", waves.map(waveLine)),
    section(
      "phases",
      phases.map(({ id, from, to, name, goals = [] }) => {
        const developed = goals.length > 0 ? `, goals: [${goals.join(", ")}]` : "";
        return `- { id: ${id}, from: ${from}, to: ${to}, name: ${words(name)}${developed} }`;
      }),
    ),
    ...(scheduled ? [`programme: { sessions: ${files.sessions}, attendance: ${files.attendance} }\n`] : []),
    `instrument: ${files.instrument}\n`,
    section("roster", [
      `file: ${files.roster}`,
      `columns: ${map(Object.entries(rosterColumns(arms.length, scheduled)))}`,
    ]),
    ...(arms.length > 0 ? ["allocation: { by: leader, randomised: true }\n"] : []),
    section(
      "deliveries",
      waves.flatMap((wave, w) => deliveryLines(wave, w, waves.length)),
    ),
    section("covariates", [
      "- id: gender",
      "  name: { da: Køn, en: Gender }",
      "  from: employee",
      "  values: { 1: { da: kvinde, en: woman }, 2: { da: mand, en: man } }",
      "- { id: tenure, name: { da: Anciennitet i år, en: Tenure in years }, from: employee, range: [0, 50] }",
    ]),
    section("analysis", planLines(waves.length, arms.length)),
    ...(arms.length > 0 ? ["figure: { x: transactional, y: transformational }\n"] : []),
    "disclosure: { respondents: 5, leaders: 3, strict: false }\n",
  ];
  return `${head(seed)}\n${parts.join("\n")}`;
}

const head = (seed: number): string => `# yaml-language-server: $schema=../study.schema.json
# Everything in this study is made up by \`spejl simulate\`: no person or organisation stands behind any answer.
study: ledelse-paa-tvaers
title: { da: Ledelse på tværs, en: Leading across }
language: da
seed: ${seed}
synthetic: true
`;

const armLine = ({ id, control, name }: Arm): string =>
  `- { id: ${id}, ${control ? "control: true, " : ""}name: ${words(name)} }`;

const waveLine = ({ id, from, to, baseline, name }: SyntheticWave): string =>
  `- { id: ${id}, from: ${from}, to: ${to}, ${baseline ? "baseline: true, " : ""}name: ${words(name)} }`;

function deliveryLines(wave: SyntheticWave, number: number, waves: number): readonly string[] {
  const columns = employeeColumns(number, waves);
  const [unit, round, sickness] = indicatorHeader;
  const { respondent, leader, gender, tenure } = columns;
  return [
    `- file: ${files.employees(wave)}`,
    `  wave: ${wave.id}`,
    "  rater: employee",
    `  columns: ${map(Object.entries({ respondent, leader, gender, tenure }))}`,
    "  items:",
    ...constructs.map(({ items }, c) => {
      const names = items.map(({ id }) => `${id}: ${columns.items.get(id)!}`).join(", ");
      return `    ${c === 0 ? "{ " : "  "}${names}${c === constructs.length - 1 ? " }" : ","}`;
    }),
    `- { file: ${files.leaders(wave)}, wave: ${wave.id}, rater: self, columns: { leader: leder } }`,
    `- file: ${files.indicator}`,
    `  wave: ${wave.id}`,
    "  rater: indicator",
    `  columns: { unit: ${unit} }`,
    `  items: { sickness: ${sickness} }`,
    `  where: { ${round}: ${wave.slug} }`,
  ];
}

const planLines = (waves: number, arms: number): readonly string[] => [
  "primary: [transformational, transactional]",
  "secondary: [gap, motivation, active-vision, boundary-crossing, co-creation, indicator sickness-absence]",
  ...(arms === 0
    ? []
    : [
        "estimator: ancova",
        waves === 1
          ? "robustness: [cluster-means]"
          : "robustness: [difference-in-differences, event-time, mixed, leader-fixed-effects, cluster-means, complier]",
        "standardErrors: CR2",
        "covariates: [gender, tenure]",
        "subgroups: [gender, tenure]",
        "multiplicity: holm",
        "confidence: 0.95",
        "smallestEffectOfInterest: 2",
        "mediation: [{ mediator: transformational, outcome: motivation }]",
      ]),
];
