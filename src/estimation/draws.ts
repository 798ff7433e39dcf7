import type { LeastSquares } from "../stats/least-squares.ts";
import { type RandomisationTest, type RandomisedModel, randomisationTest } from "../stats/randomisation-test.ts";
import { type WildBootstrap, wildBootstrap } from "../stats/wild-bootstrap.ts";

/** How many draws, from which seed. */
export interface DrawOptions {
  readonly seed: number;
  readonly draws: number;
}

/** Who makes the draws of a resampling method: this thread, or others that it waits for. The numbers are the same. */
export interface Draws {
  /** One result per contrast. */
  readonly wildBootstrap: (
    fit: LeastSquares,
    contrasts: readonly Float64Array[],
    options: DrawOptions & { readonly confidence: number },
  ) => Promise<readonly (WildBootstrap | null)[]>;
  readonly randomisation: (model: RandomisedModel, options: DrawOptions) => Promise<RandomisationTest>;
}

/** Draws on the thread that asks for them. */
export const drawHere: Draws = {
  wildBootstrap: async (fit, contrasts, options) => contrasts.map((contrast) => wildBootstrap(fit, contrast, options)),
  randomisation: async (model, options) => randomisationTest(model, options),
};
