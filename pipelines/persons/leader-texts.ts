import { existsSync } from "node:fs";
import { noteLeft, overdueTexts, sweepTexts } from "../../src/server/programme/retention.ts";
import { readPeople } from "../../src/server/state/people.ts";
import { openSchedule } from "../../src/server/state/schedule.ts";
import { serverSecret, stateFolder } from "../../src/server/state/secret.ts";
import { countWriters, eraseTexts } from "../../src/server/state/texts.ts";
import type { IsPerson } from "../../src/store/persons/person-records.ts";

/** How many persons have texts at the server as the leader with this id. */
export const textsOf = async (studyFolder: string, leader: string): Promise<number> => {
  const state = stateFolder(studyFolder);
  return existsSync(state) ? countWriters(state, await serverSecret(state), [leader]) : 0;
};

/** Erases what was written at the server as the leader with this id, with the keys that open it. */
export const eraseTextsOf = async (studyFolder: string, leader: string): Promise<number> => {
  const state = stateFolder(studyFolder);
  return existsSync(state) ? eraseTexts(state, await serverSecret(state), [leader]) : 0;
};

/** The first day from which texts that lie at the server should have been gone; null where there are none. */
export const textsOverdueSince = async (studyFolder: string, today: string): Promise<string | null> => {
  const state = stateFolder(studyFolder);
  if (!existsSync(state)) return null;
  const overdue = await overdueTexts(state, await serverSecret(state), today);
  return overdue.map(({ until }) => until).toSorted()[0] ?? null;
};

/** Notes of whom texts lie at the server, and who is in no group; their time runs from now on. */
export const noteLeftWriters = async (studyFolder: string, today: string): Promise<void> => {
  const state = stateFolder(studyFolder);
  if (existsSync(state)) await noteLeft(state, await serverSecret(state), today);
};

/** Erases the texts whose time is over. */
export const eraseOverdueTexts = async (studyFolder: string, today: string): Promise<void> => {
  const state = stateFolder(studyFolder);
  if (existsSync(state)) await sweepTexts(state, await serverSecret(state), today);
};

/** Erases the texts of whoever was erased and is a leader that the server knows. */
export const eraseTextsAgain = async (studyFolder: string, isErased: IsPerson): Promise<void> => {
  const state = stateFolder(studyFolder);
  if (!existsSync(state)) return;
  const groups = (await openSchedule(state)())?.groups ?? [];
  const leaders = [
    ...groups.flatMap((group) => group.leaders.map(({ leader }) => leader)),
    ...(await readPeople(state)).flatMap(({ leader }) => leader ?? []),
  ].filter(isErased);
  if (leaders.length > 0) await eraseTexts(state, await serverSecret(state), leaders);
};
