#!/usr/bin/env node
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { Refusal } from "../src/errors.ts";
import { packageVersion } from "../src/store/assets.ts";
import type { LogHead } from "../src/store/log/chain.ts";
import type { ReportOptions } from "./commands.ts";
import type { PowerOptions } from "./design/assumptions.ts";
import type { PlanOptions, RandomiseOptions } from "./design/commands.ts";
import type { ImportOptions } from "./import/import.ts";
import type { NewOptions } from "./import/start-command.ts";
import type { AuditOptions } from "./persons/audit.ts";
import type { BackupOptions } from "./persons/backup.ts";
import type { ConfirmOptions } from "./persons/confirm.ts";
import type { RestoreOptions } from "./persons/restore.ts";
import type { ServeOptions } from "./serve/serve.ts";
import { fail, openTerminal, type Terminal, type TerminalOptions, terminalLanguage } from "./terminal/terminal.ts";
import { usageText, whole } from "./terminal/usage.ts";

const language = terminalLanguage(process.env);

const decimal = (text: string): number => {
  const value = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("a number is expected");
  return value;
};

const program = new Command("spejl")
  .description("Does leadership training change the leadership that employees experience?")
  .version(packageVersion())
  .showSuggestionAfterError()
  .helpCommand("help [command]", "help on a command")
  .addHelpText(
    "after",
    `
Examples:
  spejl demo                    a complete synthetic study through the whole pipeline
  spejl new my-study            an annotated study to start from
  spejl new my-study --from export/*.csv
                                a study from the files of a survey system
  spejl import answers.csv my-study
                                a further file of answers into the study file
  spejl check my-study          does everything fit, before anything is read
  spejl run my-study            ingest, score, summarize, estimate, publish
  spejl report leader L1007 my-study --lang en

Exit codes: 0 done, 1 a bug, 2 wrong usage, 3 the input was refused, 4 another run holds the study, 5 out of disk or memory.`,
  );

/** A command with what all commands have: --json, --quiet, --no-color, an example. */
const command = (name: string, description: string, example: string): Command =>
  program
    .command(name)
    .description(description)
    .option("--json", "print one JSON document on stdout and nothing else there", false)
    .option("--quiet", "say nothing but refusals", false)
    .option("--no-color", "no colours (also NO_COLOR)")
    .addHelpText("after", `\nExample:\n  ${example}`);

const terminalOf = (options: object): Terminal => openTerminal(options as TerminalOptions);

const stage = (name: "ingest" | "score" | "summarize" | "estimate" | "publish" | "run", description: string): void => {
  command(`${name} [study]`, description, `spejl ${name} my-study`).action(
    async (study: string | undefined, options: object) => {
      const { runStudy } = await import("./commands.ts");
      await runStudy(study ?? ".", name === "run" ? "publish" : name, name, terminalOf(options));
    },
  );
};

stage("ingest", "check and stage roster and deliveries; refused rows go into quarantine with file, line and reason");
stage("score", "score items into scales; reliability and agreement within teams");
stage("summarize", "reduce scored responses to moments per leader and wave");
stage("estimate", "run the analysis plan on the moments");
stage("publish", "freeze a release under disclosure control and render the reports");
stage("run", "all five stages, each only where its inputs changed");

command("demo [dir]", "write a synthetic study into DIR (default demo-study) and run it", "spejl demo").action(
  async (directory: string | undefined, options: object) => {
    const { demo } = await import("./commands.ts");
    await demo(directory ?? "demo-study", terminalOf(options));
  },
);

command(
  "new <dir>",
  "write an annotated starting study, or start one from a vendor's files",
  "spejl new my-study\n  spejl new my-study --from export/dataset.csv export/structure.csv export/labels.csv --leader unit",
)
  .option("--from <files...>", "a vendor's files: answers of one or more waves, and the code book")
  .option("--leader <column>", "with --from: the column of the leader's id")
  .option("--respondent <column>", "with --from: the column of the id of who answers")
  .addOption(new Option("--rater <rater>", "with --from: who answers").choices(["self", "employee", "superior"]))
  .action(async (directory: string, options: NewOptions) => {
    const { create } = await import("./commands.ts");
    if (options.from === undefined) return create(directory, terminalOf(options));
    const { startFrom } = await import("./import/start-command.ts");
    return startFrom(directory, options.from, options, terminalOf(options));
  });

const mappings = (text: string, before: Readonly<Record<string, string>>): Record<string, string> => {
  const cut = /^([^=]+)=(.+)$/.exec(text);
  if (cut === null) throw new InvalidArgumentError("ITEM=COLUMN is expected");
  return { ...before, [cut[1] as string]: cut[2] as string };
};

command(
  "import <files...>",
  "understand a vendor's files (answers and code book) and write them into the study file; the last word may be STUDY",
  "spejl import export/dataset.csv export/structure.csv export/labels.csv my-study --wave before --rater employee",
)
  .option("--wave <id>", "the wave (default: by the dates in the file, or its name)")
  .addOption(
    new Option("--rater <rater>", "who answers (default: by the file's name or wording)").choices([
      "self",
      "employee",
      "superior",
      "indicator",
    ]),
  )
  .option("--leader <column>", "the column of the leader's id")
  .option("--respondent <column>", "the column of the id of who answers")
  .option("--item <item=column>", "the column of an item; may be given several times", mappings, {})
  .option("--not-asked <items>", "items that were not asked, comma-separated")
  .option("--yes", "write the proposal without asking; refuses where something is open", false)
  .option("--dry-run", "show the proposal and write nothing", false)
  .action(async (words: readonly string[], options: object) => {
    const { importFiles } = await import("./import/import.ts");
    await importFiles(words, options as ImportOptions, terminalOf(options));
  });

command(
  "check [study]",
  "say whether study file and deliveries fit, without writing anything",
  "spejl check my-study",
).action(async (study: string | undefined, options: object) => {
  const { check } = await import("./commands.ts");
  await check(study ?? ".", terminalOf(options));
});

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
    const { plan } = await import("./design/commands.ts");
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
    const { randomise } = await import("./design/commands.ts");
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
  .option("--r2 <share>", "share of that variance that the baseline explains (default: from the data, else 0)", decimal)
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
    const { power } = await import("./design/commands.ts");
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
    const { simulate } = await import("./commands.ts");
    await simulate(directory, options, terminalOf(options));
  });

command(
  "report <kind> [id] [study]",
  "write one report of the latest release: leader ID, management, research, or the effects figure as SVG",
  "spejl report leader L1007 my-study --lang en",
)
  .addOption(new Option("--lang <language>", "language of the report").choices(["da", "en"]))
  .option("--out <folder>", "where to write (default: the study's reports/)")
  .option("--all", "with `leader`: the reports of all leaders", false)
  .option("--public", "with `research`: only what may leave the project group, as research-public.html", false)
  .option("--signed-off-by <name>", "with --public: who has looked through the numbers; kept in the log")
  .action(async (kind: string, id: string | undefined, study: string | undefined, options: object) => {
    const { report } = await import("./commands.ts");
    await report(
      kind,
      [id, study].filter((word) => word !== undefined),
      options as ReportOptions,
      terminalOf(options),
    );
  });

command(
  "serve [study]",
  "show the latest release in browsers: each report to whom it is for, behind a sign-in",
  "spejl serve demo-study --demo\n  spejl serve my-study",
)
  .option("--port <n>", "port on this machine (default: serve.yaml's, else 8400)", whole)
  .option("--demo", "a synthetic study on this machine alone, with a link for one person of each kind", false)
  .action(async (study: string | undefined, options: object) => {
    const { serveStudy } = await import("./serve/serve.ts");
    await serveStudy(study ?? ".", options as ServeOptions, terminalOf(options));
  });

command(
  "people [study]",
  "read who may sign in, and what they may see, from the study's people.csv (id;viewers;leader;mail;sign_in)",
  "spejl people my-study",
).action(async (study: string | undefined, options: object) => {
  const { people } = await import("./serve/commands.ts");
  await people(study ?? ".", terminalOf(options));
});

command(
  "invite <person> [study]",
  "print a link by which a person of people.csv signs in once",
  "spejl invite anna my-study",
).action(async (person: string, study: string | undefined, options: object) => {
  const { invite } = await import("./serve/commands.ts");
  await invite(person, study ?? ".", terminalOf(options));
});

type EraseOptions = ConfirmOptions & { readonly overdue: boolean };

const logHead = (text: string): LogHead => {
  const [, entries, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
  if (entries === undefined || hash === undefined) throw new InvalidArgumentError("N:HASH is expected");
  return { entries: Number(entries), hash };
};

command(
  "audit [study]",
  "prove that the log is as it was written, and show what is kept about one person",
  "spejl audit my-study --about anna@example.org",
)
  .option("--about <respondent>", "entries about one person, and everything that holds something about them")
  .option("--disclosure", "whether what was published can be worked back to a person or a leader's result", false)
  .option("--anchor <n:hash>", "an entry that was noted elsewhere: the log must still hold it", logHead)
  .option("--access-anchor <n:hash>", "the same of the server's log of who read what", logHead)
  .action(async (study: string | undefined, options: object) => {
    const { disclosure } = options as { readonly disclosure: boolean };
    if (disclosure) {
      const { sayDisclosure } = await import("./audit/disclosure.ts");
      return sayDisclosure(study ?? ".", terminalOf(options));
    }
    const { audit } = await import("./persons/audit.ts");
    await audit(study ?? ".", options as AuditOptions, terminalOf(options));
  });

command(
  "erase [respondent] [study]",
  "take a respondent out of everything that the study keeps, for good; a delivery does not bring them back",
  "spejl erase anna@example.org my-study --dry-run\n  spejl erase --overdue my-study",
)
  .option("--overdue", "instead: delete what the study file's `retention` says is kept no longer", false)
  .option("--yes", "erase without asking", false)
  .option("--dry-run", "show what holds the person and change nothing", false)
  .action(async (respondent: string | undefined, study: string | undefined, options: EraseOptions) => {
    if (options.overdue) {
      const { eraseOverdue } = await import("./persons/erase-overdue.ts");
      return eraseOverdue(respondent ?? ".", options, terminalOf(options));
    }
    if (respondent === undefined) throw new CommanderError(2, "erase", "error: missing required argument 'respondent'");
    const { erase } = await import("./persons/erase.ts");
    return erase(respondent, study ?? ".", options, terminalOf(options));
  });

command(
  "backup <folder> [study]",
  "copy everything that the study keeps into a new folder, with the hash of each file",
  "spejl backup /media/usb/my-study-2026-03-01 my-study --passphrase-file secret.txt",
)
  .option("--with-key", "with the key of the pseudonyms; without it, keep .spejl/pseudonym.key elsewhere", false)
  .option("--passphrase-file <file>", "encrypt (AES-256-GCM) with the passphrase that the file holds")
  .action(async (folder: string, study: string | undefined, options: object) => {
    const { backup } = await import("./persons/backup.ts");
    await backup(folder, study ?? ".", options as BackupOptions, terminalOf(options));
  });

command(
  "restore <backup> [study]",
  "bring a study back from a backup that has proved whole; who was erased since stays erased",
  "spejl restore /media/usb/my-study-2026-03-01 my-study --key pseudonym.key",
)
  .option("--key <file>", "the key of the pseudonyms (default: the backup's, else the study's)")
  .option("--passphrase-file <file>", "the passphrase of an encrypted backup")
  .option("--yes", "replace what lies in the study's store without asking", false)
  .action(async (folder: string, study: string | undefined, options: object) => {
    const { restore } = await import("./persons/restore.ts");
    await restore(folder, study ?? ".", options as RestoreOptions, terminalOf(options));
  });

const usageProblem = (error: CommanderError): Refusal =>
  new Refusal({
    code: "usage",
    cause: usageText(error.message, language),
    hint: language === "da" ? "Se spejl --help" : "See spejl --help",
  });

const wantsJson = process.argv.includes("--json");

const main = async (): Promise<number> => {
  const printed = ["commander.helpDisplayed", "commander.help", "commander.version"];
  for (const each of [program, ...program.commands]) each.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    if (process.argv.length <= 2) {
      process.stdout.write(program.helpInformation());
      return 0;
    }
    await program.parseAsync();
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, wantsJson, language);
    return printed.includes(error.code) ? 0 : fail(usageProblem(error), wantsJson, language);
  }
};

// A reader that closes early (`spejl … | head`) is no fault; where nobody reads what is said beside, the work goes on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : fail(error, false, language));
});
process.stderr.on("error", () => undefined);
process.exitCode = await main();
