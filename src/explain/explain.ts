import type { Language, Problem } from "../errors.ts";
import { answerProblems } from "./problems/answers.ts";
import { designProblems } from "./problems/design.ts";
import { fileProblems } from "./problems/files.ts";
import { machineProblems } from "./problems/machine.ts";
import { personProblems } from "./problems/persons.ts";
import { releaseProblems } from "./problems/releases.ts";
import { studyProblems } from "./problems/study.ts";
import type { Explained, Sentences } from "./sentences.ts";

/** What is wrong and what to do about it; where it is, the place says. */
export interface Explanation {
  readonly message: string;
  readonly hint: string;
}

const sentences: Explained = {
  ...fileProblems,
  ...answerProblems,
  ...studyProblems,
  ...designProblems,
  ...releaseProblems,
  ...personProblems,
  ...machineProblems,
};

/** Says in words what is wrong and what to do. */
export const explain = (problem: Problem, language: Language): Explanation => {
  const say = sentences[problem.code] as (one: Problem) => Sentences;
  const [message, hint] = say(problem)[language];
  return { message, hint };
};

/** The exit code of a command that ends with the problem. */
export const exitCode = (problem: Problem): 2 | 3 | 4 | 5 => {
  switch (problem.code) {
    case "usage":
    case "import-unconfirmed":
    case "unconfirmed":
      return 2;
    case "study-held":
    case "server-running":
      return 4;
    case "disk-full":
    case "memory-full":
    case "handles-full":
      return 5;
    default:
      return 3;
  }
};
