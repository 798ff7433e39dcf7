import { spawn } from "node:child_process";

/** A finished process, or why there is none: it ran out of memory or of time, or could not start. */
export type Run =
  | { readonly seconds: number; readonly processor: number; readonly megabytes: number; readonly output: string }
  | { readonly skipped: string };

/** Makes a process of this language say at its end what it used. */
const reportUse = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();" +
    "process.stderr.write('\\nused ' + maxRSS + ' ' + (userCPUTime + systemCPUTime) / 1e6); })",
)}`;

const errorLine = (text: string): string =>
  text
    .split("\n")
    .find((line) => /error/i.test(line))
    ?.trim() ?? text.trim();

/** Runs a program that says `used <KB> <seconds>` on stderr: its peak memory and the processors' time, as the system counts. */
const runProgram = (program: string, words: readonly string[], limit: number): Promise<Run> =>
  new Promise((resolve) => {
    const since = performance.now();
    const child = spawn(program, words, { timeout: limit * 1000, killSignal: "SIGKILL" });
    let output = "";
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on("error", ({ message }) => resolve({ skipped: message }));
    child.on("close", (code) => {
      const seconds = (performance.now() - since) / 1000;
      const [, peak, processor] = /used (\d+) ([\d.]+)/.exec(told) ?? [];
      if (code === 0 && peak !== undefined)
        resolve({ seconds, processor: Number(processor), megabytes: Number(peak) / 1024, output });
      else if (seconds >= limit) resolve({ skipped: `over ${limit} s` });
      else
        resolve({
          skipped: /cannot allocate|out of memory/i.test(told) || code === null ? "out of memory" : errorLine(told),
        });
    });
  });

/** Runs a script of the built product as its own process; a failure is a bug. */
export const runNode = async (...words: readonly string[]): Promise<Exclude<Run, { skipped: string }>> => {
  const run = await runProgram(process.execPath, ["--import", reportUse, ...words], 3600);
  if ("skipped" in run) throw new Error(`${words.join(" ")}: ${run.skipped}`);
  return run;
};

/** Runs an R script, for at most two minutes. */
export const runR = (...words: readonly string[]): Promise<Run> => runProgram("Rscript", ["--vanilla", ...words], 120);

export const headings = ["time", "processor", "peak"] as const;

export const cells = (run: Run): readonly [string, string, string] =>
  "skipped" in run
    ? [run.skipped, "", ""]
    : [`${run.seconds.toFixed(2)} s`, `${run.processor.toFixed(2)} s`, `${Math.round(run.megabytes)} MB`];
