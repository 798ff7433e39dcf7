import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

/** How a command ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly told: string;
}

const cli = fileURLToPath(import.meta.resolve("../cli.js"));
const loadedProcess = fileURLToPath(import.meta.resolve("./loaded-process.js"));
const mostSeconds = 120;

/** What stands before the program: nothing, or a tracer that lets system calls fail. */
export type Under = readonly string[];

/** Where a command runs. */
interface Surroundings {
  readonly under?: Under;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs a command of the built program in a process of its own, to its end or for two minutes; `killAfter` milliseconds it is killed. */
export const runCommand = (
  words: readonly string[],
  { under = [], environment = {}, killAfter = null }: Surroundings & { readonly killAfter?: number | null } = {},
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const [program = process.execPath, ...rest] = [...under, process.execPath, cli, ...words];
    const child = spawn(program, rest, {
      env: { ...process.env, ...environment },
      timeout: mostSeconds * 1000,
      killSignal: "SIGKILL",
    });
    let told = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    const timer = killAfter === null ? null : setTimeout(() => child.kill("SIGKILL"), killAfter);
    child.on("error", reject);
    child.on("close", (code) => {
      if (timer) clearTimeout(timer);
      resolve({ code, told });
    });
  });

interface Loaded {
  readonly surroundings: string;
  readonly child: ChildProcess;
  commands: number;
}

/** Processes that have the program loaded and nothing to do. */
const idle: Loaded[] = [];
const mostCommands = 100;

const load = (surroundings: string): Loaded => {
  const { under = [], environment = {} } = JSON.parse(surroundings) as Surroundings;
  const [program = process.execPath, ...rest] = [...under, process.execPath, loadedProcess];
  const child = spawn(program, rest, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  return { surroundings, child, commands: 0 };
};

const putBack = (loaded: Loaded): void => {
  if (loaded.commands < mostCommands) idle.push(loaded);
  else loaded.child.kill();
  while (idle.length > availableParallelism()) idle.shift()!.child.kill();
};

/** Runs a command as `runCommand` does, in a process that has run others before: where the fault lies on the disk and not in the process. */
export const runLoaded = (words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> => {
  const wanted = JSON.stringify(surroundings);
  const at = idle.findIndex((one) => one.surroundings === wanted);
  const loaded = at < 0 ? load(wanted) : idle.splice(at, 1)[0]!;
  const { child } = loaded;
  return new Promise((resolve, reject) => {
    let crash = "";
    const hear = (chunk: Buffer): void => {
      crash += chunk.toString();
    };
    const timer = setTimeout(() => child.kill("SIGKILL"), mostSeconds * 1000);
    const closed = (code: number | null): void => {
      clearTimeout(timer);
      resolve({ code, told: crash });
    };
    child.stderr!.on("data", hear);
    child.once("error", reject);
    child.once("close", closed);
    child.once("message", ({ status, stderr }: { readonly status: number; readonly stderr: string }) => {
      clearTimeout(timer);
      child.off("close", closed).off("error", reject).stderr!.off("data", hear);
      loaded.commands += 1;
      putBack(loaded);
      resolve({ code: status, told: stderr });
    });
    child.send(words);
  });
};

/** Ends the processes that wait for commands. */
export const endLoaded = (): void => {
  for (const { child } of idle.splice(0)) child.kill();
};
