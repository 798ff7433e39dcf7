import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openAccessLog, readAccess } from "../../src/server/state/access-log.ts";
import { openPeople, writePeople } from "../../src/server/state/people.ts";
import { serverSecret } from "../../src/server/state/secret.ts";
import { openSessions } from "../../src/server/state/sessions.ts";
import { sessionCookie } from "../../src/server/visit.ts";
import { pointTo } from "../../src/store/release-parts.ts";
import { smallStudy } from "../pipelines/small-study.ts";
import { spejlJson } from "../pipelines/spejl.ts";
import { person, publish } from "./made-site.ts";

interface Answered {
  readonly status: number;
  readonly body: string;
}

const many = 60;
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** A study with a release, and a crowd that may read one report. */
const servedStudy = async () => {
  const folder = smallStudy();
  const state = join(folder, ".spejl", "server");
  mkdirSync(join(folder, ".spejl", "releases"), { recursive: true });
  await serverSecret(state);
  const people = Array.from({ length: many }, (_, k) => ({ ...person(`p${k}`, ["leader"], "L1"), mail: null }));
  await writePeople(state, people);
  const sessions = await openSessions(state, openPeople(state), Date.now);
  const cookies = await Promise.all(people.map(async (each) => `${sessionCookie}=${await sessions.begin(each)}`));
  const release = await publish(folder, ["L1"], "Den ene");
  return { folder, state, cookies, release };
};

const spejlServe = (folder: string, ...words: readonly string[]): ChildProcess => {
  const child = spawn(process.execPath, ["dist/pipelines/cli.js", "serve", folder, "--port", "0", "--json", ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "" },
  });
  running.push(child);
  return child;
};

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode === null
    ? new Promise((done) => child.once("exit", (code) => done(code)))
    : Promise.resolve(child.exitCode);

/** Waits for the one document that a server prints when it answers. */
const listening = (child: ChildProcess): Promise<string> =>
  new Promise((known, failed) => {
    let text = "";
    child.stdout!.on("data", (bytes) => {
      text += bytes;
      if (text.trimEnd().endsWith("}")) known((JSON.parse(text) as { origin: string }).origin);
    });
    child.stderr!.resume();
    child.once("exit", (code) => failed(new Error(`ended with ${code}: ${text}`)));
  });

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const get = (origin: string, path: string, cookie: string): Promise<Answered | null> =>
  new Promise((done) => {
    const { port, host } = new URL(origin);
    const asked = request({ host: "127.0.0.1", port, path, agent, headers: { host, cookie } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done({ status: response.statusCode!, body: Buffer.concat(chunks).toString("utf8") }));
      // A page that is cut is none; the test counts those that came whole.
      response.on("error", () => done(null));
    });
    asked.on("error", () => done(null));
    asked.end();
  });

/** Readers who ask for the report again and again until told to stop, or until nobody answers. */
const readers = (origin: string, cookies: readonly string[]) => {
  const got: Answered[] = [];
  let goesOn = true;
  const read = async (first: number): Promise<void> => {
    for (let k = first; goesOn; k += 8) {
      const answered = await get(origin, "/report", cookies[k % cookies.length]!);
      if (answered === null) return;
      got.push(answered);
    }
  };
  const all = Promise.all(Array.from({ length: 8 }, (_, k) => read(k)));
  return {
    got,
    end: async () => {
      goesOn = false;
      await all;
    },
    gone: () => all,
  };
};

/** A server that does not start; the codes of why. */
const refused = async (folder: string, ...words: readonly string[]): Promise<readonly string[]> => {
  const child = spejlServe(folder, ...words);
  let said = "";
  child.stdout!.on("data", (bytes) => {
    said += bytes;
  });
  child.stderr!.resume();
  expect(await ended(child)).toBe(3);
  return (JSON.parse(said).problems as readonly { code: string }[]).map(({ code }) => code);
};

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** The process that answers, and the one that draws. */
const pidsOf = (parent: ChildProcess): readonly [number, number] =>
  readFileSync(`/proc/${parent.pid}/task/${parent.pid}/children`, "utf8").trim().split(" ").map(Number) as [
    number,
    number,
  ];
const serverPidOf = (parent: ChildProcess): number => pidsOf(parent)[0];

describe("a server's process", () => {
  it("loads no database, keeps its state to itself, and is the only one of its study", async () => {
    const { folder, state } = await servedStudy();
    const first = spejlServe(folder);
    const origin = await listening(first);
    expect((await get(origin, "/healthz", ""))?.status).toBe(200);
    if (process.platform === "linux") {
      const [pid, drawing] = pidsOf(first);
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      expect(command.filter((word) => /^--(experimental-)?permission$/.test(word))).toHaveLength(1);
      expect(command.filter((word) => word.startsWith("--allow-fs-write="))).toEqual([`--allow-fs-write=${state}/*`]);
      const readable = command.flatMap((word) => (word.startsWith("--allow-fs-read=") ? word.slice(16) : []));
      for (const kept of [".spejl/vault.duckdb", ".spejl/pseudonym.key", "roster.csv", ".spejl/ledger/ledger.jsonl"])
        for (const place of [folder, process.cwd(), join(process.cwd(), "demo-study")])
          expect(readable.filter((path) => join(place, kept).startsWith(path.replace(/\*$/, "")))).toEqual([]);
      expect(command.filter((word) => /addons|child|worker|vault|=\/\*$/.test(word))).toEqual([]);
      const drawer = readFileSync(`/proc/${drawing}/cmdline`, "utf8").split("\0");
      expect(drawer.filter((word) => /^--(experimental-)?permission$/.test(word))).toHaveLength(1);
      expect(drawer.filter((word) => /addons|child|worker|vault|write|=\/\*$/.test(word))).toEqual([]);
      expect(drawer.filter((word) => word.startsWith("--allow") && word.includes(state))).toEqual([]);
      for (const each of [pid, drawing]) expect(readFileSync(`/proc/${each}/maps`, "utf8")).not.toMatch(/duckdb/i);
    }
    const second = spejlServe(folder);
    let said = "";
    second.stdout!.on("data", (bytes) => {
      said += bytes;
    });
    expect(await ended(second)).toBe(4);
    expect(JSON.parse(said).problems[0].code).toBe("server-running");
    expect((await get(origin, "/healthz", ""))?.status).toBe(200);
  });

  it("is where an invitation leads, whatever its port, and people.csv is not read for it", async () => {
    const { folder } = await servedStudy();
    const origin = await listening(spejlServe(folder));
    writeFileSync(join(folder, "people.csv"), "nothing that could be read");
    const { status, document } = spejlJson<{ link: string }>("invite", "p7", folder);
    expect(status).toBe(0);
    expect(document.link.replace(/[\w-]{43}$/, "")).toBe(`${origin}/link/`);
    expect((await get(origin, new URL(document.link).pathname, ""))?.status).toBe(200);
  });

  it("answers all else while a page is drawn, and stops where none can be drawn any more", async () => {
    const { folder, cookies } = await servedStudy();
    const server = spejlServe(folder);
    const origin = await listening(server);
    const [, drawing] = pidsOf(server);
    const status = async (path: string, cookie = "") => (await get(origin, path, cookie))?.status;
    expect(await status("/report", cookies[0])).toBe(200);
    process.kill(drawing, "SIGSTOP");
    const other = await publish(folder, ["L1"], "Den anden");
    let isDone = false;
    const waiting = get(origin, "/report", cookies[0]!).then((answer) => {
      isDone = true;
      return answer;
    });
    expect(await status("/sign-in")).toBe(200);
    expect(await status("/", cookies[1])).toBe(200);
    expect(JSON.parse((await get(origin, "/healthz", ""))!.body)).toEqual({ ok: true, release: other });
    expect(isDone).toBe(false);
    process.kill(drawing, "SIGCONT");
    expect((await waiting)?.body).toContain("Den anden");
    process.kill(drawing, "SIGKILL");
    expect(await ended(server)).toBe(1);
    expect(await get(origin, "/healthz", "")).toBeNull();
  });

  it("answers each reader of one release, whichever is published meanwhile", async () => {
    const { folder, state, cookies, release: one } = await servedStudy();
    const other = await publish(folder, ["L1"], "Den anden");
    const server = spejlServe(folder);
    const origin = await listening(server);
    const pageOf = async (id: string): Promise<string> => {
      await pointTo(folder, id, []);
      return (await get(origin, "/report", cookies[0]!))!.body;
    };
    const pages = [await pageOf(one), await pageOf(other)];
    expect(pages[0]).not.toBe(pages[1]);
    const before = (await readAccess(state))!.entries.length;
    const reading = readers(origin, cookies);
    for (let k = 0; k < 200; k += 1) {
      await pointTo(folder, k % 2 ? one : other, []);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await reading.end();
    const answered = reading.got.filter(({ status }) => status === 200);
    expect(reading.got.filter(({ status }) => ![200, 429].includes(status))).toEqual([]);
    expect(answered.filter(({ body }) => !pages.includes(body))).toEqual([]);
    const { entries, broken } = (await readAccess(state))!;
    const reads = entries.slice(before).filter(({ action }) => action === "read");
    expect(broken).toEqual([]);
    expect(reads).toHaveLength(answered.length);
    for (const [index, id] of [one, other].entries()) {
      const served = answered.filter(({ body }) => body === pages[index]).length;
      expect(served).toBeGreaterThan(0);
      expect(reads.filter(({ release }) => release === id)).toHaveLength(served);
    }
  });

  it("loses no entry of a page that was read when it is killed, and its sessions go on", async () => {
    const { folder, state, cookies } = await servedStudy();
    let read = 0;
    for (let kill = 0; kill < 3; kill += 1) {
      const server = spejlServe(folder);
      const origin = await listening(server);
      const pid = serverPidOf(server);
      const reading = readers(origin, cookies);
      await until(() => reading.got.length > 40 + 17 * kill);
      process.kill(pid, "SIGKILL");
      await reading.gone();
      expect(await ended(server)).toBe(1);
      read += reading.got.filter(({ status }) => status === 200).length;
    }
    const log = await openAccessLog(state, Date.now);
    await log.close();
    const { entries, broken, torn } = (await readAccess(state))!;
    expect({ broken, torn }).toEqual({ broken: [], torn: 0 });
    expect(read).toBeGreaterThan(120);
    expect(entries.filter(({ action, result }) => action === "read" && result === "200").length).toBeGreaterThanOrEqual(
      read,
    );
    expect(readdirSync(join(state, "sessions"))).toHaveLength(many);
  });

  it("answers what has begun when it is told to stop, cuts no page, and says goodbye in its log", async () => {
    const { folder, state, cookies } = await servedStudy();
    const server = spejlServe(folder);
    const origin = await listening(server);
    const reading = readers(origin, cookies);
    await until(() => reading.got.length > 40);
    server.kill("SIGTERM");
    await reading.gone();
    expect(await ended(server)).toBe(0);
    const whole = reading.got.filter(({ status }) => status === 200);
    expect(whole.filter(({ body }) => !body.trimEnd().endsWith("</html>"))).toEqual([]);
    const { entries } = (await readAccess(state))!;
    expect(entries.at(-1)).toMatchObject({ action: "serve", result: "stopped" });
    expect(entries.filter(({ action }) => action === "read")).toHaveLength(whole.length);
  });

  it("refuses a key that others may read, a demonstration of what is not synthetic, and a strange serve.yaml", async () => {
    const { folder, state } = await servedStudy();
    expect(await refused(folder, "--demo")).toEqual(["demo-not-synthetic"]);
    writeFileSync(join(folder, "serve.yaml"), "origin: http://spejl.example.dk/\nlissten: {}\n");
    expect([...(await refused(folder))].sort()).toEqual(["unknown-key", "value-invalid"]);
    writeFileSync(join(folder, "serve.yaml"), "origin: https://spejl.example.dk\n");
    writeFileSync(join(state, "secret.key"), "short");
    expect(await refused(folder)).toEqual(["secret-weak"]);
  }, 240_000);

  it("ends where it finds out too late, with port and study taken, that it may not start", async () => {
    const { folder, state } = await servedStudy();
    writeFileSync(join(state, "master.key"), "0".repeat(64));
    chmodSync(join(state, "master.key"), 0o644);
    expect(await refused(folder)).toEqual(["secret-weak"]);
    expect(readdirSync(join(state, "lock"))).toEqual([]);
    chmodSync(join(state, "master.key"), 0o600);
    await listening(spejlServe(folder));
  }, 240_000);
});
