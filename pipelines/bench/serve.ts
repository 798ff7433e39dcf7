import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { latestRelease, leadersOf } from "../../src/store/releases.ts";
import { asReader, inviteCrowd, type Reader, type Served, serveStudy, stopServing } from "../crowd/crowd.ts";
import { type Answered, type Asked, ask } from "../crowd/requests.ts";
import { textTable } from "../terminal/text-table.ts";
import { runNode } from "./measure.ts";

const leaders = 100;
const crowd = 1000;
const connections = 20;
const busySeconds = 6;
const steady = { perSecond: 50, seconds: 30 } as const;

/** Ticks of the system's clock, by which it counts a process's time. */
const ticks = 100;

/** What a process has used: seconds of processors, and megabytes now and at most. */
const useOf = async (pid: number) => {
  const [stat, status] = await Promise.all(["stat", "status"].map((name) => readFile(`/proc/${pid}/${name}`, "utf8")));
  const fields = stat!.slice(stat!.lastIndexOf(")") + 2).split(" ");
  const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status!)?.[1]) / 1024;
  return {
    seconds: (Number(fields[11]) + Number(fields[12])) / ticks,
    now: megabytes("VmRSS"),
    most: megabytes("VmHWM"),
  };
};

interface Timed {
  readonly milliseconds: number;
  readonly answered: Answered | null;
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

const timesOf = (all: readonly Timed[]) => {
  const sorted = all.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b);
  return { half: at(sorted, 0.5), most: at(sorted, 0.99), longest: at(sorted, 1) };
};

/** As many requests as so many connections get answered one after the other. */
const busy = async (origin: string, next: (count: number) => Asked): Promise<readonly Timed[]> => {
  const all: Timed[] = [];
  const end = performance.now() + busySeconds * 1000;
  let count = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < end) {
      count += 1;
      const since = performance.now();
      const answered = await ask(origin, next(count));
      all.push({ milliseconds: performance.now() - since, answered });
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return all;
};

/** Requests at a steady rate; each is timed from when it was due, so that one that waits for others counts as waiting. */
const steadily = async (origin: string, next: (count: number) => Asked): Promise<readonly Timed[]> => {
  const since = performance.now();
  const requests = Array.from({ length: steady.perSecond * steady.seconds }, async (_, k): Promise<Timed> => {
    const due = since + (1000 * k) / steady.perSecond;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    const answered = await ask(origin, next(k));
    return { milliseconds: performance.now() - due, answered };
  });
  return Promise.all(requests);
};

const wrong = (all: readonly Timed[], status: number): number =>
  all.filter(({ answered }) => answered?.status !== status).length;

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;

/** A page under as much load as there can be, as a line of a table. */
const busyLine = async (server: Served, name: string, status: number, next: (count: number) => Asked) => {
  const [before, since] = [await useOf(server.pid), performance.now()];
  const all = await busy(server.origin, next);
  const [after, seconds] = [await useOf(server.pid), (performance.now() - since) / 1000];
  const { half, most } = timesOf(all);
  return [
    name,
    `${Math.round(all.length / seconds)}`,
    milliseconds(half),
    milliseconds(most),
    milliseconds((1000 * (after.seconds - before.seconds)) / all.length),
    `${Math.round(after.now)} MB`,
    `${wrong(all, status)}`,
  ];
};

/** Requests at a steady rate as a line of a table, with what the process that answers and the one that draws have used. */
const steadyLine = async (server: Served, name: string, next: (count: number) => Asked) => {
  const pids = [server.pid, server.drawing];
  const before = await Promise.all(pids.map(useOf));
  const all = await steadily(server.origin, next);
  const after = await Promise.all(pids.map(useOf));
  const { half, most, longest } = timesOf(all);
  const used = after.flatMap((use, at) => [
    `${((100 * (use.seconds - before[at]!.seconds)) / steady.seconds).toFixed(0)} %`,
    `${Math.round(use.most)} MB`,
  ]);
  return [name, milliseconds(half), milliseconds(most), milliseconds(longest), ...used, `${wrong(all, 200)}`];
};

/** Of twenty requests twelve for an own report, four for the first page, three for the dashboard, one for the research report. */
const mixed = (k: number): string =>
  k % 20 < 12 ? "/report" : k % 20 < 16 ? "/" : k % 20 < 19 ? "/management" : "/research";

const pages: readonly (readonly [name: string, path: string, status: number, signedIn: boolean])[] = [
  ["page to sign in", "/sign-in", 200, false],
  ["first page", "/", 200, true],
  ["leader's report", "/report", 200, true],
  ["dashboard", "/management", 200, true],
  ["research report", "/research", 200, true],
  ["refused", "/nothing", 404, true],
];

const measured = async (server: Served, readers: readonly Reader[]): Promise<string> => {
  const asking =
    (path: (k: number) => string, signedIn: boolean) =>
    (k: number): Asked => ({ path: path(k), headers: asReader(signedIn ? readers[k % readers.length]! : null) });
  const rates = [];
  // First from a start, when pages are still being drawn.
  for (const since of ["from a start", "after that"]) rates.push(await steadyLine(server, since, asking(mixed, true)));
  const lines = [];
  for (const [name, path, status, signedIn] of pages)
    lines.push(
      await busyLine(
        server,
        name,
        status,
        asking(() => path, signedIn),
      ),
    );
  const heading = ["page", "requests/s", "p50", "p99", "processor", "memory", "wrong"];
  const steadyHeading = ["mixed", "p50", "p99", "longest", "answers", "", "draws", "", "wrong"];
  return `${steady.perSecond} requests/s for ${steady.seconds} s\n${textTable([steadyHeading, ...rates])}\n${connections} connections, ${busySeconds} s each, of pages that were read before\n${textTable([heading, ...lines])}`;
};

/** A server under load: at a steady rate, and each page by itself with all that it can answer. */
export const benchServe = async (folder: string): Promise<string> => {
  const study = join(folder, "serve");
  const spejl = (...words: readonly string[]) => runNode(join(packageRoot, "dist/pipelines/cli.js"), ...words);
  await spejl("simulate", study, "--leaders", `${leaders}`, "--employees", "9", "--quiet");
  await spejl("run", study, "--quiet");
  const readers = await inviteCrowd(study, await leadersOf(await latestRelease(study)), crowd);
  const server = await serveStudy(study);
  const idle = await useOf(server.pid);
  const table = await measured(server, readers);
  await stopServing(server);
  await rm(study, { recursive: true, force: true });
  return `Server: ${leaders} leaders, ${crowd} readers; ${Math.round(idle.now)} MB before the first request\n${table}`;
};
