import { createHash } from "node:crypto";
import type { Chance } from "./chance.ts";

/** Cells of a file that is to be written. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A response as it must be accepted, item by item; known without reading any file. */
export interface Truth {
  readonly delivery: number;
  readonly leader: string;
  readonly respondent: string;
  readonly weight: number;
  readonly answers: readonly (number | null)[];
  readonly kinds: readonly number[];
  readonly covariates: readonly (number | null)[];
}

/** A small study in which nothing is wrong, and the answers in it. */
export interface MadeStudy {
  readonly study: string;
  readonly instrument: string;
  readonly key: string;
  readonly tables: Readonly<Record<string, Table>>;
  readonly truths: readonly Truth[];
}

export const rosterFile = "roster.csv";
/** In the order of the study file. */
export const deliveryFiles = ["employees.csv", "leaders.csv", "absence.csv"] as const;

const studyFile = `study: fuzz
language: en
organisation: [unit]
arms: [{ id: control, control: true }, { id: training }]
waves: [{ id: only, from: 2020-01-01, to: 2020-01-31 }]
instrument: instrument.yaml
roster: { file: roster.csv, columns: { leader: leder, arm: arm, unit: afdeling, employees: ansatte, attended: mødt, from: fra, class: hold } }
deliveries:
  - { file: employees.csv, wave: only, rater: employee, columns: { respondent: id, leader: leder, weight: vægt, tenure: anciennitet, sex: køn }, items: { t1: Spørgsmål å1 }, where: { status: færdig } }
  - { file: leaders.csv, wave: only, rater: self, columns: { leader: leder } }
  - { file: absence.csv, wave: only, rater: indicator, columns: { unit: afdeling } }
covariates:
  - { id: tenure, from: employee, range: [0, 60] }
  - { id: sex, from: employee, values: { k: { da: Kvinde, en: Woman }, m: { da: Mand, en: Man } } }
analysis: { primary: [support] }
`;

const instrumentFile = `instrument: fuzz
answers:
  1: { da: Meget uenig, en: Strongly disagree }
  2: { da: Uenig, en: Disagree }
  3: { da: "Hverken–eller", en: "Neither, nor" }
  4: { da: Enig, en: Agree }
  5: { da: "Meget \\"enig\\"; også på lang sigt", en: Strongly agree }
missing: { 998: dont-know, 999: { kind: not-applicable, label: { da: Findes ikke på vores område, en: Does not exist } } }
scales:
  - { id: support, range: [1, 5], items: [{ id: s1 }, { id: s2, reversed: true }, { id: s3 }] }
  - { id: tension, range: [0, 100], items: [{ id: t1 }, { id: t2 }] }
  - { id: absence, range: [0, 60], index: false, items: [{ id: days }] }
`;

/** By code of the answer, in both languages. */
export const answerLabels = [
  ["Meget uenig", "Strongly disagree"],
  ["Uenig", "Disagree"],
  ["Hverken–eller", "Neither, nor"],
  ["Enig", "Agree"],
  ['Meget "enig"; også på lang sigt', "Strongly agree"],
] as const;

const kindPlaces = { answered: 0, blank: 1, dontKnow: 2, notAsked: 4, notApplicable: 5 } as const;

interface Said {
  readonly text: string;
  readonly value: number | null;
  readonly kind: number;
}
const answer = (text: string, value: number): Said => ({ text, value, kind: kindPlaces.answered });
const notAsked: Said = { text: "", value: null, kind: kindPlaces.notAsked };

const missing = ({ pick }: Chance): Said =>
  pick([
    { text: "", value: null, kind: kindPlaces.blank },
    { text: "998", value: null, kind: kindPlaces.dontKnow },
    { text: "Ved ikke", value: null, kind: kindPlaces.dontKnow },
    { text: "Findes ikke på vores område", value: null, kind: kindPlaces.notApplicable },
  ]);

const codedAnswer = (chance: Chance): Said => {
  if (chance.once(10)) return missing(chance);
  const code = 1 + chance.below(5);
  return answer(chance.once(4) ? chance.pick(answerLabels[code - 1]!) : String(code), code);
};

/** A number of at most two decimals, written with the file's decimal mark. */
const figure = ({ below, once }: Chance, most: number, mark: string): Said => {
  const value = once(2) ? below(most) : below(100 * most) / 100;
  return answer(String(value).replace(".", mark), value);
};

const comments = [
  "",
  "",
  "fin ledelse",
  'hun sagde "kom ind"; så gik jeg',
  "tab\there, pipe | there",
  "over\nto\r\nlinjer",
  "æøå – blåbærgrød",
];

const pseudonym = (key: string, id: string): string =>
  createHash("sha256").update(`${key}\x1f${id}`).digest("base64url").slice(0, 24);

const employeesOf = (chance: Chance, leaders: readonly string[], rows: number, key: string) => {
  const header = [
    "id",
    "status",
    "leder",
    "s1",
    "s2",
    "s3",
    "Spørgsmål å1",
    "t2",
    "vægt",
    "anciennitet",
    "køn",
    "note",
  ];
  const mark = chance.pick([",", "."]);
  const truths: Truth[] = [];
  const cells = Array.from({ length: rows }, (_, row) => {
    const said = [codedAnswer(chance), codedAnswer(chance), codedAnswer(chance), figure(chance, 100, mark)];
    said.push(figure(chance, 100, mark), notAsked);
    const weight = answer(chance.pick(["1", `0${mark}8`, `1${mark}25`]), 0);
    const tenure = figure(chance, 60, mark);
    const [id, leader, sex] = [`kanarie-${row}`, chance.pick(leaders), chance.below(2)];
    const done = !chance.once(8);
    if (done)
      truths.push({
        delivery: 1,
        leader,
        respondent: pseudonym(key, id),
        weight: Number(weight.text.replace(",", ".")),
        answers: said.map(({ value }) => value),
        kinds: said.map(({ kind }) => kind),
        covariates: [tenure.value, sex],
      });
    const note = chance.once(40) ? "lang ".repeat(chance.below(400)) : chance.pick(comments);
    const texts = said.slice(0, 5).map(({ text }) => text);
    return [id, done ? "færdig" : "ikke begyndt", leader, ...texts, weight.text, tenure.text, "km"[sex]!, note];
  });
  return { table: { header, rows: cells }, truths };
};

const leadersOf = (chance: Chance, leaders: readonly string[], key: string) => {
  const truths: Truth[] = [];
  const rows = leaders.map((leader) => {
    const said = [codedAnswer(chance), codedAnswer(chance), codedAnswer(chance), notAsked, notAsked, notAsked];
    truths.push({
      delivery: 2,
      leader,
      respondent: pseudonym(key, leader),
      weight: 1,
      answers: said.map(({ value }) => value),
      kinds: said.map(({ kind }) => kind),
      covariates: [null, null],
    });
    return [leader, ...said.slice(0, 3).map(({ text }) => text)];
  });
  return { table: { header: ["leder", "s1", "s2", "s3"], rows }, truths };
};

const absenceOf = (
  chance: Chance,
  units: readonly (readonly [unit: string, leaders: readonly string[]])[],
  key: string,
) => {
  const truths: Truth[] = [];
  const mark = chance.pick([",", "."]);
  const rows = units.map(([unit, leaders]) => {
    const days = figure(chance, 60, mark);
    for (const leader of leaders)
      truths.push({
        delivery: 3,
        leader,
        respondent: pseudonym(key, `indicator\x1f${unit}`),
        weight: 1,
        answers: [null, null, null, null, null, days.value],
        kinds: [...Array<number>(5).fill(kindPlaces.notAsked), kindPlaces.answered],
        covariates: [null, null],
      });
    return [unit, days.text];
  });
  return { table: { header: ["afdeling", "days"], rows }, truths };
};

/** Mostly few rows; seldom so many that a file is read in several pieces. */
const rowsOf = ({ below, once }: Chance): number => (once(60) ? 2500 + below(4000) : once(10) ? 300 : 12 + below(30));

const unitNames = ["Børn og Unge", "Ældre; pleje", "Teknik, miljø", "Økonomi"];

/** A study whose files are all in order, drawn by lot. */
export const makeStudy = (chance: Chance): MadeStudy => {
  const key = "0123456789abcdef".repeat(4);
  const leaders = Array.from({ length: 4 + chance.below(9) }, (_, k) => `B${1001 + k}`);
  const units = unitNames
    .map((unit, k) => [unit, leaders.filter((_, leader) => leader % unitNames.length === k)] as const)
    .filter(([, own]) => own.length > 0);
  const unitOf = (leader: string): string => units.find(([, own]) => own.includes(leader))?.[0] ?? "";
  const roster = leaders.map((leader, k) => [
    leader,
    k % 2 ? "training" : "control",
    unitOf(leader),
    String(5 + k),
    String(k % 5),
    k % 3 ? `${1 + k}.2.2019` : "",
    `hold ${k % 2}`,
  ]);
  const employees = employeesOf(chance, leaders, rowsOf(chance), key);
  const own = leadersOf(chance, leaders, key);
  const absence = absenceOf(chance, units, key);
  return {
    study: studyFile,
    instrument: instrumentFile,
    key,
    tables: {
      [rosterFile]: { header: ["leder", "arm", "afdeling", "ansatte", "mødt", "fra", "hold"], rows: roster },
      [deliveryFiles[0]]: employees.table,
      [deliveryFiles[1]]: own.table,
      [deliveryFiles[2]]: absence.table,
    },
    truths: [...employees.truths, ...own.truths, ...absence.truths],
  };
};
