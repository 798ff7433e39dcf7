import { parentPort, workerData } from "node:worker_threads";
import { type RenderOptions, renderSome } from "./render.ts";

interface Work {
  readonly studyFolder: string;
  readonly leaders: readonly string[];
  readonly options: RenderOptions;
}

const { studyFolder, leaders, options } = workerData as Work;
await renderSome(studyFolder, leaders, options, () => parentPort?.postMessage("done"));
