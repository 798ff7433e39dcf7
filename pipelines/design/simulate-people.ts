import { type Construct, constructs, selfConstructs } from "./simulate-answers.ts";
import { departments, placeOf } from "./simulate-organisation.ts";
import { programmeEnd, programmeStart, type SyntheticWave } from "./simulate-programme.ts";
import { type Random, randomStream } from "./simulate-random.ts";

/** What a leader is like whatever the arm; traits are by construct, in latent standard deviations. */
export interface Leader {
  readonly index: number;
  readonly department: number;
  /** Perceived leadership in each wave, before training. */
  readonly perceived: readonly Float64Array[];
  /** Own view in each wave, before training; null where the leader does not answer. */
  readonly own: readonly (Float64Array | null)[];
  /** Sessions attended of `sessions`, if offered training. */
  readonly attended: number;
  readonly from: string;
  readonly to: string | null;
  /** Employees before the first wave. */
  readonly size: number;
}

export interface Employee {
  readonly id: string;
  readonly woman: boolean;
  /** Tenths of a year at the start of the programme; negative for those who join later. */
  readonly tenure: number;
  /** Probability of answering a wave. */
  readonly willing: number;
  readonly traits: Float64Array;
}

/** An employee who answers to the next leader from a wave on. */
export interface Mover {
  readonly employee: Employee;
  readonly wave: number;
}

export interface Team {
  /** Employees under the leader by wave. */
  readonly employees: readonly (readonly Employee[])[];
  readonly leaving: Mover | null;
}

export const sessions = 12;

const day = 86_400_000;
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const dayBetween = (first: string, last: string, uniform: number): string =>
  isoDay(Date.parse(first) + Math.floor(((Date.parse(last) - Date.parse(first)) / day) * uniform) * day);

const departmentVariance = 0.01;
const waveVariance = 0.02;
/** Of the variance between employees of a leader, the part that stays from wave to wave. */
const stable = 0.75;

/** Traits that share a general impression, each with variance 1. */
function correlated(of: readonly Construct[], random: Random): Float64Array {
  const general = random.normal();
  return Float64Array.from(of, (each) => each.general * general + Math.sqrt(1 - each.general ** 2) * random.normal());
}

export function departmentTraits(seed: number): readonly Float64Array[] {
  return departments.map((_, index) => {
    const random = randomStream(seed, "department", index);
    return Float64Array.from(constructs, () => Math.sqrt(departmentVariance) * random.normal());
  });
}

const classSpread = 0.05;

/** What a class adds for its members once training is over. */
export function classTraits(seed: number, arm: number, number: number): Float64Array {
  const random = randomStream(seed, "class", number * 8 + arm);
  return Float64Array.from(constructs, () => classSpread * random.normal());
}

/** Own and perceived leadership hardly agree, and leaders see themselves in a better light. */
const agreement = 0.3;
const inflation = 0.5;

function ownTraits(reputation: Float64Array, waves: number, random: Random): readonly (Float64Array | null)[] {
  const never = random.uniform() < 0.04;
  const lasting = correlated(selfConstructs, random);
  return Array.from({ length: waves }, () => {
    const passing = correlated(selfConstructs, random);
    const absent = random.uniform() < 0.07;
    if (never || absent) return null;
    return passing.map(
      (now, c) =>
        inflation +
        agreement * reputation[c]! +
        Math.sqrt(1 - agreement ** 2) * (Math.sqrt(0.7) * lasting[c]! + Math.sqrt(0.3) * now),
    );
  });
}

function attendance(random: Random): number {
  if (random.uniform() < 0.05) return 0;
  let attended = 0;
  for (let session = 0; session < sessions; session++) if (random.uniform() < 0.88) attended++;
  return attended;
}

const sizeSpread = 0.4;
const sizeOf = (mean: number, random: Random): number =>
  Math.max(2, Math.round(mean * Math.exp(sizeSpread * random.normal() - sizeSpread ** 2 / 2)));

export function drawLeader(
  index: number,
  mean: number,
  waves: readonly SyntheticWave[],
  department: readonly Float64Array[],
  random: Random,
): Leader {
  const place = placeOf(index);
  const reputation = correlated(constructs, random);
  const around = department[place.department]!;
  const perceived = waves.map(() =>
    Float64Array.from(constructs, (each, c) => {
      const lasting = Math.sqrt(each.cluster - departmentVariance - waveVariance) * reputation[c]!;
      return around[c]! + lasting + Math.sqrt(waveVariance) * random.normal();
    }),
  );
  const leaves = random.uniform() < 0.13;
  const last = dayBetween("2018-08-01", programmeEnd, random.uniform());
  return {
    index,
    department: place.department,
    perceived,
    own: ownTraits(reputation, waves.length, random),
    attended: attendance(random),
    from: dayBetween("2008-01-01", programmeStart, Math.sqrt(random.uniform())),
    to: leaves ? last : null,
    size: sizeOf(mean, random),
  };
}

export const present = (leader: Leader, wave: SyntheticWave): boolean => leader.to === null || leader.to >= wave.from;

const mersenne = 2 ** 31 - 1;

/** A scramble of 31 bits, so that a respondent's number says nothing about the leader or the order of hiring. */
const respondentId = (number: number): string =>
  String((((number * 48_271) % mersenne) * 69_621) % mersenne).padStart(10, "0");

const largestTeam = 1000;

function drawEmployee(number: number, joined: number, random: Random): Employee {
  const woman = random.uniform() < 0.72;
  const tenure = joined > 0 ? -joined : Math.min(450, Math.floor(-70 * Math.log(1 - random.uniform())));
  const traits = correlated(constructs, random);
  const background = (woman ? 0.05 : -0.05) - 0.0005 * Math.max(tenure, 0);
  return {
    id: respondentId(number),
    woman,
    tenure,
    willing: 0.46 + 0.5 * random.uniform(),
    traits: traits.map((trait, c) => background + Math.sqrt(stable * (1 - constructs[c]!.cluster)) * trait),
  };
}

const turnover = 0.1;
const moving = 0.08;

/** Tenths of a year from the start of the programme to the wave. */
export const elapsed = (wave: SyntheticWave): number =>
  Math.round((Date.parse(wave.from) - Date.parse(programmeStart)) / day / 36.525);

/** The leader's employees wave by wave: some leave, others are hired, one may go to the next leader or come from the last. */
export function drawTeam(
  leader: Leader,
  waves: readonly SyntheticWave[],
  arriving: Mover | null,
  random: Random,
): Team {
  let hired = 0;
  const hire = (joined: number) => drawEmployee((leader.index + 1) * largestTeam + hired++, joined, random);
  let team = Array.from({ length: leader.size }, () => hire(0));
  const movesAt =
    random.uniform() < moving && waves.length > 1 ? 1 + Math.floor(random.uniform() * (waves.length - 1)) : 0;
  let leaving: Mover | null = null;
  const employees = waves.map((wave, w) => {
    if (w > 0) {
      const staying = team.filter(() => random.uniform() >= turnover);
      while (staying.length < leader.size && random.uniform() < 0.92) staying.push(hire(elapsed(wave)));
      team = staying;
      if (w === movesAt && team.length > 2) leaving = { employee: team.shift()!, wave: w };
    }
    return arriving !== null && w >= arriving.wave ? [...team, arriving.employee] : team;
  });
  return { employees, leaving };
}

const goodwill = [1.04, 0.99, 0.97];

export const answers = (employee: Employee, wave: number, random: Random): boolean =>
  random.uniform() < employee.willing * goodwill[Math.min(wave, goodwill.length - 1)]!;

/** The employee's traits at one wave, around the leader's. */
export function impression(employee: Employee, perceived: Float64Array, random: Random, into: Float64Array): void {
  for (let c = 0; c < into.length; c++)
    into[c] =
      perceived[c]! + employee.traits[c]! + Math.sqrt((1 - stable) * (1 - constructs[c]!.cluster)) * random.normal();
}
