import { parentPort } from "node:worker_threads";
import { type DrawTask, drawBlock } from "../../src/stats/draws/draw-task.ts";

/** What a thread is told: a task to keep, or a block of it to make. */
export type DrawRequest = { readonly task: DrawTask } | { readonly block: number };

/** A block that a thread has made. */
export interface DrawnBlock {
  readonly block: number;
  readonly numbers: Float64Array<ArrayBuffer>;
}

let task: DrawTask | null = null;

parentPort?.on("message", (request: DrawRequest) => {
  if ("task" in request) {
    task = request.task;
    return;
  }
  if (task === null) throw new Error("A block was asked for before its task was given.");
  const numbers = drawBlock(task, request.block);
  const drawn: DrawnBlock = { block: request.block, numbers };
  parentPort?.postMessage(drawn, [numbers.buffer]);
});
