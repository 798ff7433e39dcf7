import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import type { LeaderFacts } from "../../src/reporting/leader/model.ts";
import {
  latestRelease,
  leaderParts,
  leadersOf,
  modelPart,
  readLeaderModel,
  readModel,
  writeRelease,
} from "../../src/store/releases.ts";
import { states } from "../reporting/leader/fixture.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "releases-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { shown } = states;
if (!shown) throw new Error("No state to freeze");
const facts = (leader: string): LeaderFacts => ({ ...shown.facts, leader });

const partsOf = (leaders: readonly string[], title = "a") => [
  modelPart("research", { date: "2026-01-01", title } as { date: string }),
  ...leaderParts(shown.study, async function* () {
    for (const leader of leaders) yield [facts(leader)];
  }),
];
const problem = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.problems[0] : error;
};

describe("a release", () => {
  it("gives back one leader's model without the others", async () => {
    await writeRelease(folder, { date: "2026-01-01", wave: "w3" }, partsOf(["Å1", "B2", "101"]));
    const release = await latestRelease(folder);
    expect(await leadersOf(release)).toEqual(["Å1", "B2", "101"]);
    expect(await readLeaderModel(release, "B2")).toEqual({ study: shown.study, facts: facts("B2") });
    expect(await readLeaderModel(release, "101")).toEqual({ study: shown.study, facts: facts("101") });
  });
  it("is the same release when the same content is published on another day", async () => {
    const first = await writeRelease(folder, { date: "2026-01-01", wave: "w3" }, partsOf(["L1"]));
    const again = await writeRelease(folder, { date: "2026-02-02", wave: "w3" }, partsOf(["L1"]));
    expect(again).toBe(first);
    expect((await latestRelease(folder)).date).toBe("2026-01-01");
    expect(await readModel(await latestRelease(folder), "research")).toEqual({ date: "2026-01-01", title: "a" });
  });
  it("never changes: other content is another release beside it, and the latest", async () => {
    const first = await writeRelease(folder, { date: "2026-01-01", wave: "w3" }, partsOf(["L1"]));
    const second = await writeRelease(folder, { date: "2026-01-02", wave: "w3" }, partsOf(["L1"], "b"));
    expect(second).not.toBe(first);
    expect((await latestRelease(folder)).id).toBe(second);
    expect(readdirSync(join(folder, ".spejl", "releases")).sort()).toEqual([first, second, "latest"].sort());
  });
  it("is not there at all when its making fails", async () => {
    const failing = leaderParts(shown.study, async function* () {
      yield [facts("L1")];
      throw new Error("the database went away");
    });
    await expect(writeRelease(folder, { date: "2026-01-01", wave: "w3" }, failing)).rejects.toThrow("went away");
    expect(existsSync(join(folder, ".spejl", "releases", "latest"))).toBe(false);
    expect(await problem(latestRelease(folder))).toMatchObject({ code: "release-missing" });
    await writeRelease(folder, { date: "2026-01-01", wave: "w3" }, partsOf(["L1"]));
    expect(await leadersOf(await latestRelease(folder))).toEqual(["L1"]);
  });
  it("refuses a leader that it does not hold, with the nearest that it does", async () => {
    await writeRelease(folder, { date: "2026-01-01", wave: "w3" }, partsOf(["L1001", "K77"]));
    const release = await latestRelease(folder);
    expect(await problem(readLeaderModel(release, "L101"))).toEqual({
      code: "leader-unknown",
      leader: "L101",
      nearest: "L1001",
    });
    expect(await problem(readLeaderModel(release, "__proto__"))).toMatchObject({ code: "leader-unknown" });
  });
});
