import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import { keptKey } from "../../src/store/persons/study-key.ts";
import { type Ended, runCommand } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { stateOf } from "./state.ts";
import { tracesIn } from "./trace-search.ts";

const person = "L3-4";

/** A command that is killed, on copies of what lies in a folder; how it is tried again, and what a study must end in. */
interface Act {
  readonly name: "erase" | "restore" | "backup";
  readonly home: string;
  readonly words: (home: string) => readonly string[];
  /** Brings the study to where its state can be told. */
  readonly finish: (home: string) => Promise<string>;
  readonly isPersonGone: boolean;
}

const study = (home: string): string => join(home, "study");

const done = async (...words: readonly string[]): Promise<void> => {
  const { code, told } = await runCommand(words);
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}: ${told.slice(-300)}`);
};

const runOn = async (folder: string): Promise<string> => {
  await done("run", folder, "--quiet");
  return stateOf(folder);
};

/** A study with somebody in it, one from which they were erased beside an older backup, and one to be backed up. */
const actsOf = async ({ templates, place }: Bench): Promise<readonly Act[]> => {
  const [full, erased] = [await mkdtemp(join(place, "full-")), await mkdtemp(join(place, "erased-"))];
  await cp(templates.published.folder, study(full), { recursive: true });
  await done("backup", join(erased, "older"), study(full), "--with-key", "--quiet");
  await cp(study(full), study(erased), { recursive: true });
  await done("erase", person, study(erased), "--yes", "--quiet");
  return [
    {
      name: "erase",
      home: full,
      words: (home) => ["erase", person, study(home), "--yes", "--quiet"],
      finish: (home) => runOn(study(home)),
      isPersonGone: true,
    },
    {
      name: "restore",
      home: erased,
      words: (home) => ["restore", join(home, "older"), study(home), "--yes", "--quiet"],
      finish: (home) => runOn(study(home)),
      isPersonGone: true,
    },
    {
      name: "backup",
      home: full,
      words: (home) => ["backup", join(home, "copy"), study(home), "--with-key", "--quiet"],
      finish: async (home) => {
        await done("restore", join(home, "copy"), join(home, "empty"), "--quiet");
        return runOn(join(home, "empty"));
      },
      isPersonGone: false,
    },
  ];
};

/** A backup that was whole before the kill is not made again. */
const isDone = (act: Act, { code }: Ended): boolean => code === 0 || (act.name === "backup" && code === 3);

const readable = async (home: string): Promise<string | null> => {
  const page = join(home, "page.html");
  const { code, told } = await runCommand(["report", "research", study(home), "--out", page]);
  return code === 0 ? null : `the release cannot be read (${code}): ${told.slice(-160)}`;
};

const tracesOf = async (home: string): Promise<string | null> => {
  const key = (await keptKey(study(home))) ?? "";
  const found = await tracesIn(study(home), { texts: [pseudonymMaker(key).ofText(person)], cells: [person] });
  return found.length === 0 ? null : `traces in ${found.join(", ")}`;
};

/** Where a command is stopped: after so many milliseconds, or at the n-th call of a kind; null for not at all. */
type Kill = { readonly after: number } | { readonly call: string; readonly nth: number } | null;

const killed = (words: readonly string[], kill: Kill): Promise<Ended> => {
  if (kill === null) return runCommand(words);
  if ("after" in kill) return runCommand(words, { killAfter: kill.after });
  const { call, nth } = kill;
  const inject = `inject=${call}:signal=SIGKILL:when=${nth}`;
  const trace = ["-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", `trace=${call}`, "-e", "signal=none"];
  return runCommand(words, { under: ["strace", ...trace, "-e", inject] });
};

interface Outcome {
  readonly broken: string | null;
  readonly state: string;
  readonly isKilled: boolean;
  readonly milliseconds: number;
}

/** Kills a command, looks at what it left, tries again, and tells the state that the study ends in. */
const tryKill = async (place: string, act: Act, kill: Kill): Promise<Outcome> => {
  const home = await mkdtemp(join(place, "killed-"));
  try {
    await cp(act.home, home, { recursive: true });
    const since = performance.now();
    const ended = await killed(act.words(home), kill);
    const milliseconds = performance.now() - since;
    const unreadable = await readable(home);
    const again = await runCommand(act.words(home));
    const failed = isDone(act, again) ? null : `the next try ended with ${again.code}: ${again.told.slice(-300)}`;
    const left = failed === null && act.isPersonGone ? await tracesOf(home) : null;
    const broken = unreadable ?? failed ?? left;
    const state = broken === null ? await act.finish(home) : "";
    return { broken, state, isKilled: ended.code === null, milliseconds };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

/** Calls by which a command changes what lies on disk. */
const changing = ["openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "mkdir", "unlink", "rmdir"];

const isTracerThere = (): boolean => spawnSync("strace", ["-o", "/dev/null", "true"]).status === 0;

/** How often one thread at most makes a call in a command; its first calls are those of Node itself. */
const mostCalls = async (place: string, act: Act, call: string): Promise<number> => {
  const home = await mkdtemp(join(place, "count-"));
  const log = join(home, "log");
  await cp(act.home, home, { recursive: true });
  const under = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", log, "-e", `trace=${call}`, "-e", "signal=none"];
  await runCommand(act.words(home), { under });
  const counts = new Map<string, number>();
  for (const line of (await readFile(log, "utf8")).split("\n")) {
    const thread = /^\d+/.exec(line)?.[0];
    if (thread !== undefined && line.includes(`${call}(`)) counts.set(thread, (counts.get(thread) ?? 0) + 1);
  }
  await rm(home, { recursive: true });
  return Math.max(0, ...counts.values());
};

/** `erase`, `restore` and `backup` killed at any time, and at calls that change the disk: the next try ends as one undisturbed. */
export const killedErasures = async (bench: Bench): Promise<Tried> => {
  const { place, points, chance } = bench;
  const acts = await actsOf(bench);
  const expected = new Map<Act, Outcome>();
  const counts = new Map<string, number>();
  for (const act of acts) {
    expected.set(act, await tryKill(place, act, null));
    for (const call of isTracerThere() ? changing : [])
      counts.set(`${act.name} ${call}`, await mostCalls(place, act, call));
  }
  const cases = Array.from({ length: points }, (_, k) => {
    const act = acts[k % acts.length]!;
    const calls = changing.filter((call) => (counts.get(`${act.name} ${call}`) ?? 0) > 0);
    const call = calls.length > 0 && chance.once(2) ? chance.pick(calls) : null;
    const kill: Kill =
      call === null
        ? { after: chance.below(Math.ceil(expected.get(act)!.milliseconds)) }
        : { call, nth: 1 + chance.below(counts.get(`${act.name} ${call}`)!) };
    return { act, kill };
  });
  let count = 0;
  const findings = await bench.each(cases, async ({ act, kill }) => {
    const wanted = expected.get(act)!;
    const { broken, state, isKilled } = await tryKill(place, act, kill);
    if (isKilled) count += 1;
    const at = `${act.name}, ${JSON.stringify(kill)}`;
    if (broken !== null) return `${at}: ${broken}`;
    return state === wanted.state ? null : `${at}: ended as ${state}, not as ${wanted.state}`;
  });
  const own = [...expected].flatMap(([act, { broken }]) =>
    broken === null ? [] : [{ at: act.name, broken: `undisturbed: ${broken}` }],
  );
  return { trials: points, findings: [...own, ...findings], said: `${count} of them before the end` };
};
