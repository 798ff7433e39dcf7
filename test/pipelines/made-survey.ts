/**
 * A survey with everything that makes scoring hard: a reversed item, a scale of scales, a range that holds the code of a
 * kind of missing, items that a delivery does not ask, a covariate from every source, raters of three kinds.
 */
export const studyFile = `study: made
title: { da: Prøve, en: Trial }
language: en
organisation: [unit]
waves:
  - { id: before, from: 2020-01-01, to: 2020-01-31, baseline: true, name: { da: Før, en: Before } }
  - { id: after, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument: instrument.yaml
roster: { file: roster.csv, columns: { leader: leader, unit: unit } }
deliveries:
  - { file: employees.csv, wave: before, rater: employee, where: { year: 2020 } }
  - { file: employees.csv, wave: after, rater: employee, where: { year: 2021 } }
  - { file: leaders.csv, wave: before, rater: self, where: { year: 2020 } }
  - { file: leaders.csv, wave: after, rater: self, where: { year: 2021 } }
  - { file: absence.csv, wave: after, rater: indicator, columns: { unit: unit } }
covariates:
  - { id: gender, from: employee, values: { 1: woman, 2: man } }
  - { id: tenure, from: employee, range: [0, 50] }
  - { id: years, from: self, range: [0, 40] }
  - { id: size, from: roster, range: [0, 100] }
analysis:
  primary: [clarity]
  secondary: [gap, overall, trust, indicator absence]
  covariates: [gender, tenure, years, size]
`;

export const instrumentFile = `instrument: made
answers:
  1: { da: Helt uenig, en: Strongly disagree }
  2: { da: Uenig, en: Disagree }
  3: { da: Hverken enig eller uenig på nogen måde, en: Neither }
  4: { da: Enig, en: Agree }
  5: { da: Helt enig, en: Strongly agree }
missing: { 6: dont-know, 99: not-asked }
scales:
  - { id: overall, name: { da: Samlet, en: Overall }, range: [1, 5], of: [clarity, thanks] }
  - id: clarity
    name: { da: Klarhed, en: Clarity }
    range: [1, 5]
    items: [{ id: c1 }, { id: c2, reversed: true }, { id: c3 }, { id: c4 }]
  - { id: thanks, name: { da: Ros, en: Thanks }, range: [1, 5], items: [{ id: t1 }, { id: t2 }] }
  - { id: trust, name: { da: Tillid, en: Trust }, range: [0, 10], index: false, items: [{ id: r1 }, { id: r2 }, { id: r3 }] }
  - { id: absence, name: { da: Fravær, en: Absence }, range: [0, 30], index: false, items: [{ id: days }] }
  - { id: gap, name: { da: Afstand, en: Gap }, range: [1, 5], difference: [self clarity, employee clarity] }
`;

export const items = ["c1", "c2", "c3", "c4", "t1", "t2", "r1", "r2", "r3"] as const;

/** A small generator of whole numbers (Lehmer, as MINSTD), so that the survey is the same everywhere. */
export const numbersFrom = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

export type Line = Readonly<Record<string, string>>;

const answerOf = (item: string, draw: (below: number) => number): string => {
  const kind = draw(20);
  if (kind === 0) return "";
  if (kind === 1) return item.startsWith("r") ? "" : "6";
  if (kind === 2 && item === "c4") return "99";
  return String(item.startsWith("r") ? draw(11) : 1 + draw(5));
};

const lineOf = (leader: string, respondent: string, year: number, draw: (below: number) => number): Line => ({
  respondent,
  leader,
  year: String(year),
  gender: ["1", "2", ""][draw(3)] as string,
  tenure: draw(5) === 0 ? "" : `${draw(40)},${draw(10)}`,
  years: draw(4) === 0 ? "" : String(draw(40)),
  ...Object.fromEntries(items.map((item) => [item, answerOf(item, draw)])),
});

export const leaders = Array.from({ length: 12 }, (_, index) => `L${index + 1}`);

export const employees: readonly Line[] = leaders.flatMap((leader, index) => {
  const draw = numbersFrom(7 + index);
  return [2020, 2021].flatMap((year) =>
    Array.from({ length: (index * 3 + year) % 8 }, (_, each) => lineOf(leader, `${leader}-${each}`, year, draw)),
  );
});

export const ownAnswers: readonly Line[] = leaders.flatMap((leader, index) => {
  const draw = numbersFrom(101 + index);
  return [2020, 2021].filter((year) => (index + year) % 5 > 0).map((year) => lineOf(leader, leader, year, draw));
});

export const csvOf = (lines: readonly Line[]): string => {
  const header = Object.keys(lines[0] ?? {});
  return `${[header, ...lines.map((line) => header.map((name) => line[name]))].map((row) => row.join(";")).join("\n")}\n`;
};

const roster = leaders.map((leader, index) => ({ leader, unit: `U${index % 5}`, size: String(5 + index) }));
const absence = Array.from({ length: 5 }, (_, index) => ({ unit: `U${index}`, days: `${index * 2},${index}` }));

export const surveyFiles: Readonly<Record<string, string>> = {
  "study.yaml": studyFile,
  "instrument.yaml": instrumentFile,
  "roster.csv": csvOf(roster),
  "employees.csv": csvOf(employees),
  "leaders.csv": csvOf(ownAnswers.map(({ gender: _, tenure: __, ...line }) => line)),
  "absence.csv": csvOf(absence),
};

/** Days of absence of a leader's unit. */
export const absenceOf = (leader: string): number => {
  const unit = roster.find((row) => row.leader === leader)?.unit;
  return Number(absence.find((row) => row.unit === unit)?.days.replace(",", "."));
};
export const sizeOf = (leader: string): number => Number(roster.find((row) => row.leader === leader)?.size);
