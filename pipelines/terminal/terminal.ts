import { relative } from "node:path";
import { type Language, type Problem, Refusal } from "../../src/errors.ts";
import { exitCode, explain } from "../../src/explain/explain.ts";
import { problemsOf } from "../../src/store/system-fault.ts";
import type { Progress } from "../stage.ts";
import { say } from "./words.ts";

/** How a command speaks: results on stdout; progress, refusals and everything else on stderr. */
export interface Terminal {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly language: Language;
  /** A line for the person at the terminal; nothing with `--json` or `--quiet`. */
  readonly say: (line: string) => void;
  /** A line beside the result, also with `--json`; nothing with `--quiet`. */
  readonly note: (line: string) => void;
  /** The one JSON document of a command. */
  readonly print: (document: unknown) => void;
  /** Runs work under a progress line, and says how long it took and what came of it. */
  readonly stage: <T>(
    name: string,
    work: (progress: Progress) => Promise<T>,
    outcome: (result: T) => string,
  ) => Promise<T>;
  readonly bold: (text: string) => string;
  readonly faint: (text: string) => string;
}

export interface TerminalOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Danish where the environment asks for Danish, English everywhere else. */
export const terminalLanguage = (environment: NodeJS.ProcessEnv): Language =>
  /^da/i.test(environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "") ? "da" : "en";

const barWidth = 24;
const erase = "\r\u001b[2K";

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return "█".repeat(full) + "░".repeat(barWidth - full);
};

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

export const openTerminal = ({ json, quiet, color }: TerminalOptions): Terminal => {
  const silent = quiet || json;
  const coloured = color && !process.env["NO_COLOR"] && process.stderr.isTTY === true;
  const style = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const live = !quiet && process.stderr.isTTY === true;
  const faint = style(2);
  return {
    json,
    quiet,
    language: terminalLanguage(process.env),
    say: (line) => {
      if (!silent) process.stdout.write(`${line}\n`);
    },
    note: (line) => {
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    print: (document) => {
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    },
    stage: async (name, work, outcome) => {
      const since = performance.now();
      const draw: Progress = (text, share) => {
        if (!live) return;
        const progress = share === undefined ? "" : `${bar(share)} ${String(Math.round(share * 100)).padStart(3)} %  `;
        process.stderr.write(
          `${erase}${name.padEnd(10)} ${faint(progress + text).slice(0, (process.stderr.columns ?? 100) - 12)}`,
        );
      };
      draw("");
      try {
        const result = await work(draw);
        if (live) process.stderr.write(erase);
        if (!quiet) process.stderr.write(`${name.padEnd(10)} ${seconds(since).padStart(7)}  ${outcome(result)}\n`);
        return result;
      } catch (error) {
        if (live) process.stderr.write(erase);
        throw error;
      }
    },
    bold: style(1),
    faint,
  };
};

/** A path as the person at the terminal would type it. */
export const pathFromHere = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
};

/** A problem as other programs read it. */
export const problemJson = (problem: Problem, language: Language) => {
  const place = "place" in problem ? problem.place : undefined;
  return {
    code: problem.code,
    file: place?.file ?? null,
    line: place?.line ?? null,
    column: place?.column ?? null,
    ...explain(problem, language),
  };
};

export const placeText = (problem: Problem): string => {
  if (!("place" in problem)) return "";
  const { file, line, column } = problem.place;
  const parts = [file, line, column].filter((part) => part !== undefined && part !== "");
  return parts.length > 0 ? `${parts.join(":")}: ` : "";
};

/** What the store no longer held as it was written, and was made again. */
export const repairText = (problem: Problem, language: Language): string =>
  `${placeText(problem)}${explain(problem, language).message} ${say("madeAgain", language)}`;

/** Says what was refused, where and what to do; returns the exit code. */
export const refuse = (refusal: Refusal, json: boolean, language: Language): number => {
  if (json)
    process.stdout.write(
      `${JSON.stringify({ problems: refusal.problems.map((problem) => problemJson(problem, language)) }, null, 2)}\n`,
    );
  for (const problem of json ? [] : refusal.problems) {
    const { message, hint } = explain(problem, language);
    process.stderr.write(`${placeText(problem)}${message}\n${hint ? `  ${hint}\n` : ""}`);
  }
  return Math.max(...refusal.problems.map(exitCode));
};

/** Ends the process with the code that the fault deserves: a refusal explains itself, anything else is a bug and keeps its stack. */
export const fail = (error: unknown, json: boolean, language: Language): number => {
  const problems = problemsOf(error);
  if (problems) return refuse(new Refusal(...problems), json, language);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
};
