import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { againstControl } from "../../src/estimation/design/comparisons.ts";
import { followUpWaves } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { inferEffects } from "../../src/estimation/inference/fit-effects.ts";
import type { Infer } from "../../src/estimation/inference/inference.ts";
import { fittedModels } from "../../src/estimation/model/fitted-models.ts";
import { ancova } from "../../src/estimation/model/model-specs.ts";
import {
  type Analyse,
  analyseAsPlanned,
  type Performance,
  simulateTrial,
} from "../../src/estimation/simulation/simulate-trial.ts";
import type { Trial } from "../../src/estimation/simulation/simulated-trial.ts";
import { drawBlocks } from "../../src/stats/draws/draw-task.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import { membersOf, wildBootstrap, wildTask } from "../../src/stats/draws/wild-bootstrap.ts";
import { clusterPrecision, detectableEffect, powerFor } from "../../src/stats/trial/cluster-power.ts";
import { packageRoot } from "../../src/store/assets.ts";
import { textTable } from "../terminal/text-table.ts";
import { toolCommand } from "../terminal/tool.ts";

/** How often each estimator rejects what is true and finds what is there, by leaders per arm and ICC. */
export interface Calibration {
  readonly seed: number;
  readonly level: number;
  readonly respondents: number;
  readonly explainedBetween: number;
  readonly draws: number;
  readonly cells: readonly CalibrationCell[];
}

export interface CalibrationCell extends Omit<Performance, "arm"> {
  readonly leaders: number;
  readonly icc: number;
  /** True effect in sds: zero, or that which the formula finds with power 0.8. */
  readonly effect: number;
  /** Power by the formula of `spejl power`. */
  readonly formula: number;
}

const seed = 20180601;
const level = 0.05;
const respondents = 8;
const explainedBetween = 0.3;
const leadersPerArm = [8, 12, 20, 40] as const;
const iccs = [0, 0.05, 0.2] as const;
const replications = { cheap: 2000, bootstrap: 1000 } as const;
const draws = 399;

/** The bootstrap of a study takes thousands of draws; here so many are enough to see whether it holds its level. */
const fewDraws: Infer = async ({ source: { study }, fit, contrasts }) => {
  const task = wildTask(fit, contrasts, { seed: study.seed, draws, members: membersOf(fit), adjustment: 0 });
  const results = wildBootstrap(task, drawBlocks(task), study.plan.confidence);
  return {
    effects: results
      .map((result) => result && { ...result, df: null, pRaw: null, randomPart: null })
      .map((one) => one ?? "not-identified"),
    warnings: [],
  };
};

const bootstrapOnly: Analyse = async (study, design, cells) => {
  const fitted = fittedModels(study, design, () => cells)(ancova, followUpWaves(study)[0]!);
  if (typeof fitted === "string") return [];
  const { effects } = await inferEffects(fitted, againstControl(study), fewDraws, drawHere);
  return effects.map(({ arm, status, numbers }) => ({
    estimator: "wild-bootstrap",
    arm: study.arms[arm]!.id,
    status,
    ...(numbers ?? { estimate: null, p: null, low: null, high: null, df: null }),
  }));
};

const designOf = (leaders: number, icc: number) =>
  ({ respondents, sizeVariation: 0, icc, explainedBetween, explainedWithin: 0, clusters: [leaders, leaders] }) as const;

const formulaFor = (leaders: number, icc: number) => clusterPrecision({ ...designOf(leaders, icc), covariates: 1 })!;

const simulateCell = async (leaders: number, icc: number, effect: number, stream: number) => {
  const trial: Trial = { ...designOf(leaders, icc), leaders: [leaders, leaders], baseline: true, effect };
  const formula = powerFor(effect, formulaFor(leaders, icc), level);
  const run = (count: number, analyse: Analyse, block: number) =>
    simulateTrial(
      trial,
      { robustness: ["mixed"], confidence: 1 - level, replications: count },
      { stream: blockStream(seed, block), analyse },
      () => undefined,
    );
  const cheap = await run(replications.cheap, analyseAsPlanned, 2 * stream);
  const bootstrap = await run(replications.bootstrap, bootstrapOnly, 2 * stream + 1);
  return [...cheap, ...bootstrap].map(
    ({ arm: _, ...performance }): CalibrationCell => ({ leaders, icc, effect, formula, ...performance }),
  );
};

const calibrate = async (told: (cell: CalibrationCell) => void): Promise<Calibration> => {
  const cells: CalibrationCell[] = [];
  let stream = 0;
  for (const leaders of leadersPerArm) {
    for (const icc of iccs) {
      for (const effect of [0, detectableEffect(0.8, formulaFor(leaders, icc), level)]) {
        const found = await simulateCell(leaders, icc, effect, stream++);
        cells.push(...found);
        found.forEach(told);
      }
    }
  }
  return { seed, level, respondents, explainedBetween, draws, cells };
};

const percent = ({ rate, se }: { readonly rate: number; readonly se: number }): string =>
  `${(100 * rate).toFixed(1)} ± ${(196 * se).toFixed(1)}`;

const titles: Readonly<Record<string, string>> = {
  ancova: "ANCOVA, CR2",
  mixed: "mixed model, Satterthwaite (Kenward–Roger at a bound)",
  "wild-bootstrap": "wild cluster bootstrap",
};

/** So many standard errors off the level is more than chance does to one of 36 cells in a hundred such tables. */
const beyondChance = 3.6;

const reading = ({ cells, level }: Calibration): string => {
  const name = ({ estimator, leaders, icc }: CalibrationCell): string =>
    `${titles[estimator] ?? estimator} with ${leaders} leaders per arm at ICC ${icc}`;
  const off = cells.filter(
    ({ effect, rejected, replications: count }) =>
      effect === 0 && Math.abs(rejected.rate - level) > beyondChance * Math.sqrt((level * (1 - level)) / count),
  );
  const found = (leaders: number): number => {
    const those = cells.filter((one) => one.effect > 0 && one.leaders === leaders && one.estimator === "ancova");
    return those.reduce((sum, { rejected }) => sum + rejected.rate, 0) / those.length;
  };
  const held =
    off.length === 0
      ? "Every rate of rejection lies within simulation error of the level."
      : `Beyond simulation error of the level: ${off.map((one) => `${name(one)} (${(100 * one.rejected.rate).toFixed(1)} %)`).join("; ")}.`;
  const shown = leadersPerArm.map((leaders) => `${(100 * found(leaders)).toFixed(0)} % with ${leaders}`).join(", ");
  return `${held} Where leaders differ little or not at all, the mixed model's variance between them is often at its bound, and its test, which allows for some all the same, is careful.

Where the formula of \`spejl power\` says 80 %, ANCOVA finds on average over the ICCs ${shown} leaders per arm.`;
};

/** The table of the calibration, as Markdown. */
export const calibrationTable = (calibration: Calibration): string => {
  const { cells, draws, ...assumed } = calibration;
  const rows = cells
    .filter(({ effect }) => effect === 0)
    .map((cell) => {
      const power = cells.find(
        (one) =>
          one.effect > 0 && one.leaders === cell.leaders && one.icc === cell.icc && one.estimator === cell.estimator,
      );
      const values = [
        titles[cell.estimator] ?? cell.estimator,
        String(cell.leaders),
        String(cell.icc),
        percent(cell.rejected),
        percent(cell.covered),
        power ? percent(power.rejected) : "–",
      ];
      return `| ${values.join(" | ")} |`;
    });
  return `# Calibration

How often each estimator rejects a true null at ${100 * assumed.level} %, how often its ${100 - 100 * assumed.level} % interval covers the truth, and how often it finds the effect that the formula of \`spejl power\` says is found with power 80 %. Two arms, ${assumed.respondents} respondents per leader, a baseline that explains ${100 * assumed.explainedBetween} % of the variance between leaders; normal answers. All in percent, ± 1.96 Monte-Carlo standard errors; ${draws} draws per bootstrap. Seed ${assumed.seed}. Made anew by \`npm run simulate:calibration\`.

| estimator | leaders per arm | ICC | rejects a true null | covers | power where the formula says 80 |
|---|--:|--:|--:|--:|--:|
${rows.join("\n")}

${reading(calibration)}
`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  toolCommand(
    "simulate:calibration",
    "draw trials and count how often the estimators reject, cover and find; writes data/calibration.md",
    "",
  ).parse();
  const calibration = await calibrate(({ estimator, leaders, icc, effect, rejected }) => {
    process.stdout.write(
      `${textTable([[estimator, String(leaders), String(icc), effect.toFixed(3), percent(rejected)]])}\n`,
    );
  });
  await writeFile(join(packageRoot, "data/calibration.json"), `${JSON.stringify(calibration, null, 1)}\n`);
  await writeFile(join(packageRoot, "data/calibration.md"), calibrationTable(calibration));
}
