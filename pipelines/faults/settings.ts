import { mkdtemp, readFile, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runLoaded } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { type MadeStudy, madeStudy, writeStudy } from "./made-study.ts";

const zones = ["UTC", "Europe/Copenhagen", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"];
const locales = ["C", "C.UTF-8", "da_DK.UTF-8", "tr_TR.UTF-8"];
export const lineEnds = ["\n", "\r\n", "\r"];
export const separators = [";", ",", "\t"];

/** The same study in other time zones, locales, on one core or more, its rows and deliveries in another order: one release. */
export const otherSettings = async (bench: Bench): Promise<Tried> => {
  const { chance, place, points } = bench;
  const [wanted = ""] = bench.templates["first run"].expected.split(" ");
  const surroundings = zones.flatMap((zone) =>
    locales.flatMap((locale) =>
      Array.from({ length: availableParallelism() }, (_, fewer) => ({ zone, locale, cores: 1 + fewer })),
    ),
  );
  // One after the other in the same surroundings, so that the program is loaded once in each.
  const tried = chance.shuffled(surroundings).slice(0, points);
  const cases = Array.from({ length: points }, (_, k) => ({
    ...tried[Math.floor((k * tried.length) / points)]!,
    made: {
      ...madeStudy,
      lineEnd: chance.pick(lineEnds),
      separator: chance.pick(separators),
      roster: chance.shuffled(madeStudy.roster),
      deliveries: chance
        .shuffled(madeStudy.deliveries)
        .map((delivery) => ({ ...delivery, rows: chance.shuffled(delivery.rows) })),
    } satisfies MadeStudy,
  }));
  const findings = await bench.each(cases, async ({ zone, locale, cores, made }) => {
    const study = await mkdtemp(join(place, "setting-"));
    try {
      await writeStudy(study, made);
      const environment = { TZ: zone, LANG: locale, LC_ALL: locale };
      const under = cores < availableParallelism() ? ["taskset", "-c", `0-${cores - 1}`] : [];
      const { code, told } = await runLoaded(["run", study, "--quiet"], { environment, under });
      if (code !== 0) return `${zone} ${locale} ${cores} cores: ended with ${code}: ${told.slice(0, 160)}`;
      const release = (await readFile(join(study, ".spejl", "releases", "latest"), "utf8")).trim();
      return release === wanted ? null : `${zone} ${locale} ${cores} cores: release ${release}, not ${wanted}`;
    } finally {
      await rm(study, { recursive: true, force: true });
    }
  });
  return { trials: points, findings };
};
