import { cp, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { serveStudy, stopServing } from "../../crowd/crowd.ts";
import { ask, keepAsking } from "../../crowd/requests.ts";
import { runLoaded } from "../command.ts";
import type { Bench, Finding, Tried } from "../kinds.ts";
import { correctedStudy, writeStudy } from "../made-study.ts";
import { cut, isPage, latestOf, onServer, readings } from "./trial.ts";

const switches = 10;

/** Another release is published ten times a trial while a crowd reads: each answer is of one release, and the log says of which. */
export const switchedReleases = (bench: Bench): Promise<Tried> =>
  onServer(bench, 400, async ({ study, state, readers, report }) => {
    const one = await latestOf(study);
    const other = `${study}-corrected`;
    await cp(study, other, { recursive: true });
    await writeStudy(other, correctedStudy);
    const { code, told } = await runLoaded(["run", other, "--quiet"]);
    if (code !== 0) throw new Error(`run ended with ${code}: ${told}`);
    const two = await latestOf(other);
    const releases = (folder: string): string => join(folder, ".spejl", "releases");
    await cp(join(releases(other), two), join(releases(study), two), { recursive: true });
    await rm(other, { recursive: true });
    const pointTo = async (id: string): Promise<void> => {
      await writeFile(join(releases(study), "next"), id);
      await rename(join(releases(study), "next"), join(releases(study), "latest"));
    };
    const server = await serveStudy(study);
    const pagesOf = async (id: string): Promise<ReadonlySet<string>> => {
      await pointTo(id);
      const pages = await Promise.all(readers.slice(0, 16).map((_, k) => ask(server.origin, report(k))));
      return new Set(pages.map((page) => page?.body ?? ""));
    };
    const pages = new Map([
      [one, await pagesOf(one)],
      [two, await pagesOf(two)],
    ]);
    const before = (await readings(state)).read.length;
    const crowd = keepAsking(server.origin, 8, report);
    for (let k = 0; k < switches * bench.points; k += 1) {
      await pointTo(k % 2 ? one : two);
      await setTimeout(5);
    }
    await crowd.end();
    await stopServing(server);
    const findings: Finding[] = [];
    const finding = (broken: string): void => void findings.push({ at: "switches", broken });
    const served = crowd.got.filter(isPage);
    if (cut(crowd.got) > 0) finding(`${cut(crowd.got)} pages were cut`);
    const { read, broken } = await readings(state);
    const since = read.slice(before);
    for (const [id, own] of pages) {
      const got = served.filter(({ body }) => own.has(body)).length;
      const logged = since.filter(({ release }) => release === id).length;
      if (got !== logged) finding(`${got} reports of ${id} were served, and ${logged} are in the access log`);
    }
    const strange = served.filter(({ body }) => ![...pages.values()].some((own) => own.has(body))).length;
    if (strange > 0) finding(`${strange} pages are of neither release`);
    if (broken > 0) finding(`${broken} lines of the access log do not follow`);
    return { trials: switches * bench.points, findings, said: `${served.length} reports served meanwhile` };
  });
