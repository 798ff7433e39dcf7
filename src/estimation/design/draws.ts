import { type DrawTask, drawBlocks } from "../../stats/draws/draw-task.ts";
import type { LeastSquares } from "../../stats/regression/least-squares.ts";

/** Who makes the blocks of draws of a task: this thread, or others that it waits for. The numbers are the same. */
export type Draws = (task: DrawTask) => Promise<readonly Float64Array[]>;

/** Draws on the thread that asks for them. */
export const drawHere: Draws = async (task) => drawBlocks(task);

/** From so many numbers on, what a draw costs outweighs what a further digit of p is worth. */
const largeModel = 200_000;

/** 9,999 draws; 999 where leaders × columns make each of them slow, and p comes close to the robust one anyway. */
export const drawsFor = (fit: LeastSquares): number =>
  (fit.start.length - 1) * fit.coefficients.length <= largeModel ? 9999 : 999;
