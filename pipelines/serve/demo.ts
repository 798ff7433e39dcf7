import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { stateOf } from "../../src/reporting/leader/state.ts";
import type { Setup } from "../../src/server/compose.ts";
import { mailHash, type Person, viewers, writePeople } from "../../src/server/state/people.ts";
import { type Schedule, writeSchedule } from "../../src/server/state/schedule.ts";
import { serverSecret } from "../../src/server/state/secret.ts";
import { latestRelease, leadersOf, readLeaderModel } from "../../src/store/releases.ts";
import type { Study } from "../../src/study/study.ts";
import { scheduleOf } from "../programme/schedule.ts";
import type { ToServer } from "./messages.ts";

const day = 24 * 3_600_000;

/** The first leader with a whole report, of those in the programme before others; the first of all where none has one. */
const shownLeader = async (folder: string, schedule: Schedule | null): Promise<string | null> => {
  const release = await latestRelease(folder);
  const members = new Set(
    (schedule?.groups ?? []).flatMap(({ leaders }) =>
      leaders.flatMap(({ leader, to }) => (to === null ? [leader] : [])),
    ),
  );
  const all = await leadersOf(release);
  const leaders = [...all.filter((leader) => members.has(leader)), ...all.filter((leader) => !members.has(leader))];
  for (const leader of leaders) if (stateOf(await readLeaderModel(release, leader)) === "both") return leader;
  return leaders[0] ?? null;
};

/** One person of each kind, known by an address such as leader@example.org. */
const demoPeople = (secret: string, leader: string | null, coach: string | null): readonly Person[] =>
  viewers
    .filter((viewer) => viewer !== "leader" || leader !== null)
    .map((viewer) => ({
      // A coach is known to the schedule by name.
      id: viewer === "coach" ? (coach ?? viewer) : viewer,
      viewers: [viewer],
      leader: viewer === "leader" ? leader : null,
      mail: mailHash(secret, `${viewer}@example.org`),
      signIn: null,
    }));

/** The morning of the day in the middle of a programme: its dates are made up, and may be long ago. */
const midwayOf = ({ phases }: Schedule): string => {
  const [from, to] = [phases[0]!.from, phases.at(-1)!.to].map((each) => Date.parse(each)) as [number, number];
  return `${new Date((from + to) / 2).toISOString().slice(0, 10)}T07:00`;
};

/** A server of a synthetic study on this machine alone, with a link for one person of each kind; its state goes with it. */
export const openDemo = async (study: Study, port: number) => {
  if (!study.synthetic) throw new Refusal({ code: "demo-not-synthetic", study: study.id });
  const schedule = await scheduleOf(study);
  const leader = await shownLeader(study.folder, schedule);
  const state = await mkdtemp(join(tmpdir(), "spejl-demo-"));
  const group = schedule?.groups.find(({ leaders }) => leaders.some((one) => one.leader === leader));
  const people = demoPeople(await serverSecret(state), leader, group?.coach ?? null);
  await writePeople(state, people);
  await writeSchedule(state, schedule);
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
    pretended: schedule && midwayOf(schedule),
  };
  const invited: ToServer["invited"] = people.map(({ id }) => ({ person: id, lasts: day }));
  return { setup, invited, remove: () => rm(state, { recursive: true, force: true }) };
};
