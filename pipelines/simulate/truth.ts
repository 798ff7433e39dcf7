import type { Arm } from "../../src/study/study.ts";
import { constructs, type ExpectedScore, expectedScore, selfConstructs } from "./answers.ts";
import type { SyntheticWave } from "./programme.ts";

/** The effect of an arm on an outcome, in the outcome's own unit, as the generating model has it. */
export interface TrueEffect {
  readonly outcome: string;
  readonly rater: "employee" | "self" | "indicator" | null;
  readonly wave: string;
  readonly arm: string;
  readonly reference: string;
  readonly effect: number;
  readonly unit: "index" | "raw";
}

/** Leaders' own view moves less than what their employees see. */
export const selfResponse = 0.25;

const transactionalParts = ["verbal-rewards", "material-rewards", "sanctions"];

/** Sums over those who answered of the expected score with the arm's training minus without, by wave, arm and construct. */
export interface Truth {
  readonly waves: readonly SyntheticWave[];
  readonly arms: readonly Arm[];
  readonly employees: Float64Array;
  readonly self: Float64Array;
  readonly gap: Float64Array;
  readonly counts: { readonly employees: Float64Array; readonly self: Float64Array; readonly gap: Float64Array };
  readonly scores: readonly (readonly ExpectedScore[])[];
  readonly selfScores: readonly ExpectedScore[];
}

/** The last wave is the one with a short form for half of the employees. */
export const shortFormShare = (wave: number, waves: number): number => (wave === waves - 1 ? 0.5 : 0);

export function openTruth(waves: readonly SyntheticWave[], arms: readonly Arm[]): Truth {
  const cells = waves.length * arms.length;
  return {
    waves,
    arms,
    employees: new Float64Array(cells * constructs.length),
    self: new Float64Array(cells * selfConstructs.length),
    gap: new Float64Array(cells),
    counts: {
      employees: new Float64Array(waves.length),
      self: new Float64Array(waves.length),
      gap: new Float64Array(waves.length),
    },
    scores: waves.map((_, w) => constructs.map((each) => expectedScore(each.items, shortFormShare(w, waves.length)))),
    selfScores: selfConstructs.map((each) => expectedScore(each.items, 0)),
  };
}

/** Latent shift that the arm's training gives at the wave to a leader who attended that share of it. */
export const shiftOf = (construct: number, arm: Arm, trained: number, share: number): number =>
  (constructs[construct]!.shift[arm.id] ?? 0) * trained * share;

/** What one employee's answer adds; `change` gathers the employee's part of the leader's gap by arm. */
export function addEmployee(
  truth: Truth,
  wave: number,
  share: number,
  traits: Float64Array,
  change: Float64Array,
): void {
  truth.counts.employees[wave]!++;
  const { trained } = truth.waves[wave]!;
  if (trained === 0) return;
  const scores = truth.scores[wave]!;
  for (let c = 0; c < constructs.length; c++) {
    const without = scores[c]!(traits[c]!);
    for (let a = 0; a < truth.arms.length; a++) {
      const difference = scores[c]!(traits[c]! + shiftOf(c, truth.arms[a]!, trained, share)) - without;
      truth.employees[(wave * truth.arms.length + a) * constructs.length + c]! += difference;
      if (c === 0) change[a]! += difference;
    }
  }
}

/** What one leader's own answer adds; `change` is the sum over that leader's `respondents` from `addEmployee`. */
export function addSelf(
  truth: Truth,
  wave: number,
  share: number,
  own: Float64Array,
  change: Float64Array,
  respondents: number,
): void {
  truth.counts.self[wave]!++;
  if (respondents > 0) truth.counts.gap[wave]!++;
  for (let a = 0; a < truth.arms.length; a++) {
    const cell = wave * truth.arms.length + a;
    selfConstructs.forEach((_, c) => {
      const shift = selfResponse * shiftOf(c, truth.arms[a]!, truth.waves[wave]!.trained, share);
      const difference = truth.selfScores[c]!(own[c]! + shift) - truth.selfScores[c]!(own[c]!);
      truth.self[cell * selfConstructs.length + c]! += difference;
      if (c === 0 && respondents > 0) truth.gap[cell]! += difference - change[a]! / respondents;
    });
  }
}

type Found = Pick<TrueEffect, "outcome" | "rater" | "effect" | "unit">;

/** The effects of every arm but the control, at every wave that is not the baseline. */
export function trueEffects(truth: Truth): readonly TrueEffect[] {
  return truth.waves.flatMap((wave, w) =>
    wave.baseline
      ? []
      : truth.arms.flatMap((arm, a) =>
          arm.control
            ? []
            : effectsIn(truth, w, a).map((found) => ({
                ...found,
                effect: Number(found.effect.toFixed(4)),
                wave: wave.id,
                arm: arm.id,
                reference: "control",
              })),
        ),
  );
}

function effectsIn(truth: Truth, wave: number, arm: number): readonly Found[] {
  const cell = wave * truth.arms.length + arm;
  const index = "index" as const;
  const employee = constructs.map(
    (each, c): Found => ({
      outcome: each.id,
      rater: "employee",
      effect: truth.employees[cell * constructs.length + c]! / truth.counts.employees[wave]!,
      unit: index,
    }),
  );
  const self = selfConstructs.map(
    (each, c): Found => ({
      outcome: each.id,
      rater: "self",
      effect: truth.self[cell * selfConstructs.length + c]! / truth.counts.self[wave]!,
      unit: index,
    }),
  );
  return [
    ...withTransactional(employee),
    ...withTransactional(self),
    { outcome: "gap", rater: null, effect: truth.gap[cell]! / truth.counts.gap[wave]!, unit: index },
    { outcome: "sickness-absence", rater: "indicator", effect: 0, unit: "raw" },
  ];
}

function withTransactional(found: readonly Found[]): readonly Found[] {
  const parts = found.filter((each) => transactionalParts.includes(each.outcome));
  const effect = parts.reduce((sum, each) => sum + each.effect / parts.length, 0);
  return [...found, { ...parts[0]!, outcome: "transactional", effect }];
}
