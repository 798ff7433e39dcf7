import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { drawHere } from "../../../src/estimation/design/draws.ts";
import { estimateEffects } from "../../../src/estimation/estimate-effects.ts";
import { drawCells, type Trial, trialDesign, trialStudy } from "../../../src/estimation/simulation/simulated-trial.ts";
import { blockStream } from "../../../src/stats/draws/random-streams.ts";
import type { Cells } from "../../../src/stats/moments/moments.ts";
import type { Plan, Study } from "../../../src/study/study.ts";
import { type Cell, rateOf, type Table } from "./table.ts";

/** Arms of `leaders` leaders each, one of them control, and as many independent outcomes, none of which is affected. */
interface Setting {
  readonly leaders: number;
  readonly outcomes: number;
  readonly multiplicity: Plan["multiplicity"];
}

const arms = 3;

const trialOf = ({ leaders }: Setting): Trial => ({
  leaders: new Array<number>(arms).fill(leaders),
  respondents: 8,
  sizeVariation: 0,
  icc: 0.1,
  explainedBetween: 0.3,
  explainedWithin: 0,
  baseline: true,
  effect: 0,
});

/** The trial's study with so many copies of its outcome, all of them primary. */
function withOutcomes(study: Study, { outcomes, multiplicity }: Setting): Study {
  const [scale] = study.instrument.scales;
  const scales = Array.from({ length: outcomes }, (_, k) => ({ ...scale!, id: `outcome-${k}` }));
  const primary = scales.map(({ id }) => ({ scale: id, rater: "employee" }) as const);
  return {
    ...study,
    instrument: { ...study.instrument, scales },
    plan: { ...study.plan, primary, multiplicity },
  };
}

/** Whether anything was rejected of one drawn family whose nulls are all true. */
async function rejectsAny(setting: Setting, level: number, stream: RandomGenerator): Promise<boolean> {
  const trial = trialOf(setting);
  const design = trialDesign(trial);
  const plan = { robustness: [], confidence: 1 - level, seed: stream.next() & 0x7fffffff };
  const study = withOutcomes(trialStudy(trial, plan), setting);
  const cells = new Map<string, Cells>(
    study.plan.primary.map(({ scale }) => [scale, drawCells(trial, design, stream)] as const),
  );
  const { estimates } = await estimateEffects(study, design, ({ scale }) => cells.get(scale) ?? null, drawHere);
  return estimates.some(({ p, pAdjusted }) => (pAdjusted ?? p ?? 1) < level);
}

const settings: readonly Setting[] = [5, 8, 12].flatMap((leaders) =>
  [1, 3].flatMap((outcomes) =>
    (["none", "holm", "romano-wolf"] as const).map((multiplicity) => ({ leaders, outcomes, multiplicity })),
  ),
);

const names = { none: "none", holm: "Holm", "romano-wolf": "Romano–Wolf" } as const;

/** The same drawn studies for every correction, so that they can be compared. */
async function simulate(setting: Setting, replications: number, level: number, seed: number): Promise<Cell> {
  const stream = blockStream(seed, setting.leaders * 10 + setting.outcomes);
  let rejected = 0;
  for (let k = 0; k < replications; k++) rejected += Number(await rejectsAny(setting, level, stream));
  return {
    values: [String(setting.leaders), String(setting.outcomes), names[setting.multiplicity]],
    rates: [rateOf(rejected, replications)],
  };
}

/** Family-wise error of the corrections with few leaders, through the code that estimates a study. */
export const familyError: Table = {
  id: "family-error",
  title: "Family-wise error",
  lead: (replications) =>
    `How often at least one of several true nulls is rejected at 5 %. Two trained arms and a control arm, 8 respondents per leader, ICC 0.1, a baseline; independent outcomes; ANCOVA with CR2. ${replications} drawn studies a row, the same for each correction.`,
  columns: ["leaders per arm", "outcomes", "correction", "rejects any"],
  replications: 4000,
  run: async function* (replications, seed) {
    for (const setting of settings) yield await simulate(setting, replications, 0.05, seed);
  },
};
