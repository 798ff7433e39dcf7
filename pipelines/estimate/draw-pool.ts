import { extname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Draws } from "../../src/estimation/design/draws.ts";
import { type DrawTask, drawBlock } from "../../src/stats/draws/draw-task.ts";
import { blocksOf } from "../../src/stats/draws/random-streams.ts";
import type { DrawnBlock, DrawRequest } from "./draw-worker.ts";

/** Draws on threads, which live until the pool is disposed of. */
export interface DrawPool extends AsyncDisposable {
  readonly draws: Draws;
}

type Share = (share: number) => void;

const startWorker = (): Worker => {
  const own = extname(fileURLToPath(import.meta.url));
  return new Worker(new URL(`./draw-worker${own}`, import.meta.url));
};

/** Makes blocks on this thread, and lets others have it in between. */
const drawHere = async (task: DrawTask, share: Share): Promise<readonly Float64Array[]> => {
  const blocks: Float64Array[] = [];
  const count = blocksOf(task.draws);
  for (let block = 0; block < count; block += 1) {
    blocks.push(drawBlock(task, block));
    share(blocks.length / count);
    await setImmediate();
  }
  return blocks;
};

/** Has one worker make blocks, one after the other, until `next` has no more; a crash of the worker is this promise's. */
const drawOn = (
  worker: Worker,
  task: DrawTask,
  next: () => number | null,
  keep: (drawn: DrawnBlock) => void,
): Promise<void> =>
  new Promise((finish, fail) => {
    const ask = (request: DrawRequest) => worker.postMessage(request);
    const stop = (settle: () => void) => {
      worker.off("message", receive).off("error", crashed).off("exit", left);
      settle();
    };
    const crashed = (error: unknown) => stop(() => fail(error));
    const left = (code: number) => stop(() => fail(new Error(`A drawing thread stopped with ${code}.`)));
    const proceed = () => {
      const block = next();
      if (block === null) stop(finish);
      else ask({ block });
    };
    const receive = (drawn: DrawnBlock) => {
      keep(drawn);
      proceed();
    };
    worker.on("message", receive).on("error", crashed).on("exit", left);
    ask({ task });
    proceed();
  });

const drawOnAll = async (
  workers: readonly Worker[],
  task: DrawTask,
  share: Share,
): Promise<readonly Float64Array[]> => {
  const count = blocksOf(task.draws);
  const blocks = new Array<Float64Array>(count);
  let asked = 0;
  let made = 0;
  const next = () => (asked < count ? asked++ : null);
  const keep = ({ block, numbers }: DrawnBlock) => {
    blocks[block] = numbers;
    made += 1;
    share(made / count);
  };
  await Promise.all(workers.map((worker) => drawOn(worker, task, next, keep)));
  return blocks;
};

/** Numbers that a task goes through: some 10⁹ of them a second. */
const workOf = (task: DrawTask): number =>
  task.draws * (task.kind === "wild" ? task.features.length / 6 : task.products.value.length * (task.arms + 1));

/** Below this a task is done before threads have started. */
const worthThreads = 5e7;

/**
 * Opens a pool of so many threads, 0 for none; they start with the first task that is worth it. The numbers are the
 * same for any number of threads, since every block has a stream of random numbers of its own.
 */
export const openDrawPool = (threads: number, share: Share): DrawPool => {
  let workers: readonly Worker[] = [];
  return {
    draws: (task) => {
      // One block is for one thread, and this one has the task already.
      if (threads === 0 || blocksOf(task.draws) === 1 || workOf(task) < worthThreads) return drawHere(task, share);
      if (workers.length === 0) workers = Array.from({ length: threads }, startWorker);
      return drawOnAll(workers, task, share);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
};
