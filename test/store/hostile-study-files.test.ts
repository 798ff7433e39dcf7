import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { ingest } from "../../pipelines/ingest/ingest.ts";
import { Refusal } from "../../src/errors.ts";
import { readPlanLock } from "../../src/store/plan-lock-file.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { openVault } from "../../src/store/vault/open.ts";
import { smallStudy } from "../pipelines/small-study.ts";

const codesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    const study = await readStudy(folder);
    using vault = await openVault(folder);
    await ingest(vault, study, () => undefined);
    return [];
  } catch (fault) {
    if (fault instanceof Refusal)
      return fault.problems.map((one) => ("cause" in one ? `${one.code} ${one.cause}` : one.code));
    throw fault;
  }
};

it.each(["study.yaml", "instrument.yaml", "roster.csv", "after.csv", "assignment.json"])(
  "does not wait for a pipe in the place of %s",
  async (name) => {
    const folder = smallStudy({ [name]: null });
    execFileSync("mkfifo", [join(folder, name)]);
    expect(await codesOf(folder)).toEqual(["file-unreadable not a file"]);
  },
);

it("does not wait for a pipe in the place of a locked plan", async () => {
  const folder = smallStudy();
  execFileSync("mkfifo", [join(folder, "plan.lock.json")]);
  await expect(readPlanLock(folder)).rejects.toThrow("file-unreadable");
});

it.each([
  ["roster", (name: string) => (text: string) => text.replace("file: roster.csv", `file: ${name}`), "roster.csv"],
  ["delivery", (name: string) => (text: string) => text.replace("file: after.csv", `file: ${name}`), "after.csv"],
  ["instrument", (name: string) => (text: string) => text.replace("instrument.yaml", name), "instrument.yaml"],
] as const)("refuses a %s outside the folder, unless the study says that files may lie there", async (_, to, file) => {
  const other = smallStudy();
  const ways = [join(other, file), `../${basename(other)}/${file}`];
  for (const way of ways) {
    expect(await codesOf(smallStudy({ "study.yaml": to(way) }))).toEqual(["file-outside"]);
    const said = (text: string) => to(way)(text).replace("language: en", "language: en\noutside: true");
    expect(await codesOf(smallStudy({ "study.yaml": said }))).toEqual([]);
  }
  const linked = smallStudy({ [file]: null });
  symlinkSync(join(other, file), join(linked, file));
  expect(await codesOf(linked)).toEqual(["file-outside"]);
});

it("takes files of the study by a link inside it, by a way through it, and by a name that begins with dots", async () => {
  const named = (name: string) => smallStudy({ "study.yaml": (text) => text.replace("after.csv", name) });
  const linked = named("..data.csv");
  symlinkSync("after.csv", join(linked, "..data.csv"));
  expect(await codesOf(linked)).toEqual([]);
  const through = named("in/../after.csv");
  mkdirSync(join(through, "in"));
  expect(await codesOf(through)).toEqual([]);
});

it("refuses keys without end in a time that does not grow with their square", async () => {
  const keys = Array.from({ length: 210_000 }, (_, k) => `k${k}:\n`).join("");
  const folder = smallStudy({ "study.yaml": (text) => text + keys });
  expect(await codesOf(folder)).toEqual(["study-syntax RESOURCE_EXHAUSTION"]);
});

it("refuses ids and labels that are longer than any page", async () => {
  const long = "x".repeat(1 << 20);
  const study = (from: string) => smallStudy({ "study.yaml": (text) => text.replace(from, from + long) });
  for (const from of ["study: small", "id: before", "title: { da: Lille", "department: d", "file: after"])
    expect(await codesOf(study(from))).toContain("value-invalid");
});

it("shows no mark in a label that turns the order of its letters, or that nobody sees", async () => {
  const folder = smallStudy({ "study.yaml": (text) => text.replace("Lille studie", "Lille\u202E\u200B \u0007studie") });
  expect((await readStudy(folder)).title.da).toBe("Lille studie");
});

it("sets rows apart whose ids are longer than ids are", async () => {
  const long = "x".repeat(1001);
  const more = (text: string) => `${text}${long},L1,1,1\nshort,${long},1,1\n`;
  const folder = smallStudy({ "after.csv": more, "roster.csv": (text) => `${text}${long},control,D1\n` });
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  const { report } = await ingest(vault, study, () => undefined);
  expect(report.quarantine.map(({ file, line, code }) => [file, line, code])).toEqual([
    ["roster.csv", 18, "id-too-long"],
    ["after.csv", 98, "id-too-long"],
    ["after.csv", 99, "id-too-long"],
  ]);
});
