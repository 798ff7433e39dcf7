import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Design } from "../../src/estimation/design/design.ts";
import { drawHere } from "../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../src/estimation/estimate-effects.ts";
import {
  drawUnitCells,
  type UnitTrial,
  unitTrialDesign,
  unitTrialStudy,
} from "../../src/estimation/simulation/simulated-units.ts";
import { responseBounds } from "../../src/estimation/trial/response-bounds.ts";
import { blockStream } from "../../src/stats/draws/random-streams.ts";
import type { Cells } from "../../src/stats/moments/moments.ts";
import { packageRoot } from "../../src/store/assets.ts";
import type { Study } from "../../src/study/study.ts";
import type { RosterRow } from "../../src/tables/roster.ts";
import { toolCommand } from "../terminal/tool.ts";
import { calibrateResponse, type ResponseCalibration, responseCalibrationTable } from "./response-calibration.ts";

/** What is counted over replications of one trial. */
export interface UnitCalibrationCell {
  /** Units of both arms. */
  readonly units: number;
  readonly replications: number;
  /** Shares that reject the true null: clustered by unit, as arms were given out, and by leader. */
  readonly rejectedByUnit: number;
  readonly rejectedByLeader: number;
  readonly meanDf: number;
  /**
   * Shares of intervals of the worst-case bounds that cover the effect on all employees: where who answers has nothing to
   * do with the answer, and where those who do not answer are at the ends of the scale, so that it lies on a bound.
   */
  readonly coveredAtRandom: number;
  readonly coveredOnBound: number;
}
export interface UnitCalibration {
  readonly seed: number;
  readonly trial: Omit<UnitTrial, "unitsPerArm">;
  readonly cells: readonly UnitCalibrationCell[];
  readonly response: ResponseCalibration;
}

const seed = 20180602;
const replications = 2000;
const level = 0.05;
const unitsOfBothArms = [6, 12, 20] as const;
const assumed = { leadersPerUnit: 4, employees: 8, response: 0.7, betweenUnits: 0.1, betweenLeaders: 0.05 } as const;
/** Ends of the scale of a simulated study. */
const ends = { low: -5, high: 5 } as const;

const analysed = async (study: Study, design: Design, cells: Cells) => {
  const [row] = (await estimateEffects(study, design, () => cells, drawHere)).estimates;
  if (row?.p == null || row.df === null) throw new RangeError("A simulated trial without an estimate.");
  return { rejected: row.p < level, df: row.df };
};

/** Interval of the worst-case bounds, from the headcounts and how many answered. */
const boundsOf = (study: Study, design: Design, cells: Cells, employees: number) => {
  const wave = study.waves[0]!.id;
  const nothing = { block: null, class: null, sparring_group: null, attended: null, from_date: null, to_date: null };
  const roster = design.leaders.map((leader, g): RosterRow => {
    const arm = study.arms[design.arm[g]!]!.id;
    return { ...nothing, leader, arm, roster_arm: arm, allocation_unit: `${design.cluster[g]}`, employees };
  });
  const responses = design.leaders.map((leader, g) => ({ leader, wave, rater: "employee" as const, n: cells.n[g]! }));
  const interval = responseBounds(study, design, () => cells, roster, responses as never)[0]?.interval;
  if (interval == null) throw new RangeError("A simulated trial without bounds.");
  return interval;
};

const simulate = async (units: number, stream: RandomGenerator, count: number): Promise<UnitCalibrationCell> => {
  const full: UnitTrial = { ...assumed, unitsPerArm: units / 2, response: 1 };
  const partial: UnitTrial = { ...full, response: assumed.response };
  const design = unitTrialDesign(full);
  const leaders = { ...design, cluster: Int32Array.from(design.leaders.keys()), clusters: design.leaders.length };
  const study = unitTrialStudy(full, seed);
  /** Of all employees, where those who do not answer are at the bottom in the arm and at the top in the control arm. */
  const onBound = (1 - assumed.response) * (ends.low - ends.high);
  const counts = { byUnit: 0, byLeader: 0, df: 0, atRandom: 0, onBound: 0 };
  for (let k = 0; k < count; k++) {
    const cells = drawUnitCells(full, design, stream);
    const byUnit = await analysed(study, design, cells);
    counts.byUnit += Number(byUnit.rejected);
    counts.df += byUnit.df;
    counts.byLeader += Number((await analysed(study, leaders, cells)).rejected);
    const { low, high } = boundsOf(study, design, drawUnitCells(partial, design, stream), partial.employees);
    counts.atRandom += Number(low <= 0 && 0 <= high);
    counts.onBound += Number(low <= onBound && onBound <= high);
  }
  return {
    ...{ units, replications: count },
    rejectedByUnit: counts.byUnit / count,
    rejectedByLeader: counts.byLeader / count,
    meanDf: counts.df / count,
    coveredAtRandom: counts.atRandom / count,
    coveredOnBound: counts.onBound / count,
  };
};

/** Runs the simulation. Every number of units has a stream of its own. */
export const calibrateUnits = async (count: number): Promise<UnitCalibration> => {
  const cells: UnitCalibrationCell[] = [];
  for (const [k, units] of unitsOfBothArms.entries()) cells.push(await simulate(units, blockStream(seed, k), count));
  return { seed, trial: assumed, cells, response: calibrateResponse(seed, 2 * count) };
};

const percent = (share: number, count: number): string =>
  `${(100 * share).toFixed(1)} ± ${(196 * Math.sqrt((share * (1 - share)) / count)).toFixed(1)}`;

/** The table of the simulation, as Markdown. */
export const unitCalibrationTable = ({ seed: own, trial, cells, response }: UnitCalibration): string => {
  const rows = cells.map((cell) => {
    const shares = [cell.rejectedByUnit, cell.rejectedByLeader, cell.coveredAtRandom, cell.coveredOnBound];
    const [byUnit, byLeader, random, bound] = shares.map((share) => percent(share, cell.replications));
    return `| ${cell.units} | ${byUnit} | ${cell.meanDf.toFixed(1)} | ${byLeader} | ${random} | ${bound} |`;
  });
  const count = (cells[0]?.replications ?? 0).toLocaleString("en-GB");
  return `# Calibration: arms given to whole units

How often ANCOVA with CR2 rejects a true null at 5 % where arms were drawn for whole units of ${trial.leadersPerUnit} leaders: clustered by unit, as Spejl does there, and by leader, as would be wrong. Beside it, how often the 95 % interval of the worst-case bounds covers the effect on all employees, clustered by unit, where ${100 * trial.response} % of them answer: when who answers has nothing to do with the answer, and when those who do not answer are at the ends of the scale, so that the effect lies on a bound and an interval that covers it 95 times of 100 is as short as it may be. Two arms, ${trial.employees} employees per leader; ${100 * trial.betweenUnits} % of the variance between units, ${100 * trial.betweenLeaders} % between the leaders of a unit; no baseline. All in percent, ± 1.96 Monte-Carlo standard errors; ${count} replications. Seed ${own}. Made anew by \`npm run simulate:units\`.

| units | rejects, by unit | df | rejects, by leader | bounds cover, at random | bounds cover, on the bound |
|--:|--:|--:|--:|--:|--:|
${rows.join("\n")}

${responseCalibrationTable(response, percent)}`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  toolCommand(
    "simulate:units",
    "the same where arms are given to whole units; writes data/calibration-units.md",
    "",
  ).parse();
  const calibration = await calibrateUnits(replications);
  await writeFile(join(packageRoot, "data/calibration-units.json"), `${JSON.stringify(calibration, null, 1)}\n`);
  await writeFile(join(packageRoot, "data/calibration-units.md"), unitCalibrationTable(calibration));
  process.stdout.write(unitCalibrationTable(calibration));
}
