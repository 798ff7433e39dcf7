import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { readStudy } from "../../src/store/study-files.ts";
import * as worked from "../study/worked-example.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spejl-"));
  await writeFile(join(folder, "study.yaml"), worked.study);
  await writeFile(join(folder, "instrument.yaml"), worked.instrument);
});
afterEach(() => rm(folder, { recursive: true }));

const refused = async (path: string) => {
  const fault = await readStudy(path).catch((thrown: unknown) => thrown);
  expect(fault).toBeInstanceOf(Refusal);
  return (fault as Refusal).problems;
};

it("reads a study with its instrument", async () => {
  expect(await readStudy(folder)).toMatchObject({ id: "ledelse-paa-tvaers", folder, instrument: { id: "leadership" } });
});

it("says which file is missing", async () => {
  const absent = join(folder, "absent");
  expect(await refused(absent)).toEqual([{ code: "file-missing", place: { file: absent } }]);
  await rm(join(folder, "instrument.yaml"));
  expect(await refused(folder)).toEqual([{ code: "file-missing", place: { file: join(folder, "instrument.yaml") } }]);
  await rm(join(folder, "study.yaml"));
  expect(await refused(folder)).toEqual([{ code: "file-missing", place: { file: join(folder, "study.yaml") } }]);
});

it.each([
  ["empty", "", { code: "file-empty" }],
  ["blank", "\n \n", { code: "file-empty" }],
  ["only a byte-order mark", "\uFEFF", { code: "file-empty" }],
  ["binary", "PK\u0003\u0004\0\0", { code: "file-binary" }],
])("refuses a study file that is %s", async (_, content, problem) => {
  await writeFile(join(folder, "study.yaml"), content);
  expect(await refused(folder)).toMatchObject([problem]);
});

it("shows where a file stops being UTF-8", async () => {
  await writeFile(
    join(folder, "study.yaml"),
    Buffer.from("study: s\nlanguage: da\ntitle: Ledelse på tværs\n", "latin1"),
  );
  expect(await refused(folder)).toMatchObject([
    { code: "file-unreadable", cause: "not-utf-8", place: { line: 3, column: 17 } },
  ]);
});

it("refuses a folder where a file belongs", async () => {
  await writeFile(join(folder, "study.yaml"), worked.study.replace("instrument.yaml", "."));
  expect(await refused(folder)).toMatchObject([{ code: "file-unreadable", cause: "not a file" }]);
});
