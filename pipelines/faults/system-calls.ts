import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand, type Under } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { brokenBy, type Template } from "./trial.ts";

/** Everything by which a run changes what lies on disk. */
const changing = [
  "openat",
  "write",
  "pwrite64",
  "ftruncate",
  "fsync",
  "fdatasync",
  "rename",
  "mkdir",
  "unlink",
] as const;
/** Those of them that no other thread of the program uses for anything else than files. */
const failing = ["pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "mkdir", "unlink"] as const;

const tracer = (call: string, injected: string, log: string): Under => [
  ...["strace", "-f", "-qq", "--seccomp-bpf", "-o", log],
  ...["-e", `trace=${call}`, "-e", `signal=none`],
  ...(injected === "" ? [] : ["-e", `inject=${call}:${injected}`]),
];

const isTracerThere = (): boolean => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** How often one thread at most makes a call while a study is run. */
const mostCalls = async ({ place }: Bench, { folder }: Template, call: string): Promise<number> => {
  const home = await mkdtemp(join(place, "count-"));
  const log = join(home, "log");
  await cp(folder, join(home, "study"), { recursive: true });
  await runCommand(["run", join(home, "study"), "--quiet"], { under: tracer(call, "", log) });
  const counts = new Map<string, number>();
  for (const line of (await readFile(log, "utf8")).split("\n")) {
    const [, thread] = new RegExp(`^(\\d+) +${call}\\(`).exec(line) ?? [];
    if (thread) counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  await rm(home, { recursive: true });
  return Math.max(0, ...counts.values());
};

interface Point {
  readonly call: string;
  readonly nth: number;
  readonly template: Template;
}

const pointsOf = async (bench: Bench, calls: readonly string[]): Promise<readonly Point[]> => {
  const points: Point[] = [];
  for (const template of [bench.templates["first run"], bench.templates["corrected delivery"]])
    for (const call of calls) {
      const most = await mostCalls(bench, template, call);
      for (let nth = 1; nth <= most; nth += 1) points.push({ call, nth, template });
    }
  return bench.chance.shuffled(points).slice(0, bench.points);
};

const atCalls = async (bench: Bench, calls: readonly string[], injected: string): Promise<Tried> => {
  if (!isTracerThere()) return { skipped: "needs strace, and the right to trace" };
  const points = await pointsOf(bench, calls);
  const findings = await bench.each(points, async ({ call, nth, template }) => {
    const under = tracer(call, `${injected}:when=${nth}`, "/dev/null");
    const broken = await brokenBy(template, bench.place, (study) => runCommand(["run", study, "--quiet"], { under }));
    return broken === null ? null : `${template.name}, ${call} ${nth}: ${broken}`;
  });
  return { trials: points.length, findings };
};

/** Killed at each call that changes the disk. */
export const killedAtCalls = (bench: Bench): Promise<Tried> => atCalls(bench, changing, "signal=SIGKILL");

/** A device that fails at one call. */
export const failedCalls = (bench: Bench): Promise<Tried> => atCalls(bench, failing, "error=EIO");
