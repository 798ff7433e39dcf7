import { parentPort, workerData } from "node:worker_threads";
import { problemsOf } from "../../src/store/system-fault.ts";
import { type RenderOptions, renderSome } from "./render.ts";
import type { FromWorker } from "./render-all.ts";

interface Work {
  readonly studyFolder: string;
  readonly leaders: readonly string[];
  readonly options: RenderOptions;
}

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

const { studyFolder, leaders, options } = workerData as Work;
try {
  await renderSome(studyFolder, leaders, options, (made) => tell({ made }));
} catch (fault) {
  // An error that crosses threads is a refusal no longer.
  const problems = problemsOf(fault);
  if (problems === null) throw fault;
  tell({ problems });
}
