import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type Language, Refusal } from "../../src/errors.ts";
import { isMissingText } from "../../src/formats/answers.ts";
import { safeId } from "../../src/formats/matching/safe-id.ts";
import { asset } from "../../src/store/assets.ts";
import { readStudy } from "../../src/store/study-files.ts";
import type { Rater } from "../../src/study/study.ts";
import { requireEmpty } from "../new.ts";
import { writeDeliveries } from "./import.ts";
import { entriesOf, openCandidate, refuseOpen, understandCandidate } from "./propose.ts";
import { instrumentText, rosterText, startInstrument, studyText } from "./start-files.ts";
import { type FirstReading, readFirstFiles } from "./start-study.ts";
import { type StartedWave, startWaves } from "./start-waves.ts";

export interface StartOptions {
  readonly files: readonly string[];
  readonly leader: string | null;
  readonly respondent: string | null;
  readonly rater: Rater | null;
  readonly language: Language;
}

/** What a study was made of. */
export interface StartedStudy {
  readonly files: readonly string[];
  readonly scales: readonly {
    readonly id: string;
    readonly name: string | null;
    readonly low: number;
    readonly high: number;
    readonly items: number;
    readonly isRangeGuessed: boolean;
  }[];
  readonly waves: readonly StartedWave[];
  readonly leaders: number;
  readonly deliveries: number;
  /** Files that no column of a leader was known in, so that they are no deliveries yet. */
  readonly waiting: readonly string[];
  /** Columns that share answers which are not known to be grades. */
  readonly left: readonly string[];
}

const leadersOf = (readings: readonly FirstReading[]): readonly string[] =>
  [...new Set(readings.flatMap(({ leaders }) => leaders))].filter((id) => !isMissingText(id)).sort();

const addDelivery = async (
  directory: string,
  reading: FirstReading,
  wave: string,
  { codebook, options }: { readonly codebook: readonly string[]; readonly options: StartOptions },
): Promise<number> => {
  const candidate = await openCandidate(await readStudy(directory), [reading.source.path, ...codebook]);
  const understanding = await understandCandidate(candidate, {
    wave,
    rater: reading.isRelated ? null : reading.rater,
    leader: reading.leader,
    respondent: options.respondent,
    items: {},
    notAsked: [],
  });
  refuseOpen(candidate, understanding);
  const entries = entriesOf(candidate, understanding);
  await writeDeliveries(candidate, entries);
  return entries.length;
};

const write = async (directory: string, options: StartOptions): Promise<StartedStudy> => {
  const { readings, codebook } = await readFirstFiles(options.files, options);
  const instrument = startInstrument(readings);
  const { waves, ofFile } = startWaves(readings);
  const leaders = leadersOf(readings);
  const id = safeId(basename(resolve(directory)), new Set());
  const names = readings.map(({ source }) => basename(source.path));
  const texts: readonly (readonly [string, string | Buffer])[] = [
    ["instrument.yaml", instrumentText(id, instrument, names)],
    ["roster.csv", rosterText(leaders)],
    ["study.yaml", studyText(id, options.language, waves, leaders.length > 0)],
    ["study.schema.json", asset("data/study.schema.json")],
    ["instrument.schema.json", asset("data/instrument.schema.json")],
  ];
  for (const [file, text] of texts) await writeFile(join(directory, file), text, { flag: "wx" });
  const books = codebook.map(({ path }) => path);
  let deliveries = 0;
  for (const [k, reading] of readings.entries())
    if (reading.leader !== null && reading.found.scales.length > 0)
      deliveries += await addDelivery(directory, reading, ofFile[k]!, { codebook: books, options });
  const brought = await readdir(join(directory, "deliveries")).catch(() => []);
  return {
    files: [...texts.map(([file]) => file), ...brought.map((file) => `deliveries/${file}`)],
    scales: instrument.scales.map(({ id, name, low, high, items, answers }) => ({
      ...{ id, name, low, high, items: items.length },
      isRangeGuessed: answers === null,
    })),
    waves,
    leaders: leaders.length,
    deliveries,
    waiting: readings.filter(({ leader }) => leader === null).map(({ source }) => source.name),
    left: [...new Set(readings.flatMap(({ left }) => left))],
  };
};

/** Starts a study from a vendor's files in a new or empty folder: whole, or nothing of it stays. */
export const startStudy = async (directory: string, options: StartOptions): Promise<StartedStudy> => {
  await requireEmpty(directory);
  const created = await mkdir(directory, { recursive: true });
  try {
    return await write(directory, options);
  } catch (fault) {
    if (created !== undefined) await rm(created, { recursive: true, force: true });
    else for (const name of await readdir(directory)) await rm(join(directory, name), { recursive: true, force: true });
    const cause = (fault as NodeJS.ErrnoException).code;
    if (cause === "ENOSPC") throw new Refusal({ code: "disk-full", cause: directory });
    throw fault;
  }
};
