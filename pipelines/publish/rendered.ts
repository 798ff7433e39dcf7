import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash } from "../../src/study/plan-hash.ts";

/** Which leaders' pages a run has made so far: what the next one need not make again if this one is interrupted. */
export interface Made {
  readonly has: (leader: string, path: string) => boolean;
  readonly add: (leader: string) => void;
  /** All are made: a later run makes them anew. */
  readonly end: () => void;
}

const linesOf = (file: string): readonly string[] =>
  // Without its last line: a process that was killed may have left it torn.
  existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];

/** `inputs` are what the pages are made of; of other inputs nothing is taken over. */
export const openMade = (folder: string, inputs: readonly string[]): Made => {
  const file = join(folder, ".rendering.jsonl");
  const key = contentHash(inputs);
  const [former, ...lines] = linesOf(file);
  const made = new Set(former === key ? lines : []);
  // Whole lines alone, so that the next one begins a line of its own.
  writeFileSync(file, [key, ...made, ""].join("\n"), { mode: 0o600 });
  return {
    has: (leader, path) => made.has(JSON.stringify(leader)) && existsSync(path),
    add: (leader) => appendFileSync(file, `${JSON.stringify(leader)}\n`),
    end: () => rmSync(file, { force: true }),
  };
};
