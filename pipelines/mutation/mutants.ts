import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type File, Instrumenter, type InstrumentResult } from "@stryker-mutator/instrumenter";

type Found = InstrumentResult["mutants"][number];

/** One small change of a source that a test should notice. */
export interface Mutant {
  /** That which a process names in `__STRYKER_ACTIVE_MUTANT__` to run with the change. */
  readonly id: string;
  /** Path of the source in the package. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: string;
  readonly replacement: string;
}

const silent = () => undefined;
const logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  fatal: silent,
};

const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: false };

const instrument = (files: readonly File[]): Promise<InstrumentResult> =>
  new Instrumenter(logger).instrument(files, options);

const placeOf = ({ fileName, location: { start, end }, mutatorName, replacement }: Found): string =>
  [fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join(" ");

const lotOf = (seed: number, place: string): string => createHash("sha256").update(`${seed} ${place}`).digest("hex");

/**
 * Draws `sample` of all mutants of the sources, by lot, and gives the sources in which these can be switched on.
 * What decides the lot is a mutant's place and change, so a source that did not change keeps its drawn ones.
 */
export const drawMutants = async (
  root: string,
  sources: readonly string[],
  sample: number,
  seed: number,
): Promise<{
  readonly all: number;
  readonly mutants: readonly Mutant[];
  readonly instrumented: readonly { readonly file: string; readonly text: string }[];
}> => {
  const files = await Promise.all(
    sources.map(async (name) => ({ name, content: await readFile(join(root, name), "utf8"), mutate: true })),
  );
  const every = (await instrument(files)).mutants;
  const drawn = [...every]
    .map((mutant) => ({ mutant, place: placeOf(mutant), lot: lotOf(seed, placeOf(mutant)) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, sample);
  const changed = await instrument(
    files
      .map((file) => ({
        ...file,
        mutate: drawn.filter(({ mutant }) => mutant.fileName === file.name).map(({ mutant }) => mutant.location),
      }))
      .filter(({ mutate }) => mutate.length > 0),
  );
  const idByPlace = new Map(changed.mutants.map((mutant) => [placeOf(mutant), mutant.id]));
  return {
    all: every.length,
    mutants: drawn.map(({ mutant, place }) => {
      const id = idByPlace.get(place);
      if (id === undefined) throw new Error(`not instrumented: ${place}`);
      return {
        id,
        file: mutant.fileName,
        line: mutant.location.start.line + 1,
        kind: mutant.mutatorName,
        replacement: mutant.replacement,
      };
    }),
    instrumented: changed.files.map(({ name, content }) => ({ file: name, text: content })),
  };
};
