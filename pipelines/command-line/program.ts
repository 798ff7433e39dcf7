import { Command, Help, InvalidArgumentError, type Option } from "commander";
import { packageVersion } from "../../src/store/assets.ts";
import { openTerminal, type Terminal, type TerminalOptions } from "../terminal/terminal.ts";

export const decimal = (text: string): number => {
  const value = Number(text.replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("a number is expected");
  return value;
};

const plainHelp = new Help();

/** What an option is, without a default that only says that it was not given. */
const optionDescription = (option: Option): string =>
  option.defaultValue === undefined || ["number", "string"].includes(typeof option.defaultValue)
    ? plainHelp.optionDescription(option)
    : option.description;

/** The program, before it has commands; made anew for each command line, as it keeps what was parsed. */
export const newProgram = (): Command =>
  new Command("spejl")
    .description("Does leadership training change the leadership that employees experience?")
    .version(packageVersion())
    .showSuggestionAfterError()
    .configureHelp({ optionDescription })
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

/** Adds a command to a program. */
export type Add = (name: string, description: string, example: string) => Command;

/** Adds commands with what all commands have: --json, --quiet, --no-color, an example. */
export const adder =
  (program: Command): Add =>
  (name, description, example) => {
    const command = program.command(name);
    for (const argument of command.registeredArguments)
      if (argument.name() === "study") argument.description = "folder that holds study.yaml (default: the current one)";
    return command
      .description(description)
      .option("--json", "print one JSON document on stdout and nothing else there", false)
      .option("--quiet", "say nothing but refusals", false)
      .option("--no-color", "no colours (also NO_COLOR)")
      .addHelpText("after", `\nExample:\n  ${example}`);
  };

export const terminalOf = (options: object): Terminal => openTerminal(options as TerminalOptions);
