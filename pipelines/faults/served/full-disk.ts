import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { asReader, serveStudy, stopServing } from "../../crowd/crowd.ts";
import { type Answered, ask, keepAsking } from "../../crowd/requests.ts";
import { mount } from "../full-disk.ts";
import type { Bench, Finding, Tried } from "../kinds.ts";
import { isPage, onServer, readings, until } from "./trial.ts";

/**
 * The server's disk fills under load: reports are still read, each of them is in the log, nobody new signs in, the server
 * says that it is not well, and once there is space it goes on as before.
 */
export const fullServers = async (bench: Bench): Promise<Tried> => {
  const disk = await mkdtemp(join(bench.place, "disk-"));
  if (!mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", disk))
    return { skipped: "needs the right to mount a small disk" };
  const trial = (): Promise<Tried> =>
    onServer(
      bench,
      200,
      async ({ study, state, report }) => {
        const server = await serveStudy(study);
        const findings: Finding[] = [];
        const must = (isSo: boolean, broken: string): void => {
          if (!isSo) findings.push({ at: "full-server", broken });
        };
        const get = async (path: string): Promise<Answered | null> =>
          ask(server.origin, { path, headers: asReader(null) });
        const pages: Answered[] = [];
        let refused = 0;
        for (let k = 0; k < bench.points; k += 1) {
          const crowd = keepAsking(server.origin, 8, report);
          await until(() => crowd.got.length > 20 + bench.chance.below(20));
          const filler = join(disk, "filler");
          spawnSync("dd", ["if=/dev/zero", `of=${filler}`, "bs=4k"]);
          const before = crowd.got.length;
          await until(() => crowd.got.length > before + 100);
          must(crowd.got.slice(before + 10).some(isPage), "no report was read on the full disk");
          must((await get("/sign-in"))?.status === 200, "the page to sign in was not answered");
          must((await get("/healthz"))?.status === 503, "a server that cannot write says that it is well");
          await crowd.end();
          await rm(filler);
          const again = await ask(server.origin, report(k));
          must(again?.status === 200 || again?.status === 429, `with space again: ${again?.status}`);
          pages.push(...crowd.got, ...(again === null ? [] : [again]));
          refused += crowd.got.filter(({ status }) => status >= 500).length;
          process.stderr.write(`full-server ${k + 1} / ${bench.points}\r`);
        }
        must((await stopServing(server)) === 0, "it did not stop as it must");
        const { read, broken } = await readings(state);
        const served = pages.filter(isPage).length;
        must(broken === 0, `${broken} lines of the access log do not follow`);
        must(read.length === served, `${served} reports were served, and ${read.length} are in the access log`);
        must(refused === 0, `${refused} readers were refused`);
        return { trials: bench.points, findings, said: `${served} reports served, ${refused} refused` };
      },
      disk,
    );
  try {
    return await trial();
  } finally {
    spawnSync("umount", ["-l", disk]);
  }
};
