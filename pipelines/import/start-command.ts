import { join } from "node:path";
import type { Rater } from "../../src/study/study.ts";
import { startedText } from "../terminal/start.ts";
import { pathFromHere, problemJson, type Terminal } from "../terminal/terminal.ts";
import { checked, sayChecked } from "./checked.ts";
import { startStudy } from "./start.ts";

export interface NewOptions {
  readonly from?: readonly string[];
  readonly leader?: string;
  readonly respondent?: string;
  readonly rater?: Rater;
}

/** `spejl new DIR --from FILE…`: a study from a vendor's files, and whether it fits. */
export const startFrom = async (
  directory: string,
  files: readonly string[],
  { leader, respondent, rater }: NewOptions,
  terminal: Terminal,
): Promise<void> => {
  const { language } = terminal;
  const started = await startStudy(directory, {
    ...{ files, language, leader: leader ?? null, respondent: respondent ?? null, rater: rater ?? null },
  });
  const found = await checked(directory);
  if (terminal.json) {
    const told = (problems: typeof found.problems) => problems.map((problem) => problemJson(problem, language));
    const written = started.files.map((file) => join(directory, file));
    return terminal.print({
      ...started,
      files: written,
      problems: told(found.problems),
      warnings: told(found.warnings),
    });
  }
  for (const file of started.files) terminal.say(`  ${pathFromHere(join(directory, file))}`);
  terminal.say(startedText(directory, started, language));
  if (!terminal.quiet) await sayChecked(directory, found, terminal);
};
