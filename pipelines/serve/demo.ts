import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { stateOf } from "../../src/reporting/leader/state.ts";
import type { Setup } from "../../src/server/compose.ts";
import { mailHash, type Person, viewers, writePeople } from "../../src/server/state/people.ts";
import { serverSecret } from "../../src/server/state/secret.ts";
import { latestRelease, leadersOf, readLeaderModel } from "../../src/store/releases.ts";
import type { Study } from "../../src/study/study.ts";
import type { ToServer } from "./messages.ts";

const day = 24 * 3_600_000;

/** The first leader with a whole report; the first of all where none has one. */
const shownLeader = async (folder: string): Promise<string | null> => {
  const release = await latestRelease(folder);
  const leaders = await leadersOf(release);
  for (const leader of leaders) if (stateOf(await readLeaderModel(release, leader)) === "both") return leader;
  return leaders[0] ?? null;
};

/** One person of each kind, known by an address such as leader@example.org. */
const demoPeople = (secret: string, leader: string | null): readonly Person[] =>
  viewers
    .filter((viewer) => viewer !== "leader" || leader !== null)
    .map((viewer) => ({
      id: viewer,
      viewers: [viewer],
      leader: viewer === "leader" ? leader : null,
      mail: mailHash(secret, `${viewer}@example.org`),
      signIn: null,
    }));

/** A server of a synthetic study on this machine alone, with a link for one person of each kind; its state goes with it. */
export const openDemo = async (study: Study, port: number) => {
  if (!study.synthetic) throw new Refusal({ code: "demo-not-synthetic", study: study.id });
  const leader = await shownLeader(study.folder);
  const state = await mkdtemp(join(tmpdir(), "spejl-demo-"));
  const people = demoPeople(await serverSecret(state), leader);
  await writePeople(state, people);
  const setup: Setup = {
    studyFolder: resolve(study.folder),
    stateFolder: state,
    title: study.title,
    language: study.language,
    origin: `http://localhost:${port}`,
    host: "127.0.0.1",
    port,
    trustProxy: false,
    mail: { kind: "terminal" },
    accounts: null,
  };
  const invited: ToServer["invited"] = people.map(({ id }) => ({ person: id, lasts: day }));
  return { setup, invited, remove: () => rm(state, { recursive: true, force: true }) };
};
