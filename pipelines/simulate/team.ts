import { constructs } from "./answers.ts";
import { correlated, day, type Leader } from "./people.ts";
import { programmeStart, type SyntheticWave } from "./programme.ts";
import type { Random } from "./random.ts";

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

/** Of the variance between employees of a leader, the part that stays from wave to wave. */
const stable = 0.75;

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
