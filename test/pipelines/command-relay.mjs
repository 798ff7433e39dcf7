// Stands between a test, whose thread waits, and the process that runs its commands.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { workerData } from "node:worker_threads";

const { port, answered, env } = workerData;
const program = fileURLToPath(new URL("../../dist/pipelines/faults/loaded-process.js", import.meta.url));

let child;
let isAwaited = false;

const answer = (outcome) => {
  if (!isAwaited) return;
  isAwaited = false;
  port.postMessage(outcome);
  Atomics.store(answered, 0, 1);
  Atomics.notify(answered, 0);
};

const start = () => {
  let stderr = "";
  const started = fork(program, { env, stdio: ["ignore", "inherit", "pipe", "ipc"] });
  started.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  started.on("message", answer);
  started.on("close", (status) => {
    child = undefined;
    answer({ status, stdout: "", stderr });
  });
  return started;
};

port.on("message", (words) => {
  isAwaited = true;
  child ??= start();
  child.send(words);
});
