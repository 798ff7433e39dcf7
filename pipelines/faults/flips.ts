import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { runLoaded } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { stateOf } from "./state.ts";
import { isTyped } from "./trial.ts";

const flip = async (file: string, bit: number): Promise<void> => {
  const bytes = await readFile(file);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  await writeFile(file, bytes);
};

const storedFiles = async (study: string): Promise<readonly string[]> => {
  const entries = await readdir(join(study, ".spejl"), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(study, join(entry.parentPath, entry.name)))
    .sort();
};

/** Folder of a stored file, or its name where it has none: what the flips are counted by. */
const roomOf = (file: string): string => file.split("/")[1] ?? file;

/** One bit of the store is another: what is read from it is right or refused, and the next run ends right or is refused. */
export const flippedBits = async (bench: Bench): Promise<Tried> => {
  const { folder, expected } = bench.templates.published;
  const files = await storedFiles(folder);
  const rooms = [...new Set(files.map(roomOf))];
  const cases = await Promise.all(
    Array.from({ length: bench.points }, async (_, k) => {
      const file = bench.chance.pick(files.filter((one) => roomOf(one) === rooms[k % rooms.length]));
      const { size } = await stat(join(folder, file));
      return { file, bit: size === 0 ? -1 : bench.chance.below(8 * size) };
    }),
  );
  const rightPage = join(bench.place, "right.html");
  await runLoaded(["report", "research", folder, "--out", rightPage]);
  const right = await readFile(rightPage, "utf8");
  const outcomes = new Map<string, number>();
  const findings = await bench.each(
    cases.filter(({ bit }) => bit >= 0),
    async ({ file, bit }) => {
      const home = await mkdtemp(join(bench.place, "flip-"));
      const study = join(home, "study");
      try {
        await cp(folder, study, { recursive: true });
        const page = join(home, "page.html");
        await flip(join(study, file), bit);
        const reading = await runLoaded(["report", "research", study, "--out", page]);
        const at = `${file}, bit ${bit}`;
        if (reading.code === 0 && (await readFile(page, "utf8")) !== right) return `${at}: another page is shown`;
        if (reading.code !== 0 && !isTyped(reading)) return `${at}: the report ended with ${reading.code}`;
        const ended = await runLoaded(["run", study, "--quiet"]);
        const outcome = `${roomOf(file)}: ${ended.code === 0 ? "right in the end" : `refused (${ended.code})`}`;
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        if (ended.code === 0) return (await stateOf(study)) === expected ? null : `${at}: ended as something else`;
        return isTyped(ended) ? null : `${at}: run ended with ${ended.code}`;
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  );
  const said = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).sort();
  return { trials: cases.length, findings, said: said.join("; ") };
};
