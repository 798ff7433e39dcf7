import { InvalidArgumentError, Option } from "commander";
import type { ImportOptions } from "../import/import.ts";
import type { NewOptions } from "../import/start-command.ts";
import { type Add, terminalOf } from "./program.ts";

const mappings = (text: string, before: Readonly<Record<string, string>>): Record<string, string> => {
  const cut = /^([^=]+)=(.+)$/.exec(text);
  if (cut === null) throw new InvalidArgumentError("ITEM=COLUMN is expected");
  return { ...before, [cut[1] as string]: cut[2] as string };
};

export const studyCommands = (command: Add): void => {
  const stage = (
    name: "ingest" | "score" | "summarize" | "estimate" | "publish" | "run",
    description: string,
  ): void => {
    command(`${name} [study]`, description, `spejl ${name} my-study`).action(
      async (study: string | undefined, options: object) => {
        const { runStudy } = await import("../commands.ts");
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
      const { demo } = await import("../commands.ts");
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
      const { create } = await import("../commands.ts");
      if (options.from === undefined) return create(directory, terminalOf(options));
      const { startFrom } = await import("../import/start-command.ts");
      return startFrom(directory, options.from, options, terminalOf(options));
    });

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
      const { importFiles } = await import("../import/import.ts");
      await importFiles(words, options as ImportOptions, terminalOf(options));
    });

  command(
    "check [study]",
    "say whether study file and deliveries fit, without writing anything",
    "spejl check my-study",
  ).action(async (study: string | undefined, options: object) => {
    const { check } = await import("../commands.ts");
    await check(study ?? ".", terminalOf(options));
  });
};
