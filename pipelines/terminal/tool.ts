import { Command } from "commander";

/** A command of package.json for who works on Spejl: --help with an example; what it does not know ends it before it starts. */
export const toolCommand = (script: string, description: string, example: string): Command =>
  new Command(`npm run ${script} --`)
    .description(description)
    .showHelpAfterError(`See npm run ${script} -- --help`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .addHelpText("after", `\nExample:\n  npm run ${script}${example === "" ? "" : ` -- ${example}`}`);
