import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Language, Refusal } from "../../src/errors.ts";
import { drawPower } from "../../src/reporting/design/power-figure.ts";
import { planLockPlace } from "../../src/store/plan-lock-file.ts";
import { reportAssets } from "../../src/store/report-assets.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { logged } from "../persons/logged.ts";
import { assignmentTable, verifiedText } from "../terminal/assignment.ts";
import { planText } from "../terminal/plan.ts";
import { powerText } from "../terminal/power.ts";
import { type RegistrationFormat, registrationOf, registrationText } from "../terminal/registration.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { say } from "../terminal/words.ts";
import { recordFile } from "./assignment.ts";
import { type PlannedDesign, type PowerOptions, planDesign } from "./assumptions.ts";
import { enrolmentOf } from "./enrolment.ts";
import { lockPlan, showPlan } from "./plan.ts";
import { clusterDesign, measuredLeaders, type PowerComparison, powerOfDesign } from "./power.ts";
import { randomise as drawAssignment, verifyAssignment } from "./randomise.ts";

/** On Ctrl-C what is being written is written whole, and then the command ends. */
const finishingFirst = async <T>(work: () => Promise<T>): Promise<T> => {
  let interrupted = false;
  const note = (): void => {
    interrupted = true;
  };
  process.on("SIGINT", note);
  try {
    return await work();
  } finally {
    process.off("SIGINT", note);
    if (interrupted) process.exit(130);
  }
};

export interface PlanOptions {
  readonly format?: RegistrationFormat;
  readonly lang?: Language;
}

/** Freezes the analysis plan, or shows it, in the form of a registry where one is named. */
export const plan = async (
  action: "lock" | "show",
  folder: string,
  { format, lang }: PlanOptions,
  terminal: Terminal,
): Promise<void> => {
  if (action === "lock" && format !== undefined)
    throw new Refusal({
      code: "usage",
      cause: `plan lock --format ${format}`,
      hint: `spejl plan show --format ${format}`,
    });
  const study = await readStudy(folder);
  const state =
    action === "lock"
      ? await logged(folder, { command: "plan lock" }, () => finishingFirst(() => lockPlan(study)))
      : await showPlan(study);
  const registration =
    format && registrationOf({ study, state, enrolment: await enrolmentOf(study) }, format, lang ?? study.language);
  if (terminal.json) return terminal.print(registration ? { ...state, registration } : state);
  if (registration) return terminal.say(registrationText(registration));
  terminal.say(planText(state, terminal.language));
  if (action === "lock") terminal.say(`  ${planLockPlace(folder).file}`);
};

export interface RandomiseOptions {
  readonly out?: string;
  readonly by?: string;
  readonly block?: string;
  readonly seed?: number;
  readonly verify: boolean;
}

/** Draws the arms, or shows that they are as they were drawn. */
export const randomise = async (folder: string, options: RandomiseOptions, terminal: Terminal): Promise<void> => {
  const study = await readStudy(folder);
  const out = options.out ?? join(folder, "assignment.csv");
  const drawing = {
    by: options.by ?? null,
    within: options.block === undefined ? null : options.block.split(",").map((name) => name.trim()),
    seed: options.seed ?? study.seed,
    out,
  };
  const record = options.verify
    ? await verifyAssignment(study)
    : await logged(folder, { command: "randomise" }, () => finishingFirst(() => drawAssignment(study, drawing)));
  if (terminal.json) return terminal.print(options.verify ? { verified: true, ...record } : record);
  terminal.say(assignmentTable(record, terminal.language));
  if (options.verify) return terminal.say(`\n${verifiedText(terminal.language)}`);
  terminal.say(`\n  ${out}\n  ${recordFile(folder)}`);
};

const writeFigure = async (file: string, svg: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(`${file}.partial`, svg);
    await rename(`${file}.partial`, file);
  } catch (fault) {
    await rm(`${file}.partial`, { force: true });
    throw fault;
  }
};

const pictureOf = (design: PlannedDesign, comparisons: readonly PowerComparison[]) => {
  const { assumptions } = design;
  const planned = Math.min(...measuredLeaders(design));
  return {
    design: clusterDesign(design, [planned, planned]),
    level: 1 - assumptions.confidence.value,
    power: assumptions.power.value,
    effect: comparisons[0]?.effect ?? null,
    sd: assumptions.sd?.value ?? null,
    planned,
  };
};

/** Detectable effect and power of a design, with a picture where one is asked for. */
export const power = async (folder: string | undefined, options: PowerOptions, terminal: Terminal): Promise<void> => {
  const named = folder ?? (existsSync("study.yaml") ? "." : null);
  const study = named === null ? null : await readStudy(named);
  const design = await planDesign(study, options, terminal);
  const simulations = options.simulations ?? 1000;
  const comparisons = await terminal.stage(
    "power",
    (progress) => powerOfDesign(design, simulations, progress),
    () => `${simulations} ${say("simulatedTrials", terminal.language)}`,
  );
  if (options.out !== undefined) {
    const language = options.lang ?? study?.language ?? terminal.language;
    const { out } = options;
    const svg = await drawPower(pictureOf(design, comparisons), language, reportAssets);
    await finishingFirst(() => writeFigure(out, svg));
  }
  if (terminal.json) return terminal.print({ ...design, comparisons, files: options.out ? [options.out] : [] });
  terminal.say(powerText(design, comparisons, terminal.language));
  if (options.out !== undefined) terminal.say(`\n  ${options.out}`);
};
