import { Refusal } from "../../src/errors.ts";
import type { Arm } from "../../src/study/study.ts";
import { armsOf, type SyntheticWave, wavesOf } from "./programme.ts";
import { mostScheduled } from "./schedule.ts";

export interface SimulateOptions {
  readonly seed: number;
  readonly leaders: number;
  /** Mean of a skewed distribution. */
  readonly employeesPerLeader: number;
  /** 1 to 6; one wave is a measurement after training, more begin with a baseline. */
  readonly waves: number;
  /** 0 (no experiment), 2, 3 or 4. */
  readonly arms: number;
  /** Leaders done, of all. */
  readonly onProgress: (done: number, total: number) => void;
}

export const demoOptions: SimulateOptions = {
  seed: 20180620,
  leaders: 190,
  employeesPerLeader: 10.5,
  waves: 3,
  arms: 4,
  onProgress: () => {},
};

export interface Programme {
  readonly waves: readonly SyntheticWave[];
  readonly arms: readonly Arm[];
  /** Whether sessions and who came are lists of their own. */
  readonly scheduled: boolean;
}

const usage = (cause: string, hint: string) => new Refusal({ code: "usage", cause, hint });

/** The programme that the options describe; refuses options that describe none. */
export function programmeOf({ seed, leaders, employeesPerLeader, waves, arms }: SimulateOptions): Programme {
  const rounds = wavesOf(waves);
  const drawn = armsOf(arms);
  if (rounds === undefined) throw usage(`waves: ${waves}`, "waves: 1, 2, 3, 4, 5, 6");
  if (drawn === undefined) throw usage(`arms: ${arms}`, "arms: 0, 2, 3, 4");
  if (!Number.isSafeInteger(seed) || seed < 0) throw usage(`seed: ${seed}`, "seed ≥ 0");
  if (!Number.isSafeInteger(leaders) || leaders < 1 || leaders > 2_000_000)
    throw usage(`leaders: ${leaders}`, "1 ≤ leaders ≤ 2000000");
  if (!(employeesPerLeader >= 1 && employeesPerLeader <= 100))
    throw usage(`employees per leader: ${employeesPerLeader}`, "1–100");
  return { waves: rounds, arms: drawn, scheduled: leaders <= mostScheduled };
}
