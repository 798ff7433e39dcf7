import { parentPort, workerData } from "node:worker_threads";
import { problemsOf } from "../../src/store/system-fault.ts";
import { type RenderOptions, renderSome } from "./render.ts";

interface Work {
  readonly studyFolder: string;
  readonly leaders: readonly string[];
  readonly options: RenderOptions;
}

const { studyFolder, leaders, options } = workerData as Work;
try {
  await renderSome(studyFolder, leaders, options, () => parentPort?.postMessage(null));
} catch (fault) {
  // An error that crosses threads is a refusal no longer.
  const problems = problemsOf(fault);
  if (problems === null) throw fault;
  parentPort?.postMessage(problems);
}
