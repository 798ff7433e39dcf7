import { Argument, Option } from "commander";
import type { PowerOptions } from "../design/assumptions.ts";
import type { PlanOptions, RandomiseOptions } from "../design/commands.ts";
import { whole } from "../terminal/usage.ts";
import { type Add, decimal, terminalOf } from "./program.ts";

export const designCommands = (command: Add): void => {
  command(
    "plan",
    "freeze the analysis plan with its date, or show it; later runs mark each estimate as planned or deviation",
    "spejl plan lock my-study",
  )
    .addArgument(new Argument("<action>", "what to do with the plan").choices(["lock", "show"]))
    .argument("[study]")
    .addOption(
      new Option("--format <form>", "with `show`: the plan under a registry's headings").choices([
        "osf",
        "aea",
        "markdown",
      ]),
    )
    .addOption(new Option("--lang <language>", "language of --format markdown").choices(["da", "en"]))
    .action(async (action: "lock" | "show", study: string | undefined, options: object) => {
      const { plan } = await import("../design/commands.ts");
      await plan(action, study ?? ".", options as PlanOptions, terminalOf(options));
    });

  command(
    "randomise [study]",
    "draw an arm for every leader of the roster, within blocks, from a seed and with a record",
    "spejl randomise my-study --by unit --out my-study/assignment.csv",
  )
    .option("--out <file>", "where to write the roster with its arms (default: the study's assignment.csv)")
    .option("--by <column>", "draw whole units: a roster column such as unit or class")
    .option("--block <columns>", "draw within these roster columns, comma-separated (default: the roster's block)")
    .option("--seed <n>", "seed of the draw (default: the study's)", whole)
    .option("--verify", "make the recorded draw again and compare it with what was written and with the roster", false)
    .action(async (study: string | undefined, options: object) => {
      const { randomise } = await import("../design/commands.ts");
      await randomise(study ?? ".", options as RandomiseOptions, terminalOf(options));
    });

  command(
    "power [study]",
    "minimum detectable effect and power of a design, by formula and by simulation; a study gives the defaults",
    "spejl power --leaders 40 --employees 8 --icc 0.1 --r2 0.3 --out power.svg",
  )
    .option("--arms <n>", "arms, the control arm included (default: the study's, else 2)", whole)
    .option("--leaders <n>", "leaders per arm (default: those of the roster, else 40)", whole)
    .option("--employees <n>", "employees per leader (default: answers per leader in the data, else 8)", decimal)
    .option("--response <share>", "share of employees who answer (default: 1)", decimal)
    .option("--size-variation <cv>", "coefficient of variation of answers per leader", decimal)
    .option("--icc <share>", "share of the variance between leaders (default: from the data, else 0.1)", decimal)
    .option(
      "--r2 <share>",
      "share of that variance that the baseline explains (default: from the data, else 0)",
      decimal,
    )
    .option("--r2-employees <share>", "share of the variance between employees that covariates explain", decimal)
    .option("--attrition <share>", "share of leaders lost (default: from the data, else 0)", decimal)
    .option(
      "--effect <sd>",
      "effect to find, in standard deviations (default: the study's smallest of interest)",
      decimal,
    )
    .option("--sd <points>", "standard deviation in the unit of the outcome", decimal)
    .option("--power <share>", "wanted power (default: 0.8)", decimal)
    .option("--confidence <share>", "confidence of the interval (default: the study's, else 0.95)", decimal)
    .option("--simulations <n>", "simulated trials per effect; 0 for none (default: 1000)", whole)
    .option("--seed <n>", "seed of the simulation (default: the study's)", whole)
    .option("--out <file.svg>", "a picture of power against leaders per arm")
    .addOption(new Option("--lang <language>", "language of the picture").choices(["da", "en"]))
    .action(async (study: string | undefined, options: object) => {
      const { power } = await import("../design/commands.ts");
      await power(study, options as PowerOptions, terminalOf(options));
    });

  command(
    "simulate <dir>",
    "write a synthetic study of any size, with its true effects",
    "spejl simulate big --leaders 50000 --employees 7",
  )
    .option("--leaders <n>", "leaders", whole)
    .option("--employees <n>", "employees per leader, on average", decimal)
    .option("--waves <n>", "survey rounds, 1–6", whole)
    .option("--arms <n>", "0 (no experiment), 2, 3 or 4", whole)
    .option("--seed <n>", "seed of the random numbers", whole)
    .action(async (directory: string, options: object) => {
      const { simulate } = await import("../commands.ts");
      await simulate(directory, options, terminalOf(options));
    });
};
