import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../../src/errors.ts";
import { asset } from "../../src/store/assets.ts";
import { closeSink, flush, isFull, type Sink, writeRow } from "./deliveries.ts";
import type { Fault } from "./faults.ts";
import { leaderWriter } from "./leader.ts";
import { placeOf, unitName } from "./organisation.ts";
import type { SyntheticWave } from "./programme.ts";
import { randomStream } from "./random.ts";
import { writeCommonSessions } from "./schedule.ts";
import { demoOptions, type Programme, programmeOf, type SimulateOptions } from "./settings.ts";
import { deliveriesOf, listsOf, openSinks, type Sinks } from "./sinks.ts";
import { files, studyFile } from "./study-file.ts";
import { openTruth, type Truth, trueEffects } from "./truth.ts";

export type { SimulateOptions };

export interface Simulated {
  /** From the study's folder. */
  readonly files: readonly string[];
  /** Rows of the deliveries, broken ones counted, the roster not. */
  readonly rows: number;
}

/**
 * Writes a synthetic study into the folder as a municipality would deliver it: study file, instrument, roster,
 * deliveries, and beside them the true effects. The same seed and options give the same bytes. Refuses a folder that
 * holds anything but an earlier synthetic study. What is not among the options is as in the demo.
 */
export async function simulateStudy(directory: string, options: Partial<SimulateOptions>): Promise<Simulated> {
  const settings = { ...demoOptions, ...options };
  const programme = programmeOf(settings);
  const instrument = asset("data/demo/instrument.yaml");
  await refuseOccupied(directory);
  // The study file is written last, so that what was interrupted is no study.
  await rm(join(directory, files.study), { force: true });
  const sinks = await openSinks(directory, programme);
  try {
    const truth = openTruth(programme.waves, programme.arms);
    const faults = await writeTables(settings, truth, sinks);
    await writeFile(join(directory, files.instrument), instrument);
    await writeFile(join(directory, files.truth), truthText(truth, faults, settings));
    await writeFile(join(directory, files.study), studyFile(settings.seed, programme));
  } catch (error) {
    await abandon(directory, programme, sinks);
    throw (error as NodeJS.ErrnoException).code === "ENOSPC"
      ? new Refusal({ code: "disk-full", cause: directory })
      : error;
  }
  return { files: filesOf(programme), rows: deliveriesOf(sinks).reduce((sum, { rows }) => sum + rows, 0) };
}

async function refuseOccupied(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length === 0) return;
  const study = await readFile(join(directory, files.study), "utf8").catch(() => "");
  if (!/^synthetic: true$/m.test(study)) throw new Refusal({ code: "folder-occupied", place: { file: directory } });
}

async function abandon(directory: string, programme: Programme, sinks: Sinks): Promise<void> {
  await Promise.allSettled([...listsOf(sinks), ...deliveriesOf(sinks)].map((sink) => sink.handle.close()));
  await Promise.all(filesOf(programme).map((file) => rm(join(directory, file), { force: true })));
}

const filesOf = ({ waves, scheduled }: Programme): readonly string[] => [
  files.study,
  files.instrument,
  files.roster,
  ...(scheduled ? [files.sessions, files.attendance] : []),
  ...waves.flatMap((wave) => [files.employees(wave), files.leaders(wave)]),
  files.indicator,
  files.truth,
];

async function writeTables(settings: SimulateOptions, truth: Truth, sinks: Sinks): Promise<readonly Fault[]> {
  const { leaders, onProgress } = settings;
  const { write, faults } = leaderWriter(settings, truth, sinks);
  const open = [...listsOf(sinks), ...deliveriesOf(sinks)];
  if (sinks.programme !== null) writeCommonSessions(sinks.programme);
  for (let index = 0; index < leaders; index++) {
    write(index);
    for (const sink of open) if (isFull(sink)) await flush(sink);
    if ((index + 1) % 64 === 0 || index + 1 === leaders) onProgress(index + 1, leaders);
  }
  await writeIndicator(sinks.indicator, settings, truth.waves);
  await Promise.all(open.map(closeSink));
  return faults;
}

/** Sickness absence of every unit that has a leader: a matter of the unit, moved by no arm. */
async function writeIndicator(
  sink: Sink,
  { seed, leaders }: SimulateOptions,
  waves: readonly SyntheticWave[],
): Promise<void> {
  const written = new Set<number>();
  for (let index = 0; index < leaders; index++) {
    const { unit } = placeOf(index);
    if (written.has(unit)) continue;
    written.add(unit);
    const random = randomStream(seed, "unit", unit);
    const usual = 5 + 1.4 * random.normal();
    for (const wave of waves) {
      const share = Math.min(Math.max(usual + 0.6 * random.normal(), 0.5), 25);
      writeRow(sink, [unitName(unit), wave.slug, share.toFixed(2).replace(".", sink.dialect.decimal)]);
    }
    if (isFull(sink)) await flush(sink);
  }
}

function truthText(truth: Truth, faults: readonly Fault[], settings: SimulateOptions): string {
  const about =
    "Synthetic. Effect: expected score with the arm's training minus without, averaged over all leaders who took part in the wave and their answering employees. Not read by the pipeline.";
  const { seed, leaders, employeesPerLeader, waves, arms } = settings;
  const made = { seed, leaders, employeesPerLeader, waves, arms };
  return `${JSON.stringify({ about, made, effects: trueEffects(truth), faults }, null, 1)}\n`;
}
