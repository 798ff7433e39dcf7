import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Refusal } from "../../src/errors.ts";
import { pseudonymMaker } from "../../src/store/persons/pseudonym.ts";
import { keptKey, keyFile } from "../../src/store/persons/study-key.ts";
import { parseStudyFolder } from "../../src/store/study-files.ts";
import { openVault } from "../../src/store/vault/open.ts";
import { tidyText } from "../../src/study/fold.ts";
import { chanceOf } from "../fuzz/chance.ts";
import { backup } from "../persons/backup.ts";
import { erase } from "../persons/erase.ts";
import { restore } from "../persons/restore.ts";
import { runTo } from "../run.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { drawPerson, type Person, startOf, studyWithPerson, writeWithPerson } from "./erasure-study.ts";
import type { Bench, Tried } from "./kinds.ts";
import { rowsOf, silent } from "./sequences.ts";
import { tracesIn, type Wanted } from "./trace-search.ts";

const quiet: Terminal = {
  json: false,
  quiet: true,
  language: "en",
  say: silent,
  note: silent,
  print: silent,
  stage: (_name, work) => work(silent),
  bold: (text) => text,
  faint: (text) => text,
};

/** What the stages leave: by table, its rows without the numbers under which files were read and the lines of files. */
const tables = {
  responses: "(SELECT * EXCLUDE (line) FROM responses)",
  roster: "roster",
  quarantine: "(SELECT * EXCLUDE (line) FROM quarantine)",
  duplicates: "(SELECT * EXCLUDE (part, line) FROM duplicates)",
  response_counts: "response_counts",
  score_moments: "score_moments",
  model_moments: "model_moments",
} as const;
const lines = {
  "lines of responses": "(SELECT delivery, line FROM responses)",
  "lines of quarantine": "(SELECT delivery, line FROM quarantine)",
} as const;

type End = Readonly<Record<string, unknown>>;

type Last = "summarize" | "publish";

/** Runs the stages of a study and gives everything that follows from its files. */
const endOf = async (folder: string, last: Last = "summarize"): Promise<End> => {
  const parsed = await parseStudyFolder(folder);
  using vault = await openVault(folder);
  const { ingest } = await runTo(vault, parsed, last, quiet);
  const counts = ingest.deliveries.map(({ accepted, rejected }) => [accepted, rejected]);
  const end: Record<string, unknown> = { counts };
  for (const [name, table] of Object.entries({ ...tables, ...lines })) end[name] = await rowsOf(vault, table);
  return end;
};

const withoutLines = (end: End): End =>
  Object.fromEntries(Object.entries(end).filter(([name]) => !Object.hasOwn(lines, name)));

const differences = (end: End, expected: End): readonly string[] =>
  Object.keys(expected).filter((name) => !isDeepStrictEqual(end[name], expected[name]));

const releaseOf = async (folder: string): Promise<string> => {
  const latest = join(folder, ".spejl", "releases", "latest");
  return existsSync(latest) ? readFile(latest, "utf8") : "";
};

/** Shorter ids are chance in bytes: they are looked for as whole cells, and not at all where they could be an answer. */
const wantedOf = async (folder: string, { id, comment }: Person): Promise<Wanted> => {
  const key = (await keptKey(folder)) ?? "";
  const pseudonym = pseudonymMaker(key).ofText(tidyText(id));
  const isShort = id.length < 5;
  const cells = isShort && !/^[1-5]$/.test(id) ? [id] : [];
  return { texts: [pseudonym, comment, ...(isShort ? [] : [id])], cells };
};

/** What was tried and must not have gone wrong. */
interface Trial {
  readonly home: string;
  readonly said: (word: string) => void;
}

/** One person of one study: null where nothing is left and everything else is as if the person had never been. */
const tryErasure = async (seed: number, { home, said }: Trial): Promise<string | null> => {
  const chance = chanceOf(seed, 0);
  const [folder, fresh, copy] = [join(home, "study"), join(home, "fresh"), join(home, "copy")];
  const person = drawPerson(chance);
  said(`id ${person.id}`);
  let made = studyWithPerson(startOf, person, chance);
  for (let versions = chance.below(3); versions > 0; versions -= 1) {
    said((await writeWithPerson(folder, made, "all", chance)).join(" + "));
    await endOf(folder);
    made = studyWithPerson(made.others, person, chance);
  }
  said((await writeWithPerson(folder, made, "all", chance)).join(" + "));
  await endOf(folder, chance.once(10) ? "publish" : "summarize");
  await writeWithPerson(fresh, made, "others", chanceOf(seed, 1));
  await cp(keyFile(folder), keyFile(fresh));
  const expected = await endOf(fresh);

  const wanted = await wantedOf(folder, person);
  const traces = async (when: string): Promise<string | null> => {
    const found = await tracesIn(folder, wanted);
    return found.length === 0 ? null : `${when}: in ${found.join(", ")}`;
  };
  const unlike = (when: string, end: End, other: End): string | null => {
    const found = differences(end, other);
    return found.length === 0 ? null : `${when}: ${found.join(", ")} as in no fresh build`;
  };
  const isKnown = (await tracesIn(folder, wanted)).length > 0;
  await backup(copy, folder, { withKey: chance.once(2) }, quiet);
  const release = await releaseOf(folder);
  try {
    await erase(chance.once(3) ? ` ${person.id}  ` : person.id, folder, { yes: true, dryRun: false }, quiet);
  } catch (fault) {
    if (!isKnown && fault instanceof Refusal && fault.problems[0]?.code === "person-absent") return null;
    throw fault;
  }
  if ((await releaseOf(folder)) !== release) return "erased: another release";
  const steps: readonly (() => Promise<string | null>)[] = [
    () => traces("erased"),
    async () => unlike("erased", withoutLines(await endOf(folder)), withoutLines(expected)),
    async () => {
      said(`again ${(await writeWithPerson(folder, made, "all", chance)).join(" + ")}`);
      return unlike("delivered again", withoutLines(await endOf(folder)), withoutLines(expected));
    },
    () => traces("delivered again"),
    async () => {
      await restore(copy, folder, { yes: true }, quiet);
      return traces("restored");
    },
    async () => unlike("restored", withoutLines(await endOf(folder)), withoutLines(expected)),
    () => traces("restored and run"),
    async () => {
      await writeWithPerson(folder, made, "others", chanceOf(seed, 1));
      return unlike("own files cleaned", await endOf(folder), expected);
    },
    () => traces("own files cleaned"),
  ];
  for (const step of steps) {
    const broken = await step();
    if (broken !== null) return broken;
  }
  return null;
};

/** Somebody is erased: no trace is left, nor comes back by a delivery or a backup, and all else is as without them. */
export const erasures = async ({ points, chance, place, each }: Bench): Promise<Tried> => {
  const seeds = Array.from({ length: points }, () => chance.below(2 ** 31));
  const findings = await each(seeds, async (seed) => {
    const home = await mkdtemp(join(place, "erasure-"));
    const taken: string[] = [];
    try {
      const broken = await tryErasure(seed, { home, said: (word) => void taken.push(word) });
      return broken === null ? null : `${seed}: ${taken.join(", ")}: ${broken}`;
    } catch (fault) {
      return `${seed}: ${taken.join(", ")}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`;
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
  return { trials: points, findings };
};
