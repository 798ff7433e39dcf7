import { blocksOf } from "./random-streams.ts";
import { type RandomisationTask, randomisationBlock } from "./randomisation-draws.ts";
import { type WildTask, wildBlock } from "./wild-draws.ts";

/** Draws that some test asks for; its blocks can be computed anywhere, in any order, with the same numbers. */
export type DrawTask = WildTask | RandomisationTask;

/**
 * The numbers of one block of draws (of `drawsPerStream`), in the layout of `wildBlock` or `randomisationBlock`. Block
 * b of a task is the same wherever and whenever it is computed: it has a random stream of its own.
 */
export const drawBlock = (task: DrawTask, block: number): Float64Array<ArrayBuffer> =>
  task.kind === "wild" ? wildBlock(task, block) : randomisationBlock(task, block);

/** All blocks of a task, in order, computed here and now: what `wildBootstrap` and `randomisationTest` take. */
export const drawBlocks = (task: DrawTask): readonly Float64Array[] =>
  Array.from({ length: blocksOf(task.draws) }, (_, block) => drawBlock(task, block));
