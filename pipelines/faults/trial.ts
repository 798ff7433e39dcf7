import { cp, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Ended, runLoaded } from "./command.ts";
import { correctedStudy, madeStudy, writeStudy } from "./made-study.ts";
import { stateOf } from "./state.ts";

/** A study before a fault, and the state that it must end in. */
export interface Template {
  readonly name: "first run" | "corrected delivery" | "published";
  readonly folder: string;
  readonly expected: string;
  /** State before the fault, where a release is there. */
  readonly before: string | null;
}

const ran = async (folder: string): Promise<string> => {
  const { code, told } = await runLoaded(["run", folder, "--quiet"]);
  if (code !== 0) throw new Error(`run ended with ${code}: ${told}`);
  return stateOf(folder);
};

/** A study that has never run, one that has been published and whose second delivery was then corrected, and a published one. */
export const makeTemplates = async (home: string): Promise<Readonly<Record<Template["name"], Template>>> => {
  const [fresh, published, replaced, end] = ["fresh", "published", "replaced", "end"].map((name) => join(home, name));
  await writeStudy(fresh!, madeStudy);
  await writeStudy(published!, madeStudy);
  const before = await ran(published!);
  await cp(published!, replaced!, { recursive: true });
  await writeStudy(replaced!, correctedStudy);
  await cp(replaced!, end!, { recursive: true });
  const after = await ran(end!);
  return {
    "first run": { name: "first run", folder: fresh!, expected: before, before: null },
    "corrected delivery": { name: "corrected delivery", folder: replaced!, expected: after, before },
    published: { name: "published", folder: published!, expected: before, before },
  };
};

/** Refusals: the input, another run, disk or memory. Everything else that is not done is a bug. */
export const isTyped = ({ code }: Ended): boolean => code === 3 || code === 4 || code === 5;

const lastLine = ({ told }: Ended): string => told.trim().split("\n").at(-1)?.slice(0, 160) ?? "";

/** What a fault may do to a study: nothing that the next run does not mend. Null where it is so, else what went wrong. */
export const brokenBy = async (
  template: Template,
  place: string,
  fault: (study: string) => Promise<Ended | null>,
  heal: (study: string) => Promise<void> = async () => undefined,
): Promise<string | null> => {
  const home = await mkdtemp(join(place, "trial-"));
  const study = join(home, "study");
  try {
    await cp(template.folder, study, { recursive: true });
    const faulty = await fault(study);
    if (faulty !== null && faulty.code !== null && faulty.code !== 0 && !isTyped(faulty))
      return `ended with ${faulty.code}: ${lastLine(faulty)}`;
    if (template.before !== null) {
      const reading = await runLoaded(["report", "research", study, "--out", join(home, "page.html")]);
      if (reading.code !== 0) return `the release cannot be read (${reading.code}): ${lastLine(reading)}`;
    }
    await heal(study);
    const again = await runLoaded(["run", study, "--quiet"]);
    if (again.code !== 0) return `the next run ended with ${again.code}: ${lastLine(again)}`;
    const state = await stateOf(study);
    return state === template.expected ? null : `ended as ${state}, not as ${template.expected}`;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};
