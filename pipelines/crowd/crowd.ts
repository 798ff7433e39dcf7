import { type ChildProcess, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { mailHash, openPeople, type Person, viewers, writePeople } from "../../src/server/state/people.ts";
import { serverSecret, stateFolder } from "../../src/server/state/secret.ts";
import { openSessions } from "../../src/server/state/sessions.ts";
import { sessionCookie } from "../../src/server/visit.ts";
import { packageRoot } from "../../src/store/assets.ts";

/** Somebody of a crowd who is signed in. */
export interface Reader {
  readonly id: string;
  readonly leader: string;
  readonly mail: string;
  readonly cookie: string;
}

/** Lets a crowd into a study that has been published: each reads as everybody may, one of the leaders each. */
export const inviteCrowd = async (
  study: string,
  leaders: readonly string[],
  size: number,
): Promise<readonly Reader[]> => {
  const state = stateFolder(study);
  const secret = await serverSecret(state);
  // Each request comes from an address of its own, as it would behind a proxy.
  await writeFile(join(study, "serve.yaml"), "origin: http://localhost:0\ntrustProxy: true\n");
  const people = Array.from({ length: size }, (_, k): Person => {
    const mail = mailHash(secret, `p${k}@example.org`);
    return { id: `p${k}`, viewers: [...viewers], leader: leaders[k % leaders.length]!, mail, signIn: null };
  });
  await writePeople(state, people);
  const sessions = await openSessions(state, openPeople(state), Date.now);
  return Promise.all(
    people.map(async (person) => ({
      id: person.id,
      leader: person.leader!,
      mail: `${person.id}@example.org`,
      cookie: `${sessionCookie}=${await sessions.begin(person)}`,
    })),
  );
};

/** A running `spejl serve`. */
export interface Served {
  readonly command: ChildProcess;
  readonly origin: string;
  /** The process that answers, and the one that draws: the command's own children. */
  readonly pid: number;
  readonly drawing: number;
  /** The command's exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
}

export const serveStudy = (study: string): Promise<Served> =>
  new Promise((known, failed) => {
    const cli = join(packageRoot, "dist/pipelines/cli.js");
    const command = spawn(process.execPath, [cli, "serve", study, "--port", "0", "--json"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<number | null>((done) => command.once("exit", (code) => done(code)));
    let text = "";
    command.stderr!.resume();
    command.stdout!.on("data", async (bytes) => {
      text += bytes;
      const isWhole = text.includes('"origin"') && text.trimEnd().endsWith("}");
      if (!isWhole) return;
      const children = await readFile(`/proc/${command.pid}/task/${command.pid}/children`, "utf8");
      const [pid = 0, drawing = 0] = children.trim().split(" ").map(Number);
      known({ command, origin: JSON.parse(text).origin, pid, drawing, ended });
    });
    ended.then((code) => failed(new Error(`spejl serve ended with ${code}: ${text.slice(0, 400)}`)));
  });

/** Tells a server to stop, and waits until it has. */
export const stopServing = async ({ command, ended }: Served): Promise<number | null> => {
  command.kill("SIGTERM");
  return ended;
};

let addresses = 0;
/** Headers of a reader, from an address that nobody had before. */
export const asReader = (reader: Reader | null): Readonly<Record<string, string>> => {
  addresses += 1;
  const forwarded = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return { "x-forwarded-for": forwarded, ...(reader === null ? {} : { cookie: reader.cookie }) };
};
