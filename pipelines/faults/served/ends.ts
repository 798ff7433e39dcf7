import { serveStudy } from "../../crowd/crowd.ts";
import { keepAsking } from "../../crowd/requests.ts";
import type { Bench, Finding, Tried } from "../kinds.ts";
import { cut, isPage, onServer, readings, until } from "./trial.ts";

const readers = 8;

/** Ends a server again and again while a crowd reads. */
const ended = (bench: Bench, signal: "SIGKILL" | "SIGTERM"): Promise<Tried> =>
  onServer(bench, 200, async ({ study, state, report }) => {
    const findings: Finding[] = [];
    const finding = (broken: string): void => void findings.push({ at: signal, broken });
    let served = 0;
    for (let k = 0; k < bench.points; k += 1) {
      const server = await serveStudy(study);
      const crowd = keepAsking(server.origin, readers, report);
      const enough = 20 + bench.chance.below(200);
      await until(() => crowd.got.length > enough);
      if (signal === "SIGKILL") process.kill(server.pid, signal);
      else server.command.kill(signal);
      await crowd.gone;
      const code = await server.ended;
      served += crowd.got.filter(isPage).length;
      if (cut(crowd.got) > 0) finding(`${cut(crowd.got)} pages were cut`);
      if (signal === "SIGTERM" && code !== 0) finding(`ended with ${code}`);
      process.stderr.write(`${signal} ${k + 1} / ${bench.points}\r`);
    }
    const { read, broken } = await readings(state);
    if (broken > 0) finding(`${broken} lines of the access log do not follow`);
    if (read.length < served) finding(`${served - read.length} of ${served} served reports are not in the access log`);
    return { trials: bench.points, findings, said: `${served} reports served, ${read.length} in the access log` };
  });

/** Killed under load: what was served is in the access log, whose chain holds. */
export const killedServers = (bench: Bench): Promise<Tried> => ended(bench, "SIGKILL");

/** Told to stop under load: what was begun is answered whole. */
export const stoppedServers = (bench: Bench): Promise<Tried> => ended(bench, "SIGTERM");
