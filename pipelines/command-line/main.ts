import { CommanderError } from "commander";
import { Refusal } from "../../src/errors.ts";
import { watchHeap } from "../terminal/heap-watch.ts";
import { fail, terminalLanguage } from "../terminal/terminal.ts";
import { usageText } from "../terminal/usage.ts";
import { designCommands } from "./design.ts";
import { personCommands } from "./persons.ts";
import { adder, newProgram } from "./program.ts";
import { readerCommands } from "./readers.ts";
import { studyCommands } from "./study.ts";

const usageProblem = (error: CommanderError, language: "da" | "en"): Refusal =>
  new Refusal({
    code: "usage",
    cause: usageText(error.message, language),
    hint: language === "da" ? "Se spejl --help" : "See spejl --help",
  });

/** Runs the command that `process.argv` names, and gives its exit code. */
export const main = async (): Promise<number> => {
  const language = terminalLanguage(process.env);
  // A reader that closes early (`spejl … | head`) is no fault; where nobody reads what is said beside, the work goes on.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? 0 : fail(error, false, language));
  });
  process.stderr.on("error", () => undefined);

  watchHeap(() => process.exit(fail(new Refusal({ code: "memory-full", cause: "heap" }), false, language)));

  const program = newProgram();
  for (const addTo of [studyCommands, designCommands, readerCommands, personCommands]) addTo(adder(program));
  for (const each of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  try {
    if (process.argv.length <= 2) {
      process.stdout.write(program.helpInformation());
      return 0;
    }
    await program.parseAsync();
    return 0;
  } catch (error) {
    const wantsJson = process.argv.includes("--json");
    if (!(error instanceof CommanderError)) return fail(error, wantsJson, language);
    const printed = ["commander.helpDisplayed", "commander.help", "commander.version"].includes(error.code);
    return printed ? 0 : fail(usageProblem(error, language), wantsJson, language);
  }
};
