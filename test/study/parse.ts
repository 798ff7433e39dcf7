import { type Problem, Refusal } from "../../src/errors.ts";
import { type ParsedStudy, parseStudy } from "../../src/study/read.ts";
import * as worked from "./worked-example.ts";

export const parse = (study: string, instrument: string | null = worked.instrument): ParsedStudy =>
  parseStudy(
    {
      study: { file: "study.yaml", text: study },
      instrument: instrument === null ? null : { file: "instrument.yaml", text: instrument },
    },
    "folder",
  );

export const problemsOf = (study: string, instrument?: string | null): readonly Problem[] => {
  try {
    parse(study, instrument);
    return [];
  } catch (fault) {
    if (fault instanceof Refusal) return fault.problems;
    throw fault;
  }
};

/** `code file:line:column` of everything that is wrong. */
export const faults = (study: string, instrument?: string | null): readonly string[] =>
  problemsOf(study, instrument).map(located);

export const located = (problem: Problem): string => {
  if (!("place" in problem)) return problem.code;
  const { file, line, column } = problem.place;
  return `${problem.code} ${[file, line, column].filter((part) => part !== undefined).join(":")}`;
};
