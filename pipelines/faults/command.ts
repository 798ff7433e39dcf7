import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How a command ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly told: string;
}

const cli = fileURLToPath(import.meta.resolve("../cli.js"));
const mostSeconds = 120;

/** What stands before the program: nothing, or a tracer that lets system calls fail. */
export type Under = readonly string[];

/** Runs a command of the built program to its end, or for two minutes; `killAfter` milliseconds it is killed. */
export const runCommand = (
  words: readonly string[],
  {
    under = [],
    environment = {},
    killAfter = null,
  }: {
    readonly under?: Under;
    readonly environment?: Readonly<Record<string, string>>;
    readonly killAfter?: number | null;
  } = {},
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
