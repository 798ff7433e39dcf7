import { join } from "node:path";
import { z } from "zod";
import { programmeParts, sessionKinds } from "../../study/programme.ts";
import { removeOnce, replaceFile, textOf, versionOf } from "./files.ts";

const text = z.strictObject({ da: z.string(), en: z.string() });
const day = z.string();

const schedule = z.strictObject({
  phases: z.array(z.strictObject({ id: z.string(), from: day, to: day, name: text, goals: z.array(z.string()) })),
  /** The programme's learning goals: scales that phases set out to develop. */
  goals: z.array(z.strictObject({ id: z.string(), name: text })),
  parts: z.array(z.enum(programmeParts)),
  /** The day from which texts are erased. */
  until: day,
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      phase: z.string(),
      kind: z.enum(sessionKinds),
      group: z.string().nullable(),
      from: z.string(),
      to: z.string(),
      coach: z.string().nullable(),
      place: z.string(),
    }),
  ),
  groups: z.array(
    z.strictObject({
      id: z.string(),
      /** Who the coach is, as people.csv names them. */
      coach: z.string().nullable(),
      /** `to`: the leader's last day in the post. */
      leaders: z.array(z.strictObject({ leader: z.string(), to: day.nullable() })),
    }),
  ),
  /** Whether coaches say here who came; else the roster does. */
  coachesMark: z.boolean(),
  /** Whether a leader may let the own coach see the own report. */
  coachSeesReport: z.boolean(),
  /** What the study's own file of attendance says. */
  delivered: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), z.boolean()]))])),
});

/** What a server knows of a study's programme; no text that a leader wrote. */
export type Schedule = z.infer<typeof schedule>;
export type Group = Schedule["groups"][number];

const scheduleFile = (stateFolder: string): string => join(stateFolder, "schedule.json");

/** Puts a study's programme where its server reads it; null takes away one that there may be. */
export const writeSchedule = async (stateFolder: string, of: Schedule | null): Promise<void> => {
  if (of === null) await removeOnce(scheduleFile(stateFolder));
  else await replaceFile(scheduleFile(stateFolder), `${JSON.stringify(of)}\n`);
};

/** The programme as it stands now, read again where the file is another; null where a study has none. */
export const openSchedule = (stateFolder: string): (() => Promise<Schedule | null>) => {
  let version: string | null = null;
  let current: Schedule | null = null;
  return async () => {
    const now = await versionOf(scheduleFile(stateFolder));
    if (now !== version) {
      const found = await textOf(scheduleFile(stateFolder));
      current = found === null ? null : schedule.parse(JSON.parse(found));
      version = now;
    }
    return current;
  };
};
