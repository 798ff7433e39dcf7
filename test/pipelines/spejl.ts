import { spawnSync } from "node:child_process";
import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const env = { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "", NO_COLOR: "1" };

/** Runs the built command as a person would, in a process of its own: where a test is about the process itself. */
export const spejlProcess = (...words: readonly string[]): Outcome => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/pipelines/cli.js", ...words], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
    env,
  });
  return { status, stdout, stderr };
};

const startRelay = () => {
  const { port1, port2 } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const relay = new Worker(new URL("./command-relay.mjs", import.meta.url), {
    workerData: { port: port2, answered, env },
    transferList: [port2],
  });
  relay.unref();
  return { port: port1, answered };
};
let relay: ReturnType<typeof startRelay> | undefined;

const longest = 120_000;

/** Runs the built command in a process that has loaded it before, as all commands of a worker's tests. */
export const spejl = (...words: readonly string[]): Outcome => {
  relay ??= startRelay();
  const { port, answered } = relay;
  Atomics.store(answered, 0, 0);
  port.postMessage(words);
  if (Atomics.wait(answered, 0, 0, longest) === "timed-out") throw new Error(`no end: spejl ${words.join(" ")}`);
  return receiveMessageOnPort(port)!.message as Outcome;
};

/** The one JSON document of a command. */
export const spejlJson = <T = Record<string, unknown>>(
  ...words: readonly string[]
): { status: number | null; document: T } => {
  const { status, stdout } = spejl(...words, "--json");
  return { status, document: JSON.parse(stdout) as T };
};
