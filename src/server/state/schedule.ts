import { join } from "node:path";
import { z } from "zod";
import { programmeParts, sessionKinds } from "../../study/programme.ts";
import { textOf, versionOf, writeStateFile } from "./files.ts";

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

/** Of a programme that a study had: texts that were written in it are erased in time all the same. */
const former = schedule.pick({ until: true }).strict();

const readRecord = async (stateFolder: string): Promise<Schedule | z.infer<typeof former> | null> => {
  const found = await textOf(scheduleFile(stateFolder));
  return found === null ? null : z.union([schedule, former]).parse(JSON.parse(found));
};

/** The day from which a programme's texts are erased, also of one that a study had; null where it never had one. */
export const textsUntil = async (stateFolder: string): Promise<string | null> =>
  (await readRecord(stateFolder))?.until ?? null;

/** Puts a study's programme where its server reads it; null where the study has none, or none any more. */
export const writeSchedule = async (stateFolder: string, of: Schedule | null): Promise<void> => {
  const until = of === null ? await textsUntil(stateFolder) : of.until;
  if (until !== null) await writeStateFile(scheduleFile(stateFolder), `${JSON.stringify(of ?? { until })}\n`);
};

/** The programme as it stands now, read again where the file is another; null where a study has none. */
export const openSchedule = (stateFolder: string): (() => Promise<Schedule | null>) => {
  let version: string | null = null;
  let current: Schedule | null = null;
  return async () => {
    const now = await versionOf(scheduleFile(stateFolder));
    if (now !== version) {
      const found = await readRecord(stateFolder);
      current = found !== null && "phases" in found ? found : null;
      version = now;
    }
    return current;
  };
};
