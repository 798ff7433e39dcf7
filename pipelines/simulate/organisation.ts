import { randomStream, shuffled } from "./random.ts";

export const departments = [
  "Børn og Unge",
  "Sundhed og Omsorg",
  "Teknik og Miljø",
  "Kultur og Fritid",
  "Social og Beskæftigelse",
] as const;

const unitNames: readonly (readonly string[])[] = [
  [
    "Dagtilbud Nord",
    "Dagtilbud Syd",
    "Skoler Øst",
    "Skoler Vest",
    "Tandpleje og sundhedspleje",
    "Pædagogisk rådgivning",
  ],
  ["Hjemmepleje Nord", "Hjemmepleje Syd", "Plejehjem Øst", "Plejehjem Vest – Ådalen", "Genoptræning", "Sygepleje"],
  [
    "Drift; veje og parker",
    "Byggesager",
    "Affald og genbrug",
    "Plan og byudvikling",
    "Vand, natur og klima",
    "Ejendomme",
  ],
  ["Biblioteker", "Idræt og svømmehaller", "Museer og arkiver", "Musikskolen", "Borgerservice", "Fritid og foreninger"],
  ["Jobcenter Nord", "Jobcenter Øst", "Ydelser", "Voksenhandicap", 'Socialpsykiatri "Broen"', "Børn og familier"],
];

/** Leaders by unit, so that a department of 38 has six units and small ones are among them. */
const unitSizes = [3, 9, 6, 8, 5, 7];
const unitCycle = unitSizes.reduce((sum, size) => sum + size, 0);

const classSize = 16;
const sparringGroupSize = 4;

/** Where leader number `index` stands, all but the class from the number alone. */
export interface Place {
  readonly leader: string;
  readonly department: number;
  /** Unique over the organisation. */
  readonly unit: number;
}

export const leaderId = (index: number): string => `L${1001 + index}`;

export function placeOf(index: number): Place {
  const department = index % departments.length;
  const position = Math.floor(index / departments.length);
  return {
    leader: leaderId(index),
    department,
    unit: department + departments.length * unitOf(position, department),
  };
}

/** Units begin at another size in each department, so that departments are not copies of each other. */
function unitOf(position: number, department: number): number {
  let unit = 0;
  let rest = position % unitCycle;
  for (; rest >= unitSizes[(unit + department) % unitSizes.length]!; unit++)
    rest -= unitSizes[(unit + department) % unitSizes.length]!;
  return Math.floor(position / unitCycle) * unitSizes.length + unit;
}

export function unitName(unit: number): string {
  const names = unitNames[unit % departments.length]!;
  const number = Math.floor(unit / departments.length);
  const round = Math.floor(number / names.length);
  return names[number % names.length]! + (round === 0 ? "" : ` ${round + 1}`);
}

/** Arm of every leader and the leader's number within the arm. */
export interface Assignment {
  readonly arm: Uint8Array;
  readonly position: Int32Array;
  readonly sizes: readonly number[];
}

/** Permuted blocks within departments: a leader's arm does not depend on how many leaders follow. */
export function assign(seed: number, leaders: number, arms: number): Assignment {
  const arm = new Uint8Array(leaders);
  const position = new Int32Array(leaders);
  const sizes = new Array<number>(Math.max(arms, 1)).fill(0);
  let orders: readonly (readonly number[])[] = [];
  for (let index = 0; index < leaders; index++) {
    const place = Math.floor(index / departments.length);
    if (arms > 0 && place % arms === 0 && index % departments.length === 0)
      orders = departments.map((_, d) => shuffled(arms, randomStream(seed, "assignment", place * 8 + d)));
    if (arms > 0) arm[index] = orders[index % departments.length]![place % arms]!;
    position[index] = sizes[arm[index]!]!++;
  }
  return { arm, position, sizes };
}

export interface Training {
  /** From 0 within the arm. */
  readonly class: number;
  readonly group: number;
}

/**
 * Class and sparring group of the leader with that position in an arm of that size. Leaders come from the departments
 * in turn, so neighbours in the arm are of different departments. A last class below half its size joins the one before.
 */
export function trainingOf(position: number, size: number): Training {
  const classes = Math.max(1, Math.round(size / classSize));
  const number = Math.min(Math.floor(position / classSize), classes - 1);
  const first = number * classSize;
  const members = (number === classes - 1 ? size : first + classSize) - first;
  const groups = Math.ceil(members / sparringGroupSize);
  return { class: number, group: Math.floor(((position - first) * groups) / members) };
}
