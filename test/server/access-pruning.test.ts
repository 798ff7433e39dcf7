import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accessFile, openAccessLog, readAccess } from "../../src/server/state/access-log.ts";
import { pruneAccess } from "../../src/server/state/access-pruning.ts";
import { holdsHead } from "../../src/store/log/chain.ts";

let folder = "";
let clock = 0;
const now = () => clock;
const read = { person: "p1", action: "read", object: "/report", release: null, result: "200" } as const;

/** Entries on days of March, one each at noon. */
const write = async (...days: readonly number[]) => {
  const log = await openAccessLog(folder, now);
  for (const day of days) {
    clock = Date.UTC(2026, 2, day, 12);
    await log.append(read);
  }
  await log.close();
  return log.head();
};
const text = () => readFileSync(accessFile(folder), "utf8");
const entries = async () => (await readAccess(folder))!.entries.map(({ n, action }) => `${n} ${action}`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pruning-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("an access log that lost its oldest entries by its own rule", () => {
  it("goes on from the last of them, keeps its numbers, and holds what was noted of it", async () => {
    const noted = await write(1, 2, 3);
    const head = await write(4, 5);
    const pruned = await pruneAccess(folder, "2026-03-04", now);
    expect(pruned).toEqual(noted);
    expect(text().split("\n")[0]).toBe(`{"pruned":{"entries":3,"hash":"${noted.hash}"}}`);
    expect(await entries()).toEqual(["4 read", "5 read", "6 prune"]);
    const reading = (await readAccess(folder))!;
    expect(reading).toMatchObject({ broken: [], torn: 0, from: noted, head: { entries: 6 } });
    for (const anchor of [noted, head, reading.head]) expect(holdsHead(reading, anchor)).toBe(true);
    expect(holdsHead(reading, { ...noted, hash: head.hash })).toBe(false);
    expect(holdsHead(reading, { entries: 2, hash: noted.hash })).toBeNull();
    await write(7);
    expect(await entries()).toEqual(["4 read", "5 read", "6 prune", "7 read"]);
    expect((await readAccess(folder))!.broken).toEqual([]);
  });
  it("can be pruned again, and to its end", async () => {
    await write(1, 2, 3);
    await pruneAccess(folder, "2026-03-02", now);
    expect(await pruneAccess(folder, "2026-03-02", now)).toBeNull();
    expect((await pruneAccess(folder, "2026-03-03", now))?.entries).toBe(2);
    expect(await entries()).toEqual(["3 read", "4 prune", "5 prune"]);
    expect((await pruneAccess(folder, "2026-12-31", now))?.entries).toBe(5);
    expect(await entries()).toEqual(["6 prune"]);
    expect((await readAccess(folder))!.broken).toEqual([]);
  });
  it("shows a beginning that a stranger took away, or took more of than was said", async () => {
    await write(1, 2, 3);
    const whole = text();
    const cut = (lines: number): void => {
      const { hash, entry } = JSON.parse(text().split("\n")[lines - 1]!) as { hash: string; entry: { n: number } };
      const line = `${JSON.stringify({ pruned: { entries: entry.n, hash } })}\n`;
      writeFileSync(accessFile(folder), line + text().split("\n").slice(lines).join("\n"));
    };
    cut(1);
    expect((await readAccess(folder))!.broken).toEqual([1]);
    writeFileSync(accessFile(folder), whole);
    await pruneAccess(folder, "2026-03-02", now);
    expect((await readAccess(folder))!.broken).toEqual([]);
    cut(2);
    expect((await readAccess(folder))!.broken).toEqual([1]);
  });
  it("shows which line was changed after it", async () => {
    await write(1, 2, 3, 4);
    await pruneAccess(folder, "2026-03-03", now);
    writeFileSync(accessFile(folder), text().replace("p1", "p2"));
    expect((await readAccess(folder))!.broken).toEqual([2]);
  });
  it("is not pruned while its chain is broken, and loses a line that a stop has cut", async () => {
    await write(1, 2, 3);
    const whole = text();
    writeFileSync(accessFile(folder), whole.replace("p1", "p2"));
    await expect(pruneAccess(folder, "2026-03-03", now)).rejects.toThrow("log-broken");
    writeFileSync(accessFile(folder), whole);
    appendFileSync(accessFile(folder), '{"hash":"0');
    await pruneAccess(folder, "2026-03-03", now);
    expect(await entries()).toEqual(["3 read", "4 repair", "5 prune"]);
    expect((await readAccess(folder))!).toMatchObject({ broken: [], torn: 0 });
  });
});
