import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { chanceOf } from "../fuzz/chance.ts";
import { toolCommand } from "../terminal/tool.ts";
import { whole } from "../terminal/usage.ts";
import { endLoaded } from "./command.ts";
import { erasures } from "./erasures.ts";
import { flippedBits } from "./flips.ts";
import { fullDisk } from "./full-disk.ts";
import { killedAnyTime } from "./kills.ts";
import { killedErasures } from "./kills-of-erase.ts";
import type { Bench, Finding, Tried } from "./kinds.ts";
import { sequences } from "./sequences.ts";
import { killedServers, stoppedServers } from "./served/ends.ts";
import { fullServers } from "./served/full-disk.ts";
import { redeemedLinks, timedSignIns } from "./served/sign-ins.ts";
import { switchedReleases } from "./served/switches.ts";
import { otherSettings } from "./settings.ts";
import { failedCalls, killedAtCalls } from "./system-calls.ts";
import { makeTemplates } from "./trial.ts";

const kinds: Readonly<Record<string, (bench: Bench) => Promise<Tried>>> = {
  kills: killedAnyTime,
  "kills-at-calls": killedAtCalls,
  "failed-calls": failedCalls,
  "full-disk": fullDisk,
  flips: flippedBits,
  settings: otherSettings,
  sequences,
  erasures,
  "kills-of-erase": killedErasures,
  "kills-of-server": killedServers,
  "stops-of-server": stoppedServers,
  switches: switchedReleases,
  links: redeemedLinks,
  "sign-ins": timedSignIns,
  "full-server": fullServers,
};

const named = (text: string): readonly string[] => {
  const unknown = text.split(",").filter((kind) => !Object.hasOwn(kinds, kind));
  if (unknown.length > 0) throw new InvalidArgumentError(`there is no ${unknown.join(", ")}`);
  return text.split(",");
};

const {
  kinds: chosen,
  points,
  seed,
} = toolCommand(
  "faults",
  "kill runs, let system calls fail, fill disks and flip bits: each must end as if undisturbed, or in a typed refusal",
  "--kinds kills,flips --points 5",
)
  .option("--kinds <kinds>", "some of them, comma-separated", named, Object.keys(kinds))
  .option("--points <n>", "trials of each kind", whole, 20)
  .option("--seed <n>", "seed of the lot", whole, 1)
  .parse()
  .opts<{ readonly kinds: readonly string[]; readonly points: number; readonly seed: number }>();

const sideBySide =
  (kind: string): Bench["each"] =>
  async (cases, trial) => {
    const findings: Finding[] = [];
    let [next, done] = [0, 0];
    const work = async (): Promise<void> => {
      while (next < cases.length) {
        const one = cases[next++]!;
        const broken = await trial(one);
        done += 1;
        process.stderr.write(`${kind} ${done} / ${cases.length}\r`);
        if (broken === null) continue;
        process.stdout.write(`${kind}: ${broken}\n`);
        findings.push({ at: kind, broken });
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return findings;
  };

const place = await mkdtemp(join(tmpdir(), "spejl-faults-"));
try {
  const templates = await makeTemplates(place);
  let broken = 0;
  for (const [index, kind] of chosen.entries()) {
    const since = performance.now();
    const tried = await kinds[kind]!({
      templates,
      place,
      points,
      chance: chanceOf(seed, index),
      each: sideBySide(kind),
    });
    const seconds = Math.round((performance.now() - since) / 1000);
    if ("skipped" in tried) {
      process.stdout.write(`${kind}: not tried: ${tried.skipped}\n`);
      continue;
    }
    broken += tried.findings.length;
    const said = tried.said ? ` (${tried.said})` : "";
    process.stdout.write(
      `${kind}: ${tried.trials} trials${said}, ${tried.findings.length} broken; seed ${seed}; ${seconds} s\n`,
    );
  }
  if (broken > 0) process.exitCode = 1;
} finally {
  endLoaded();
  await rm(place, { recursive: true, force: true });
}
