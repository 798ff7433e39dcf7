import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Problem, Refusal } from "../../src/errors.ts";
import { asset } from "../../src/store/assets.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { openVault } from "../../src/store/vault/open.ts";
import { checkStudy, type StudyCheck } from "../check.ts";
import { ingest } from "../ingest/ingest.ts";
import type { IngestReport } from "../ingest/report.ts";
import type { HostileStudy } from "./hostile-study.ts";
import type { Truth } from "./made-study.ts";

/** What came of a study: what `check` says, and what `ingest` refuses or accepts. */
export interface Outcome {
  readonly check: StudyCheck;
  readonly refused: readonly Problem[] | null;
  readonly report: IngestReport | null;
  readonly accepted: readonly Truth[];
}

const items = 6;
const covariates = 2;
const numbers = (row: Readonly<Record<string, unknown>>, letter: string, count: number): (number | null)[] =>
  Array.from({ length: count }, (_, k) => {
    const value = row[`${letter}${k + 1}`];
    return value === null || value === undefined ? null : Number(value);
  });

const writeStudy = async (folder: string, { made, files }: HostileStudy): Promise<void> => {
  await mkdir(join(folder, ".spejl"), { mode: 0o700 });
  await writeFile(join(folder, ".spejl", "pseudonym.key"), made.key);
  await writeFile(join(folder, "study.yaml"), made.study);
  await writeFile(join(folder, "instrument.yaml"), made.instrument);
  for (const [name, file] of Object.entries(files)) await writeFile(join(folder, name), file.made);
};

const ingestInto = async (folder: string): Promise<Omit<Outcome, "check">> => {
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  try {
    const { report } = await ingest(vault, study, () => undefined);
    const rows = await vault.connection.runAndReadAll(asset("pipelines/fuzz/responses.sql"));
    const accepted = rows.getRowObjectsJS().map((row) => ({
      delivery: Number(row["delivery"]),
      leader: String(row["leader"]),
      respondent: String(row["respondent"] ?? ""),
      weight: Number(row["weight"]),
      answers: numbers(row, "a", items),
      kinds: numbers(row, "k", items).map(Number),
      covariates: numbers(row, "c", covariates),
    }));
    return { refused: null, report, accepted };
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return { refused: fault.problems, report: null, accepted: [] };
  }
};

/** Characters that a path may hold and that programs like to take for patterns, marks or ends. */
const folderNames = [
  "spejl-fuzz-",
  "spejl fuzz [1] ",
  "spejl*fuzz",
  "spejl-'fuzz\";--",
  "spejl-ærø-\u0061\u030a",
  "spejl%20fuzz#1",
];

/** Checks and ingests a study in a folder that is gone afterwards; what is thrown is no refusal. */
export const runStudy = async (hostile: HostileStudy): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), folderNames[hostile.index % folderNames.length] ?? ""));
  try {
    await writeStudy(folder, hostile);
    const check = await checkStudy(folder);
    return { check, ...(await ingestInto(folder)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
