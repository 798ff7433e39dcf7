import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkStudy } from "../../pipelines/check.ts";
import { newStudy } from "../../pipelines/new.ts";
import { located } from "../study/parse.ts";
import { spejl, spejlJson } from "./spejl.ts";

interface Foreseen {
  readonly deliveries: readonly {
    readonly rows: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly skipped: number;
  }[];
  readonly quarantine: readonly { readonly line: number; readonly code: string }[];
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spejl-"));
  await newStudy(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const problems = async () => (await checkStudy(folder)).problems.map(located);

it("tells every file that does not fit, not only the first", async () => {
  await rm(join(folder, "deliveries/foer-ledere.csv"));
  await writeFile(join(folder, "deliveries/efter-ledere.csv"), "");
  await writeFile(join(folder, "deliveries/foer-medarbejdere.csv"), Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
  await writeFile(join(folder, "roster.csv"), "leder;arme;forvaltning;antal_ansatte\nL1;control;A;9\n");
  expect(await problems()).toEqual([
    "file-missing deliveries/foer-ledere.csv",
    "file-empty deliveries/efter-ledere.csv",
    "column-absent roster.csv:1:arm",
    "file-damaged deliveries/foer-medarbejdere.csv",
  ]);
});

it("reads the roster: a leader without an arm, in an unknown one, or twice is told before the run", async () => {
  const header = "leder;arm;forvaltning;antal_ansatte";
  const roster = (...rows: readonly string[]) =>
    writeFile(join(folder, "roster.csv"), [header, ...rows, ""].join("\n"));
  await roster("L1;control;A;9", "L2;;A;9", "L3;trainign;A;9");
  expect(await problems()).toEqual(["arm-unknown roster.csv:3:arm", "arm-unknown roster.csv:4:arm"]);
  await roster("L1;control;A;9", "L1;training;A;9");
  expect(await problems()).toEqual(["id-duplicate roster.csv:3"]);
  await roster("L1;control;A;9", "L2;training;A;9");
  expect(await problems()).toEqual([]);
});

it("names a file that is no table by what it is", async () => {
  await writeFile(join(folder, "roster.csv"), "leder;arm;forvaltning;antal_ansatte\nL1;control;A;9\n");
  await writeFile(join(folder, "deliveries/foer-ledere.csv"), Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]));
  expect((await checkStudy(folder)).problems).toEqual([
    { code: "not-a-table", what: "gzip", place: { file: "deliveries/foer-ledere.csv" } },
  ]);
});

it("finds what only the rows show, as a run would", async () => {
  await writeFile(join(folder, "roster.csv"), "leder;arm;forvaltning;antal_ansatte\nL1;control;A;9\n");
  await writeFile(
    join(folder, "deliveries/foer-ledere.csv"),
    "leder;vision1;vision2;vision3;coherence1;coherence2\nL2;1;1;1;1;1\n",
  );
  const found = await checkStudy(folder);
  expect(found.problems.map(located)).toEqual(["no-row-accepted deliveries/foer-ledere.csv:2:leder"]);
  expect(found.warnings.map(({ code }) => code)).toEqual(["no-answers", "no-answers", "no-answers"]);
});

it("foresees the rows that a run would not accept, with place and reason", async () => {
  await writeFile(join(folder, "roster.csv"), "leder;arm;forvaltning;antal_ansatte\nL1;control;A;9\nL2;training;A;9\n");
  const rows = ["a;L1;1;1;2;3;4;5", "b;L1;1;1;2;9;4;5", "c;L9;1;1;2;3;4;5", "d;L2;1;1;2;3;4;5", "d;L2;1;1;2;3;4;4"];
  await writeFile(
    join(folder, "deliveries/foer-medarbejdere.csv"),
    ["id;leder;tenure;vision1;vision2;vision3;coherence1;coherence2", ...rows, ""].join("\n"),
  );
  const study = await readFile(join(folder, "study.yaml"), "utf8");
  await writeFile(join(folder, "study.yaml"), study.replace(/^ {2}- \{ file: deliveries.*\n/gm, ""));
  const { status, document } = spejlJson<Foreseen>("check", folder);
  expect(status).toBe(0);
  expect(
    document.deliveries.map(({ rows, accepted, rejected, skipped }) => [rows, accepted, rejected, skipped]),
  ).toEqual([[5, 1, 4, 0]]);
  const { quarantine } = spejlJson<Foreseen>("ingest", folder).document;
  expect(quarantine.map(({ line, code }) => `${line} ${code}`)).toEqual([
    "3 answer-out-of-range",
    "4 leader-not-in-roster",
    "5 duplicate-conflict",
    "6 duplicate-conflict",
  ]);
  expect(document.quarantine).toEqual(quarantine);
  const { stdout } = spejl("check", folder);
  expect(stdout).toMatch(/^deliveries\/foer-medarbejdere.csv:3:vision3: 1 row\. /m);
});

it("reads a header as Windows writes it", async () => {
  const header = "\uFEFFid;leder;tenure;vision1;vision2;vision3;coherence1;coherence2\r\n";
  await writeFile(join(folder, "deliveries/foer-medarbejdere.csv"), Buffer.from(header, "utf16le"));
  expect(await problems()).toEqual([]);
});
