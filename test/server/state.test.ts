import {
  appendFileSync,
  chmodSync,
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
import { Refusal } from "../../src/errors.ts";
import { accessFile, openAccessLog, readAccess } from "../../src/server/state/access-log.ts";
import { pruneAccess } from "../../src/server/state/access-pruning.ts";
import { linkMinutes, openLinks } from "../../src/server/state/links.ts";
import { openPeople, type Person, writePeople } from "../../src/server/state/people.ts";
import { serverSecret } from "../../src/server/state/secret.ts";
import { openSessions } from "../../src/server/state/sessions.ts";
import { fullDisk } from "./full-disk.ts";

const minute = 60_000;
const leader: Person = { id: "p1", viewers: ["leader"], leader: "L1", mail: null, signIn: null };
const read = { person: "p1", action: "read", object: "/report", release: "after-0123456789ab", result: "200" } as const;

let folder = "";
let clock = 0;
const now = () => clock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "server-state-"));
  clock = Date.parse("2026-03-01T08:00:00Z");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a link by mail", () => {
  const lasts = linkMinutes * minute;
  it("signs in one of a thousand who follow it at once", async () => {
    const links = await openLinks(folder, now);
    const token = await links.make("p1", "browser", lasts);
    const redeemed = await Promise.all(Array.from({ length: 1000 }, () => links.redeem(token, "browser")));
    expect(redeemed.filter((person) => person === "p1")).toHaveLength(1);
    expect(redeemed.filter((person) => person === null)).toHaveLength(999);
  });
  it("works only in the browser that asked, and another does not use it up", async () => {
    const links = await openLinks(folder, now);
    const token = await links.make("p1", "browser", lasts);
    expect(await links.redeem(token, "another")).toBeNull();
    expect(await links.redeem(token, null)).toBeNull();
    expect(await links.isGood(token, "browser")).toBe(true);
    expect(await links.redeem(token, "browser")).toBe("p1");
    expect(await links.isGood(token, "browser")).toBe(false);
  });
  it("runs out", async () => {
    const links = await openLinks(folder, now);
    const token = await links.make("p1", null, lasts);
    clock += lasts - 1;
    expect(await links.isGood(token, null)).toBe(true);
    clock += 1;
    expect(await links.redeem(token, null)).toBeNull();
    await links.sweep();
    expect(readdirSync(join(folder, "links"))).toEqual([]);
  });
  it("cannot be made from what is on the disk", async () => {
    const links = await openLinks(folder, now);
    const token = await links.make("p1", "browser", lasts);
    const [name = ""] = readdirSync(join(folder, "links"));
    expect(`${name}${readFileSync(join(folder, "links", name), "utf8")}`).not.toMatch(
      new RegExp(`${token}|"browser"$`),
    );
    expect(await links.redeem(name, "browser")).toBeNull();
  });
});

describe("a session", () => {
  const open = async () => {
    await writePeople(folder, [leader]);
    return openSessions(folder, openPeople(folder), now);
  };
  it("ends after a quarter of an hour without use, and after eight hours of it", async () => {
    const sessions = await open();
    const idle = await sessions.begin(leader);
    const used = await sessions.begin(leader);
    for (let minutes = 0; minutes < 8 * 60; minutes += 14) {
      expect((await sessions.person(used))?.id).toBe("p1");
      clock += 14 * minute;
      if (minutes === 0) expect((await sessions.person(idle))?.id).toBe("p1");
    }
    expect(await sessions.person(idle)).toBeNull();
    expect(await sessions.person(used)).toBeNull();
  });
  it("outlives a restart of the server", async () => {
    const token = await (await open()).begin(leader);
    const again = await openSessions(folder, openPeople(folder), now);
    expect((await again.person(token))?.leader).toBe("L1");
  });
  it("is over for who signed out, has other rights, or is gone", async () => {
    const sessions = await open();
    const [out, other, gone] = await Promise.all([1, 2, 3].map(() => sessions.begin(leader)));
    await sessions.end(out!);
    expect(await sessions.person(out!)).toBeNull();
    await writePeople(folder, [{ ...leader, leader: "L2" }]);
    expect(await sessions.person(other!)).toBeNull();
    await writePeople(folder, []);
    expect(await sessions.person(gone!)).toBeNull();
    await writePeople(folder, [leader]);
    for (const token of [out, other, gone]) expect(await sessions.person(token!)).toBeNull();
  });
  it("is not kept awake by who tidies up", async () => {
    const sessions = await open();
    const token = await sessions.begin(leader);
    clock += 14 * minute;
    await sessions.sweep();
    clock += minute;
    await sessions.sweep();
    expect(readdirSync(join(folder, "sessions"))).toEqual([]);
    expect(await sessions.person(token)).toBeNull();
  });
});

describe("the access log", () => {
  const said = async () => (await readAccess(folder))!.entries.map(({ n, object }) => `${n} ${object}`);
  it("goes on in its reserve while the disk is full, and has its lines in itself when there is space", async () => {
    const log = await openAccessLog(folder, now);
    await log.append({ ...read, object: "a" });
    const letGo = await fullDisk();
    try {
      await Promise.all(["b", "c"].map((object) => log.append({ ...read, object })));
      await log.append({ ...read, object: "d" });
      expect(await said()).toEqual(["1 a", "2 b", "3 c", "4 d"]);
      expect(readFileSync(accessFile(folder), "utf8").split("\n")).toHaveLength(2);
    } finally {
      letGo();
    }
    await log.append({ ...read, object: "e" });
    expect(readFileSync(accessFile(folder), "utf8").split("\n")).toHaveLength(6);
    expect(await said()).toEqual(["1 a", "2 b", "3 c", "4 d", "5 e"]);
    expect(await readAccess(folder)).toMatchObject({ broken: [], torn: 0, head: log.head() });
    await log.close();
  });
  it("loses nothing of its reserve when it is killed on a full disk, nor counts it twice when it is killed after", async () => {
    const killed = await openAccessLog(folder, now);
    await killed.append({ ...read, object: "a" });
    const letGo = await fullDisk();
    try {
      await killed.append({ ...read, object: "b" });
      const again = await openAccessLog(folder, now);
      await again.append({ ...read, object: "c" });
      expect(await said()).toEqual(["1 a", "2 b", "3 c"]);
      await again.close();
    } finally {
      letGo();
    }
    const reserve = join(folder, "access.reserve");
    const held = readFileSync(reserve);
    const log = await openAccessLog(folder, now);
    await log.append({ ...read, object: "d" });
    await log.close();
    const whole = ["1 a", "2 b", "3 c", "4 d"];
    expect(await said()).toEqual(whole);
    expect(readFileSync(reserve, "utf8").trim()).toBe("");
    // As if it had been killed before the reserve was cleared; with the beginning of a line that was never whole.
    held.write('{"hash":"0123', held.toString("latin1").lastIndexOf("\n") + 1);
    writeFileSync(reserve, held);
    expect(await said()).toEqual(whole);
    const last = await openAccessLog(folder, now);
    await last.append({ ...read, object: "e" });
    await last.close();
    expect(await said()).toEqual([...whole, "5 e"]);
    expect((await readAccess(folder))!.broken).toEqual([]);
    await killed.close();
  });
  it("takes its lines back before it is pruned", async () => {
    const log = await openAccessLog(folder, now);
    await log.append({ ...read, object: "a" });
    const letGo = await fullDisk();
    await log.append({ ...read, object: "b" });
    await log.close();
    letGo();
    await pruneAccess(folder, "2999-01-01", now);
    expect(await said()).toEqual(["3 log"]);
    expect((await readAccess(folder))!.broken).toEqual([]);
  });
  it("holds what was said to be written, in order, each entry chained to the last", async () => {
    const log = await openAccessLog(folder, now);
    await Promise.all(Array.from({ length: 200 }, (_, k) => log.append({ ...read, object: String(k) })));
    const reading = await readAccess(folder);
    expect(reading?.broken).toEqual([]);
    expect(reading?.entries.map(({ object }) => object)).toEqual(Array.from({ length: 200 }, (_, k) => String(k)));
    expect(reading?.head).toEqual(log.head());
    await log.close();
  });
  it("goes on after a line that was cut off, and says so", async () => {
    const first = await openAccessLog(folder, now);
    await first.append(read);
    await first.close();
    appendFileSync(accessFile(folder), '{"hash":"0123');
    const log = await openAccessLog(folder, now);
    await log.append(read);
    const reading = await readAccess(folder);
    expect(reading).toMatchObject({ broken: [], torn: 0 });
    expect(reading?.entries.map(({ action }) => action)).toEqual(["read", "repair", "read"]);
    await log.close();
  });
  it("tells of every line that was altered, and writes on", async () => {
    const first = await openAccessLog(folder, now);
    for (const person of ["p1", "p2", "p3"]) await first.append({ ...read, person });
    await first.close();
    writeFileSync(accessFile(folder), readFileSync(accessFile(folder), "utf8").replace('"p2"', '"p9"'));
    const log = await openAccessLog(folder, now);
    await log.append(read);
    const reading = await readAccess(folder);
    expect(reading?.broken).toEqual([2]);
    expect(reading?.entries.at(-2)).toMatchObject({ action: "verify", result: "broken:2" });
    await log.close();
  });
  it("stops where somebody else writes it too", async () => {
    const [one, other] = [await openAccessLog(folder, now), await openAccessLog(folder, now)];
    await one.append(read);
    await expect(other.append(read)).rejects.toThrow("written by another");
    expect((await readAccess(folder))?.broken).toEqual([]);
    await one.close();
    await other.close();
  });
});

describe("the server's key", () => {
  it("is made once, for its owner alone", async () => {
    const secret = await serverSecret(folder);
    expect(await serverSecret(folder)).toBe(secret);
    expect(statSync(join(folder, "secret.key")).mode & 0o777).toBe(0o600);
  });
  it.each([
    ["readable by others", "0".repeat(64), 0o640],
    ["short", "0".repeat(63), 0o600],
    ["empty", "", 0o600],
  ])("is refused when it is %s", async (_, text, mode) => {
    writeFileSync(join(folder, "secret.key"), text);
    // As it is said, whatever the process's mask is.
    chmodSync(join(folder, "secret.key"), mode);
    await expect(serverSecret(folder)).rejects.toThrow(Refusal);
  });
});
