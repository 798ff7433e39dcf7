import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { type Problem, Refusal } from "../../src/errors.ts";
import { latestRelease, leadersOf } from "../../src/store/releases.ts";
import { naming } from "../../src/store/system-fault.ts";
import { codeVersion } from "../code-version.ts";
import { filesHash, type Progress } from "../stage.ts";
import { partialOf, pathOf, type RenderOptions, renderSome } from "./render.ts";
import { type Made, openMade } from "./rendered.ts";

/** A worker takes about a second to start; a page about a twentieth of one. */
const worthAWorker = 40;

/** Which leader's page is whole, or why there are no more. */
export type FromWorker = { readonly made: string } | { readonly problems: readonly Problem[] };

const running = new Set<Worker>();
let isStopping = false;

const inWorker = (work: object, done: (leader: string) => void): Promise<void> =>
  new Promise((finish, fail) => {
    const own = extname(fileURLToPath(import.meta.url));
    const worker = new Worker(new URL(`./render-worker${own}`, import.meta.url), { workerData: work });
    running.add(worker);
    worker.on("message", (message: FromWorker) => {
      if ("made" in message) done(message.made);
      else fail(new Refusal(...message.problems));
    });
    worker.on("error", fail);
    worker.on("exit", (code) => {
      running.delete(worker);
      if (isStopping) return;
      if (code === 0) finish();
      else fail(new Error(`A rendering worker stopped with ${code}`));
    });
  });

/** On Ctrl-C no page stays half-written; those that are whole are not made again by the next run. */
const clearedOnInterrupt = async <T>(paths: readonly string[], work: () => Promise<T>): Promise<T> => {
  const clear = (): void => {
    for (const path of paths) rmSync(partialOf(path), { force: true });
  };
  const stop = (): void => {
    isStopping = true;
    const end = (): void => {
      clear();
      process.stderr.write("\n");
      process.exit(130);
    };
    // A worker that still ran could begin another page.
    Promise.all([...running].map((worker) => worker.terminate())).then(end, end);
  };
  clear();
  process.once("SIGINT", stop);
  try {
    return await work();
  } finally {
    process.off("SIGINT", stop);
  }
};

/** Leaders whose pages are to be made, on all cores where there are many. */
const renderShares = async (
  studyFolder: string,
  leaders: readonly string[],
  options: RenderOptions,
  done: (leader: string) => void,
): Promise<void> => {
  const workers = Math.min(availableParallelism(), Math.floor(leaders.length / worthAWorker));
  if (workers < 2) return renderSome(studyFolder, leaders, options, done);
  const share = (worker: number) => leaders.filter((_, index) => index % workers === worker);
  const parts = Array.from({ length: workers }, (_, worker) => ({ studyFolder, leaders: share(worker), options }));
  await Promise.all(parts.map((part) => inWorker(part, done)));
};

/** The pages of all leaders: their folder and number, and how many of them an interrupted run had made. */
export interface AllRendered {
  readonly folder: string;
  readonly pages: number;
  readonly found: number;
}

/**
 * Renders every leader's page of the latest release. What an interrupted run made of the same release in the same way
 * is left as it is.
 */
export const renderLeaders = async (
  studyFolder: string,
  options: RenderOptions,
  progress: Progress,
): Promise<AllRendered> => {
  const release = await latestRelease(studyFolder);
  const leaders = await leadersOf(release);
  const path = (leader: string): string => pathOf(studyFolder, { kind: "leader", leader }, options);
  const folder = dirname(path("any"));
  await naming(folder, () => mkdir(folder, { recursive: true, mode: 0o700 }));
  const { language, format } = options;
  const made: Made = openMade(folder, [release.id, language, format, codeVersion("publish"), filesHash("reports")]);
  const open = leaders.filter((leader) => !made.has(leader, path(leader)));
  const found = leaders.length - open.length;
  let rendered = found;
  await clearedOnInterrupt(leaders.map(path), () =>
    renderShares(studyFolder, open, options, (leader) => {
      made.add(leader);
      rendered += 1;
      progress("leaders", rendered / leaders.length);
    }),
  );
  made.end();
  return { folder, pages: rendered, found };
};
