import { type Construct, constructs, selfConstructs } from "./answers.ts";
import { departments, placeOf } from "./organisation.ts";
import { programmeEnd, programmeStart, type SyntheticWave } from "./programme.ts";
import { type Random, randomStream } from "./random.ts";

/** What a leader is like whatever the arm; traits are by construct, in latent standard deviations. */
export interface Leader {
  readonly index: number;
  readonly department: number;
  /** Perceived leadership in each wave, before training. */
  readonly perceived: readonly Float64Array[];
  /** Own view in each wave, before training; null where the leader does not answer. */
  readonly own: readonly (Float64Array | null)[];
  /** Session by session of the programme, whether the leader comes, if offered training. */
  readonly came: readonly boolean[];
  readonly from: string;
  readonly to: string | null;
  /** Employees before the first wave. */
  readonly size: number;
}

export const sessions = 12;

export const day = 86_400_000;
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);
const dayBetween = (first: string, last: string, uniform: number): string =>
  isoDay(Date.parse(first) + Math.floor(((Date.parse(last) - Date.parse(first)) / day) * uniform) * day);

const departmentVariance = 0.01;
const waveVariance = 0.02;
/** Traits that share a general impression, each with variance 1. */
export function correlated(of: readonly Construct[], random: Random): Float64Array {
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

function attendance(random: Random): readonly boolean[] {
  const never = random.uniform() < 0.05;
  return Array.from({ length: sessions }, () => !never && random.uniform() < 0.88);
}

/** Sessions that a leader attends of `sessions`. */
export const attended = ({ came }: Leader): number => came.filter(Boolean).length;

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
    came: attendance(random),
    from: dayBetween("2008-01-01", programmeStart, Math.sqrt(random.uniform())),
    to: leaves ? last : null,
    size: sizeOf(mean, random),
  };
}

export const present = (leader: Leader, wave: SyntheticWave): boolean => leader.to === null || leader.to >= wave.from;
