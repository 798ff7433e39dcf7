import { runCommand } from "./command.ts";
import type { Bench, Tried } from "./kinds.ts";
import { brokenBy } from "./trial.ts";

/** Killed at any time of a run. */
export const killedAnyTime = async (bench: Bench): Promise<Tried> => {
  const { templates, place, points, chance } = bench;
  const since = performance.now();
  await brokenBy(templates["first run"], place, (study) => runCommand(["run", study, "--quiet"]));
  const longest = performance.now() - since;
  const cases = Array.from({ length: points }, () => ({
    template: chance.pick([templates["first run"], templates["corrected delivery"]]),
    after: chance.below(Math.ceil(longest)),
  }));
  let killed = 0;
  const findings = await bench.each(cases, async ({ template, after }) => {
    const broken = await brokenBy(template, place, async (study) => {
      const ended = await runCommand(["run", study, "--quiet"], { killAfter: after });
      if (ended.code === null) killed += 1;
      return ended;
    });
    return broken === null ? null : `${template.name}, after ${after} ms: ${broken}`;
  });
  return { trials: points, findings, said: `${killed} of them before the end` };
};
