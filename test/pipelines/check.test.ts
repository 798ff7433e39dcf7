import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkStudy } from "../../pipelines/check.ts";
import { newStudy } from "../../pipelines/new.ts";
import { located } from "../study/parse.ts";

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
    "column-absent roster.csv:1:arm",
    "file-binary deliveries/foer-medarbejdere.csv",
    "file-missing deliveries/foer-ledere.csv",
    "file-empty deliveries/efter-ledere.csv",
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

it("names a format that is not built yet", async () => {
  const file = join(folder, "study.yaml");
  await writeFile(file, (await readFile(file, "utf8")).replace("foer-ledere.csv", "foer-ledere.sav"));
  expect((await checkStudy(folder)).problems).toMatchObject([
    { code: "not-built-yet", what: ".sav", place: { file: "deliveries/foer-ledere.sav" } },
  ]);
});

it("reads a header as Windows writes it", async () => {
  const header = "\uFEFFid;leder;tenure;vision1;vision2;vision3;coherence1;coherence2\r\n";
  await writeFile(join(folder, "deliveries/foer-medarbejdere.csv"), Buffer.from(header, "utf16le"));
  expect(await problems()).toEqual([]);
});
