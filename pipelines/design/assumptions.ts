import { existsSync } from "node:fs";
import { Refusal } from "../../src/errors.ts";
import { isByUnit } from "../../src/estimation/design/design.ts";
import { type ObservedDesign, observedDesign } from "../../src/estimation/simulation/observed-design.ts";
import { unitsAsLeaders } from "../../src/estimation/simulation/units-as-leaders.ts";
import type { Share } from "../../src/stats/trial/explained-between.ts";
import { type Vault, vaultFile } from "../../src/store/vault/open.ts";
import { read } from "../../src/store/vault/read.ts";
import { withVault } from "../../src/store/vault/with-vault.ts";
import type { Study } from "../../src/study/study.ts";
import { allocations, placements, roster } from "../../src/tables/roster.ts";
import { designOf } from "../estimate/analyse.ts";
import { readCells } from "../estimate/cells.ts";
import { runTo } from "../run.ts";
import { outcomeName } from "../summarize/columns.ts";
import { repairText, type Terminal } from "../terminal/terminal.ts";

export interface PowerOptions {
  readonly arms?: number;
  readonly leaders?: number;
  readonly employees?: number;
  readonly response?: number;
  readonly sizeVariation?: number;
  readonly icc?: number;
  readonly r2?: number;
  readonly r2Employees?: number;
  readonly attrition?: number;
  readonly effect?: number;
  readonly sd?: number;
  readonly power?: number;
  readonly confidence?: number;
  readonly simulations?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly lang?: "da" | "en";
}

export type Source = "option" | "study" | "data" | "assumed";
export interface Assumption {
  readonly value: number;
  readonly source: Source;
}

/** R² with what the data say of it, whether or not it is used; from the data its lower end is taken. */
export interface ExplainedAssumption extends Assumption {
  readonly observed: Share | null;
}

/** Everything that power rests on; shares of 1, effects in sds. */
export interface Assumptions {
  readonly employees: Assumption;
  readonly response: Assumption;
  readonly sizeVariation: Assumption;
  readonly icc: Assumption;
  readonly r2: ExplainedAssumption;
  readonly r2Employees: Assumption;
  readonly attrition: Assumption;
  readonly power: Assumption;
  readonly confidence: Assumption;
  /** Null where the unit of the outcome is not known, or no effect is asked about. */
  readonly sd: Assumption | null;
  readonly effect: Assumption | null;
}

export interface DesignedArm {
  readonly id: string;
  readonly leaders: Assumption;
}

/** What is given to arms whole, and whether the numbers of a design count it or, not knowing better, leaders. */
export interface GivenWhole {
  readonly by: string;
  readonly counted: boolean;
}

/** A design with where each of its numbers comes from; the control arm first. */
export interface PlannedDesign {
  readonly study: string | null;
  readonly outcome: string | null;
  /** Null where leaders are drawn; where units are counted, they stand for leaders throughout. */
  readonly units: GivenWhole | null;
  readonly baseline: boolean;
  /** Tests that multiplicity is adjusted over: primary outcomes × arms. */
  readonly tests: number;
  readonly seed: number;
  readonly arms: readonly DesignedArm[];
  readonly assumptions: Assumptions;
}

interface Known {
  /** Null where leaders were drawn; else everything is of the units that were. */
  readonly by: string | null;
  readonly observed: ObservedDesign;
  readonly leaders: ReadonlyMap<string, number>;
}

const knownIn = async (vault: Vault, study: Study): Promise<Known | null> => {
  const rows = await read(vault, roster, "pipelines/estimate/leaders.sql");
  const design = designOf(study, rows, await read(vault, placements, "pipelines/estimate/placements.sql"));
  const outcome = study.plan.primary[0];
  const cells = outcome ? (await readCells(vault, study, [outcome], design.leaders))(outcome, "all") : null;
  if (cells === null) return null;
  const drawn = isByUnit(design) ? unitsAsLeaders(design, cells) : { design, cells };
  const count = (arm: number): number => drawn.design.arm.filter((own) => own === arm).length;
  const [allocation] = await read(vault, allocations, "pipelines/estimate/allocation.sql");
  return {
    by: isByUnit(design) ? (allocation?.allocated_by ?? null) : null,
    observed: observedDesign(study, drawn.design, drawn.cells),
    leaders: new Map(study.arms.map(({ id }, arm) => [id, count(arm)])),
  };
};

/** What the vault of a study says, brought up to date; null where nothing has been ingested. */
const knownOf = async (study: Study, terminal: Terminal): Promise<Known | null> => {
  if (!existsSync(vaultFile(study.folder))) return null;
  return withVault(
    study.folder,
    async (vault) => {
      await runTo(vault, { study, warnings: [] }, "summarize", terminal);
      return knownIn(vault, study);
    },
    (problem) => terminal.note(repairText(problem, terminal.language)),
  );
};

const ranges: Readonly<Record<string, readonly [accepts: (value: number) => boolean, words: string]>> = {
  arms: [(value) => value >= 2 && value <= 20, "2–20"],
  leaders: [(value) => value >= 1 && value <= 1_000_000, "≥ 1"],
  employees: [(value) => value > 0, "> 0"],
  response: [(value) => value > 0 && value <= 1, "0 < … ≤ 1"],
  sizeVariation: [(value) => value >= 0 && value <= 3, "0–3"],
  icc: [(value) => value >= 0 && value < 1, "0 ≤ … < 1"],
  r2: [(value) => value >= 0 && value < 1, "0 ≤ … < 1"],
  r2Employees: [(value) => value >= 0 && value < 1, "0 ≤ … < 1"],
  attrition: [(value) => value >= 0 && value < 1, "0 ≤ … < 1"],
  effect: [(value) => value > 0, "> 0"],
  sd: [(value) => value > 0, "> 0"],
  power: [(value) => value >= 0.5 && value < 1, "0.5 ≤ … < 1"],
  confidence: [(value) => value >= 0.5 && value < 1, "0.5 ≤ … < 1"],
  simulations: [(value) => value <= 100_000, "0–100000"],
};

const optionName = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const refuseOutside = (options: PowerOptions): void => {
  for (const [name, [accepts, words]] of Object.entries(ranges)) {
    const value = options[name as keyof PowerOptions];
    if (typeof value === "number" && !accepts(value))
      throw new Refusal({
        code: "usage",
        cause: `${optionName(name)} ${value}`,
        hint: `${optionName(name)}: ${words}`,
      });
  }
};

const first = (...candidates: readonly (readonly [number | null | undefined, Source])[]): Assumption | null => {
  const found = candidates.find(([value]) => value !== null && value !== undefined);
  return found ? { value: found[0]!, source: found[1] } : null;
};

const assumed = (options: PowerOptions, study: Study | null, seen: ObservedDesign | null): Assumptions => {
  const or = (value: number | undefined, data: number | null | undefined, otherwise: number): Assumption =>
    first([value, "option"], [data, "data"])! ?? { value: otherwise, source: "assumed" };
  const sd = first([options.sd, "option"], [seen?.sd, "data"]);
  const points = study?.plan.smallestEffectOfInterest ?? null;
  return {
    employees: or(options.employees, options.response === undefined ? seen?.respondents : null, 8),
    response: or(options.response, null, 1),
    sizeVariation: or(options.sizeVariation, seen?.sizeVariation, 0),
    icc: or(options.icc, seen?.icc, 0.1),
    r2: { ...or(options.r2, seen?.explainedBetween?.low, 0), observed: seen?.explainedBetween ?? null },
    r2Employees: or(options.r2Employees, null, 0),
    attrition: or(options.attrition, seen?.attrition, 0),
    power: or(options.power, null, 0.8),
    confidence: first([options.confidence, "option"], [study?.plan.confidence, "study"]) ?? or(undefined, null, 0.95),
    sd,
    effect: first([options.effect, "option"], [points === null || sd === null ? null : points / sd.value, "study"]),
  };
};

const armsOf = (options: PowerOptions, study: Study | null, known: Known | null): readonly DesignedArm[] => {
  const declared = study && study.arms.length > 0 && options.arms === undefined ? study.arms : null;
  if (declared === null)
    return Array.from({ length: options.arms ?? 2 }, (_, arm) => ({
      id: arm === 0 ? "control" : `arm-${arm}`,
      leaders: first([options.leaders, "option"]) ?? { value: 40, source: "assumed" },
    }));
  return [...declared]
    .sort((a, b) => Number(b.control) - Number(a.control))
    .map(({ id }) => ({
      id,
      leaders: first([options.leaders, "option"], [known?.leaders.get(id), "data"]) ?? { value: 40, source: "assumed" },
    }));
};

function unitsOf(study: Study | null, known: Known | null): GivenWhole | null {
  if (known) return known.by === null ? null : { by: known.by, counted: true };
  const by = study?.allocation?.by ?? "leader";
  return by === "leader" ? null : { by, counted: false };
}

/** The design to compute with: options first, then what the study and its data say, then what is usual. */
export const planDesign = async (
  study: Study | null,
  options: PowerOptions,
  terminal: Terminal,
): Promise<PlannedDesign> => {
  refuseOutside(options);
  const known = study && (await knownOf(study, terminal));
  const arms = armsOf(options, study, known);
  const outcome = study?.plan.primary[0];
  return {
    study: study?.id ?? null,
    outcome: outcome ? outcomeName(outcome).trim() : null,
    units: unitsOf(study, known),
    baseline: study ? study.waves.some(({ baseline }) => baseline) : true,
    tests: Math.max(1, study?.plan.primary.length ?? 1) * (arms.length - 1),
    seed: options.seed ?? study?.seed ?? 1,
    arms,
    assumptions: assumed(options, study, known?.observed ?? null),
  };
};
