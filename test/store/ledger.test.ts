import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LedgerRelease } from "../../src/disclosure/lattice/past.ts";
import { Refusal } from "../../src/errors.ts";
import { appendLedger, readLedger, uniteLedgers } from "../../src/store/ledger.ts";

let study: string;
const ledger = () => join(study, ".spejl", "ledger");
beforeEach(() => {
  study = mkdtempSync(join(tmpdir(), "ledger-"));
});
afterEach(() => rmSync(study, { recursive: true }));

const released = (release: string, members: readonly string[] = ["t1", "t2"]): LedgerRelease => ({
  release,
  atoms: [{ wave: "w1", leader: "L1", groups: { organisation: "", arm: null }, n: { s: members.length }, members }],
  facts: [
    {
      ...{ fact: "mean", audience: "management", statistic: "mean", scale: "s", rater: "employee" },
      ...{ grouping: "organisation", cell: "", wave: "w1", value: 61.2, step: 0.1 },
    },
  ],
  pages: [{ leader: "L1", wave: "w1", scales: ["s"], answers: null }],
});
const append = (made: LedgerRelease) => appendLedger(study, "w1", made);
const problem = async () =>
  readLedger(study).then(
    () => null,
    (reason: unknown) => (reason instanceof Refusal ? reason.problems[0] : reason),
  );

describe("the ledger", () => {
  it("is empty before the first release, and gives back what was written, in order", async () => {
    expect(await readLedger(study)).toEqual([]);
    await append(released("r1"));
    await append(released("r2", ["t1"]));
    const read = await readLedger(study);
    expect(read.map(({ release }) => release)).toEqual(["r1", "r2"]);
    expect(read[1]).toMatchObject(released("r2", ["t1"]));
  });
  it("stays as it is when the same release is published again, and notes other teams behind the same release", async () => {
    await append(released("r1"));
    const files = () => readdirSync(ledger()).length;
    const before = files();
    await append(released("r1"));
    expect([files(), (await readLedger(study)).length]).toEqual([before, 1]);
    await append(released("r1", ["t1", "t3"]));
    expect((await readLedger(study)).map(({ atoms }) => atoms[0]!.members)).toEqual([
      ["t1", "t2"],
      ["t1", "t3"],
    ]);
  });
  it("of a backup learns what was published after it, and of a study what only the backup has", async () => {
    const backup = mkdtempSync(join(tmpdir(), "ledger-"));
    const append = (folder: string, release: string) => appendLedger(folder, "w1", released(release));
    for (const folder of [backup, study]) await append(folder, "r1");
    await append(study, "r2");
    await uniteLedgers(backup, study);
    await uniteLedgers(study, backup);
    for (const folder of [backup, study])
      expect((await readLedger(folder)).map(({ release }) => release)).toEqual(["r1", "r2"]);
    rmSync(ledger(), { recursive: true });
    await uniteLedgers(study, backup);
    expect(await readLedger(study)).toEqual(await readLedger(backup));
    rmSync(backup, { recursive: true });
  });
  it("knows after a restore that a release was published again since the backup", async () => {
    const backup = mkdtempSync(join(tmpdir(), "ledger-"));
    const published = async (folder: string) => (await readLedger(folder)).map(({ release }) => release);
    for (const folder of [backup, study])
      for (const release of ["r1", "r2"]) await appendLedger(folder, "w1", released(release));
    await append(released("r1"));
    await uniteLedgers(backup, study);
    expect(await published(backup)).toEqual(["r1", "r2", "r1"]);
    await append(released("r3"));
    await uniteLedgers(study, backup);
    expect(await published(study)).toEqual(["r1", "r2", "r1", "r3"]);
    rmSync(backup, { recursive: true });
  });
  it("of a backup and of a study in which the same release stands on other teams knows both", async () => {
    const backup = mkdtempSync(join(tmpdir(), "ledger-"));
    await append(released("r1"));
    await appendLedger(backup, "w1", released("r1", ["t8", "t9"]));
    for (let again = 0; again < 2; again += 1) await uniteLedgers(study, backup);
    const teams = (await readLedger(study)).map(({ atoms }) => atoms[0]!.members);
    expect(teams).toEqual([
      ["t1", "t2"],
      ["t8", "t9"],
    ]);
    rmSync(backup, { recursive: true });
  });
  it("is begun anew where a first publication was stopped before it had written a file", async () => {
    mkdirSync(ledger(), { recursive: true });
    writeFileSync(join(ledger(), "r1.atoms.jsonl.partial"), "{");
    expect(await readLedger(study)).toEqual([]);
    writeFileSync(join(ledger(), "r1.atoms.jsonl"), "");
    expect(await problem()).toMatchObject({ code: "ledger-damaged", cause: "absent" });
  });
  it.each(["atoms", "facts", "pages"])("is read on where a first publication was stopped at its %s", async (what) => {
    mkdirSync(join(ledger(), `r1.${what}.jsonl.partial`), { recursive: true });
    await expect(append(released("r1"))).rejects.toThrow();
    expect(await readLedger(study)).toEqual([]);
  });
  it("is for its owner alone", async () => {
    await append(released("r1"));
    expect(statSync(ledger()).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(ledger())) expect(statSync(join(ledger(), file)).mode & 0o777).toBe(0o600);
  });
  it("is refused by name where a file was altered, cut short or lost", async () => {
    await append(released("r1"));
    const file = join(ledger(), "r1.facts.jsonl");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("61.2", "61.3"));
    expect(await problem()).toEqual({ code: "ledger-damaged", place: { file }, cause: "altered" });
    rmSync(file);
    expect(await problem()).toEqual({ code: "ledger-damaged", place: { file }, cause: "absent" });
    writeFileSync(file, text);
    appendFileSync(join(ledger(), "ledger.jsonl"), '{"release":"r2"');
    const own = join(ledger(), "ledger.jsonl");
    expect(await problem()).toEqual({ code: "ledger-damaged", place: { file: own, line: 2 }, cause: "unreadable" });
    appendFileSync(own, "}\n");
    expect(await problem()).toEqual({ code: "ledger-damaged", place: { file: own, line: 2 }, cause: "unreadable" });
    rmSync(own);
    expect(await problem()).toEqual({ code: "ledger-damaged", place: { file: own }, cause: "absent" });
  });
  it("is refused where it is of another form, whose tokens do not say what is of one person", async () => {
    await append(released("r1"));
    await append(released("r2"));
    const file = join(ledger(), "ledger.jsonl");
    writeFileSync(file, readFileSync(file, "utf8").replace('"form":5', '"form":3'));
    expect(await problem()).toEqual({ code: "ledger-outdated", place: { file, line: 1 }, form: 3, expected: 5 });
  });
  it("is refused where it does not know the latest release", async () => {
    await append(released("after-000000000001"));
    const latest = (id: string) => {
      mkdirSync(join(study, ".spejl", "releases", id), { recursive: true });
      writeFileSync(join(study, ".spejl", "releases", "latest"), id);
    };
    latest("after-000000000001");
    expect(await problem()).toBeNull();
    latest("after-000000000002");
    expect(await problem()).toMatchObject({ code: "ledger-damaged", cause: "absent" });
    rmSync(ledger(), { recursive: true });
    expect(await problem()).toMatchObject({ code: "ledger-damaged", cause: "absent" });
  });
});
