import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { expect, it } from "vitest";
import { usageText } from "../../../pipelines/terminal/usage.ts";

const refuse = (): never => {
  throw new InvalidArgumentError("a whole number is expected");
};
const quiet = { writeErr: () => undefined };
const told = (...words: readonly string[]): string => {
  const program = new Command().exitOverride().configureOutput(quiet).showSuggestionAfterError();
  const power = program.command("power <dir>").exitOverride().configureOutput(quiet);
  power.option("--leaders <n>", "", refuse).addOption(new Option("--lang <language>").choices(["da", "en"]));
  try {
    program.parse(words, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return usageText(error.message, "da");
  }
  throw new Error("nothing was refused");
};

it("says in Danish everything that Commander refuses", () => {
  expect(told("powr", "x")).toBe("kommandoen 'powr' kendes ikke\n(Mente du power?)");
  expect(told("power", "x", "--leadrs")).toBe("tilvalget '--leadrs' kendes ikke\n(Mente du --leaders?)");
  expect(told("power")).toBe("'dir' mangler");
  expect(told("power", "x", "y")).toBe("for mange ord efter kommandoen");
  expect(told("power", "x", "--leaders")).toBe("tilvalget '--leaders <n>' mangler en værdi");
  expect(told("power", "x", "--leaders", "1.5")).toBe(
    "tilvalget '--leaders <n>' kan ikke være '1.5'. Skriv et helt tal.",
  );
  expect(told("power", "x", "--lang", "fr")).toBe(
    "tilvalget '--lang <language>' kan ikke være 'fr'. Vælg mellem da, en.",
  );
});
