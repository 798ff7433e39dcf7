import { join } from "node:path";
import { z } from "zod";
import { textOf, writeStateFile } from "../state/files.ts";
import { openSchedule, textsUntil } from "../state/schedule.ts";
import { eraseOwner, groupOwner, leaderName, textOwners } from "../state/texts.ts";

/** Days after a leader's last in the post on which the texts are still there. */
const daysAfterPost = 30;

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const leftFile = (stateFolder: string): string => join(stateFolder, "left.json");
const leftRecord = z.record(z.string(), z.string());

/** Owners who are in no group any more, and the day on which that was first seen. */
const readLeft = async (stateFolder: string): Promise<Readonly<Record<string, string>>> => {
  const text = await textOf(leftFile(stateFolder));
  return text === null ? {} : leftRecord.parse(JSON.parse(text));
};

/** By the names of leaders and groups the last day; null for who is in a post, and for groups. */
const lastDays = async (stateFolder: string, secret: string): Promise<ReadonlyMap<string, string | null>> => {
  const groups = (await openSchedule(stateFolder)())?.groups ?? [];
  const days = new Map<string, string | null>(groups.map(({ id }) => [groupOwner(secret, id), null]));
  for (const { leader, to } of groups.flatMap(({ leaders }) => leaders)) {
    const name = leaderName(secret, leader);
    const known = days.has(name) ? days.get(name)! : "";
    days.set(name, known === null || to === null ? null : known > to ? known : to);
  }
  return days;
};

/** Whether a study's programme was taken out of it: who was in a group cannot be told, and texts stay until its end. */
const isFormer = async (stateFolder: string): Promise<boolean> =>
  (await openSchedule(stateFolder)()) === null && (await textsUntil(stateFolder)) !== null;

/** Owners by the last day that is known of them: for who is in no group the day on which that was first seen. */
const leftOn = async (stateFolder: string, secret: string, today: string) => {
  const [owners, known] = [await textOwners(stateFolder), await readLeft(stateFolder)];
  if (await isFormer(stateFolder)) return { owners, gone: known, ended: new Map<string, string>() };
  const days = await lastDays(stateFolder, secret);
  const nameOf = (owner: string): string => owner.split("-")[0]!;
  const strays = owners.filter((owner) => !days.has(nameOf(owner))).toSorted();
  const gone = Object.fromEntries(strays.map((owner) => [owner, known[owner] ?? today]));
  const ended = owners.flatMap((owner) => {
    const day = gone[owner] ?? days.get(nameOf(owner)) ?? null;
    return day === null ? [] : [[owner, day] as const];
  });
  return { owners, gone, ended: new Map(ended) };
};

/** Notes who is in no group: without a last day in the post the day counts on which that was first seen. */
export const noteLeft = async (stateFolder: string, secret: string, today: string): Promise<void> => {
  const { gone } = await leftOn(stateFolder, secret, today);
  if (JSON.stringify(gone) !== JSON.stringify(await readLeft(stateFolder)))
    await writeStateFile(leftFile(stateFolder), JSON.stringify(gone));
};

/** Whose texts have been kept as long as they may, and since when: who left the post, and all once the programme is over. */
export const overdueTexts = async (stateFolder: string, secret: string, today: string) => {
  const end = await textsUntil(stateFolder);
  const { owners, ended } = await leftOn(stateFolder, secret, today);
  return owners.flatMap((owner) => {
    const left = ended.get(owner);
    const days = [...(end === null ? [] : [end]), ...(left === undefined ? [] : [daysAfter(left, daysAfterPost + 1)])];
    const [until] = days.toSorted();
    return until !== undefined && until <= today ? [{ owner, until }] : [];
  });
};

/** Erases what has been kept as long as it may. */
export const sweepTexts = async (stateFolder: string, secret: string, today: string): Promise<void> => {
  await noteLeft(stateFolder, secret, today);
  for (const { owner } of await overdueTexts(stateFolder, secret, today)) await eraseOwner(stateFolder, owner);
};
