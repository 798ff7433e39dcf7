import { Refusal } from "../../src/errors.ts";
import { originServed } from "../../src/server/lock.ts";
import { rotateMaster } from "../../src/server/state/keys.ts";
import { linkMinutes, openLinks } from "../../src/server/state/links.ts";
import { readPeople } from "../../src/server/state/people.ts";
import { writeSchedule } from "../../src/server/state/schedule.ts";
import { serverSecret, stateFolder } from "../../src/server/state/secret.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { withNearest } from "../../src/study/nearest.ts";
import { noteLeftWriters } from "../persons/leader-texts.ts";
import { logged } from "../persons/logged.ts";
import { withoutServer } from "../persons/server-state.ts";
import { scheduleOf } from "../programme/schedule.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { say } from "../terminal/words.ts";
import { today } from "../today.ts";
import { takePeople } from "./people.ts";
import { plannedOrigin } from "./serve.ts";

/** `spejl people`: who may sign in, and where they are in the programme, is from now on as the study's files have it. */
export const people = async (folder: string, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const read = await logged(
    folder,
    { command: "people" },
    async () => {
      const taken = await takePeople(folder);
      await writeSchedule(stateFolder(folder), await scheduleOf(study));
      await noteLeftWriters(folder, today());
      return taken;
    },
    ({ people, added, changed, ended }) => ({ people, added, changed, ended }),
  );
  if (terminal.json) return terminal.print(read);
  const { language } = terminal;
  const parts = [
    `${read.added} ${say("added", language)}`,
    `${read.changed} ${say("otherNow", language)}`,
    `${read.ended} ${say("ended", language)}`,
  ];
  terminal.say(`${read.people} ${say("people", language)}: ${parts.join(", ")}`);
};

/** `spejl invite`: a link for somebody who stands at the desk. */
export const invite = async (id: string, folder: string, terminal: Terminal): Promise<void> => {
  await readStudy(folder);
  const state = stateFolder(folder);
  const ids = (await readPeople(state)).map((person) => person.id);
  if (!ids.includes(id)) throw new Refusal({ code: "person-unknown", person: id, ...withNearest(id, ids) });
  const origin = (await originServed(state)) ?? (await plannedOrigin(folder));
  const links = await openLinks(state, Date.now);
  const token = await logged(folder, { command: "invite" }, () => links.make(id, null, linkMinutes * 60_000));
  const link = `${origin}/link/${token}`;
  if (terminal.json) return terminal.print({ person: id, link });
  terminal.say(`${say("linkOnce", terminal.language)}\n${link}`);
};

/** `spejl key rotate`: leaders' texts are from now on under another master key, and none of them is written anew. */
export const rotateKey = async (folder: string, terminal: Terminal): Promise<void> => {
  await readStudy(folder);
  const state = stateFolder(folder);
  await serverSecret(state);
  const keys = await withoutServer(folder, () =>
    logged(
      folder,
      { command: "key" },
      () => rotateMaster(state),
      (rotated) => ({ keys: rotated }),
    ),
  );
  if (terminal.json) return terminal.print({ keys });
  terminal.say(`${keys} ${say("keysRotated", terminal.language)}`);
};
