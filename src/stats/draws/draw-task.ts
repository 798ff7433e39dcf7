import { blocksOf } from "./random-streams.ts";
import { type RandomisationTask, randomisationBlock } from "./randomisation-draws.ts";
import { type WildTask, wildBlock } from "./wild-draws.ts";

/** Draws that some test asks for; its blocks can be computed anywhere, in any order, with the same numbers. */
export type DrawTask = WildTask | RandomisationTask;

export const drawBlock = (task: DrawTask, block: number): Float64Array<ArrayBuffer> =>
  task.kind === "wild" ? wildBlock(task, block) : randomisationBlock(task, block);

/** All blocks of a task, computed here and now. */
export const drawBlocks = (task: DrawTask): readonly Float64Array[] =>
  Array.from({ length: blocksOf(task.draws) }, (_, block) => drawBlock(task, block));
