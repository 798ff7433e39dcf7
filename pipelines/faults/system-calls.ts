import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand, type Under } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { brokenBy, type Template } from "./trial.ts";

/** Everything by which a run changes what lies on disk. */
const changing = [
  ...["openat", "write", "pwrite64", "ftruncate", "fsync", "fdatasync"],
  ...["rename", "mkdir", "unlink", "rmdir", "fchmod"],
];
/** A device that is broken fails at reading too. */
const failing = [...changing, "read", "pread64"];

const tracer = (calls: readonly string[], log: string, ...more: readonly string[]): Under => [
  ...["strace", "-f", "-qq", "-y", "-o", log],
  ...["-e", `trace=${calls.join(",")}`, "-e", "signal=none"],
  ...more,
];

/** One thread for files, so that the calls on a file come in the same order each time. */
const environment = { UV_THREADPOOL_SIZE: "1" };

const isTracerThere = (): boolean => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** The n-th call of a kind on a file of the study. */
interface Point {
  readonly call: string;
  /** From the study's folder. */
  readonly file: string;
  readonly nth: number;
  readonly template: Template;
}

const isMerelyOpened = (call: string, line: string): boolean => call === "openat" && line.includes("O_RDONLY");

/** All calls on the study's files while it is run. */
const callsOf = async (bench: Bench, template: Template, calls: readonly string[]): Promise<readonly Point[]> => {
  const home = await mkdtemp(join(bench.place, "count-"));
  const [study, log] = [join(home, "study"), join(home, "log")];
  await cp(template.folder, study, { recursive: true });
  await runCommand(["run", study, "--quiet"], { under: tracer(calls, log), environment });
  const counts = new Map<string, number>();
  const points: Point[] = [];
  for (const line of (await readFile(log, "utf8")).split("\n")) {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
    const file = line.split(`${study}/`)[1]?.split(/[>",]/)[0];
    if (call === undefined || file === undefined) continue;
    const nth = (counts.get(`${call} ${file}`) ?? 0) + 1;
    counts.set(`${call} ${file}`, nth);
    if (!isMerelyOpened(call, line)) points.push({ call, file, nth, template });
  }
  await rm(home, { recursive: true });
  return points;
};

const atCalls = async (bench: Bench, calls: readonly string[], injected: string): Promise<Tried> => {
  if (!isTracerThere()) return { skipped: "needs strace, and the right to trace" };
  const { templates, place, chance, points } = bench;
  const all = [
    ...(await callsOf(bench, templates["first run"], calls)),
    ...(await callsOf(bench, templates["corrected delivery"], calls)),
  ];
  const cases = chance.shuffled(all).slice(0, points);
  let reached = 0;
  const findings = await bench.each(cases, async ({ call, file, nth, template }) => {
    const log = join(await mkdtemp(join(place, "log-")), "log");
    const broken = await brokenBy(template, place, async (study) => {
      const aimed = ["-P", join(study, file), "-e", `inject=${call}:${injected}:when=${nth}`];
      const ended = await runCommand(["run", study, "--quiet"], { under: tracer([call], log, ...aimed), environment });
      if (ended.code === null || (await readFile(log, "utf8")).includes("(INJECTED)")) reached += 1;
      return ended;
    });
    return broken === null ? null : `${template.name}, ${call} ${nth} of ${file}: ${broken}`;
  });
  return { trials: cases.length, findings, said: `of ${all.length} calls; ${reached} reached` };
};

/** Killed at each call that changes a file of the study. */
export const killedAtCalls = (bench: Bench): Promise<Tried> => atCalls(bench, changing, "signal=SIGKILL");

/** A device that fails at one call. */
export const failedCalls = (bench: Bench): Promise<Tried> => atCalls(bench, failing, "error=EIO");
