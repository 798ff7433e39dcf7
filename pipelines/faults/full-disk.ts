import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { brokenBy } from "./trial.ts";

const kilobytes = { smallest: 64, largest: 16_384 } as const;

export const mount = (...words: readonly string[]): boolean => spawnSync("mount", words).status === 0;

/** A disk of so many kilobytes; null where this user may make none. */
const smallDisk = async (place: string): Promise<string | null> => {
  const disk = await mkdtemp(join(place, "disk-"));
  return mount("-t", "tmpfs", "-o", `size=${kilobytes.largest * 4}k`, "tmpfs", disk) ? disk : null;
};

const usedKilobytes = (disk: string): number =>
  Number(spawnSync("df", ["--output=used", disk]).stdout.toString().trim().split("\n").at(-1));

/** A disk that is full after so many kilobytes more, and has space again for the next run. */
export const fullDisk = async (bench: Bench): Promise<Tried> => {
  const first = await smallDisk(bench.place);
  if (first === null) return { skipped: "needs the right to mount a small disk" };
  spawnSync("umount", [first]);
  const { templates, points, chance } = bench;
  const cases = Array.from({ length: points }, (_, k) => ({
    template: chance.pick([templates["first run"], templates["corrected delivery"]]),
    left: Math.round(kilobytes.smallest * (kilobytes.largest / kilobytes.smallest) ** (k / points)),
  }));
  let full = 0;
  const findings = await bench.each(cases, async ({ template, left }) => {
    const disk = await smallDisk(bench.place);
    if (disk === null) return "a disk could not be mounted";
    const resize = (size: number) => mount("-o", `remount,size=${size}k`, disk);
    try {
      await mkdir(join(disk, "trials"));
      const broken = await brokenBy(
        template,
        join(disk, "trials"),
        async (study) => {
          resize(usedKilobytes(disk) + left);
          const ended = await runCommand(["run", study, "--quiet"]);
          if (ended.code === 5) full += 1;
          resize(usedKilobytes(disk) + 1024);
          return ended;
        },
        async () => void resize(kilobytes.largest * 4),
      );
      return broken === null ? null : `${template.name}, ${left} KB left: ${broken}`;
    } finally {
      spawnSync("umount", ["-l", disk]);
    }
  });
  return { trials: points, findings, said: `${full} of them refused as full` };
};
