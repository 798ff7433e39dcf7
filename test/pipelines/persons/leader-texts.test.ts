import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { holdStudy } from "../../../src/server/lock.ts";
import { writeSchedule } from "../../../src/server/state/schedule.ts";
import { serverSecret, stateFolder } from "../../../src/server/state/secret.ts";
import { openTexts, ownerOf } from "../../../src/server/state/texts.ts";
import { schedule } from "../../server/made-site.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

/** A study at whose server two leaders, who answered nothing themselves, have written. */
const written = async () => {
  const folder = smallStudy();
  expect(spejl("ingest", folder).status).toBe(0);
  const state = stateFolder(folder);
  const secret = await serverSecret(state);
  const owners = { L1: ownerOf(secret, "L1", "anna"), L2: ownerOf(secret, "L2", "bo") };
  const texts = await openTexts(state);
  for (const owner of Object.values(owners))
    await texts.save(owner, "focus", { fields: ["en tekst"], shared: "coach", changed: "2020-03-01", count: 0 });
  const read = async () => {
    const { read } = await openTexts(state);
    return [await read(owners.L1, "focus"), await read(owners.L2, "focus")].map((text) => text?.fields[0] ?? null);
  };
  return { folder, state, owners, read };
};

it("erases what a leader wrote at the server, with the key, and says so before", async () => {
  const { folder, state, owners, read } = await written();
  const dry = spejlJson<{ texts: number }>("erase", "L1", folder, "--dry-run");
  expect([dry.status, dry.document.texts]).toEqual([0, 1]);
  expect(await read()).toEqual(["en tekst", "en tekst"]);
  const { status, document } = spejlJson<{ erased: { texts: number } }>("erase", "L1", folder, "--yes");
  expect([status, document.erased.texts]).toEqual([0, 1]);
  expect(await read()).toEqual([null, "en tekst"]);
  expect(existsSync(join(state, "keys", owners.L1))).toBe(false);
}, 120_000);

it("erases texts whose time is over without a server, also of a programme that the study has no more, and says so before", async () => {
  const { folder, state, owners, read } = await written();
  await writeSchedule(state, schedule);
  await writeSchedule(state, null);
  const said = spejlJson<{ retention: readonly { message: string }[] }>("audit", folder).document.retention;
  expect(said.map(({ message }) => message)).toEqual([
    `Leaders' texts should have been deleted on ${schedule.until} by \`programme\`.`,
  ]);
  expect(spejl("erase", "--overdue", folder, "--dry-run").status).toBe(0);
  expect(await read()).toEqual(["en tekst", "en tekst"]);
  const { status, document } = spejlJson<{ overdue: readonly unknown[]; deleted: boolean }>(
    ...["erase", "--overdue", folder, "--yes"],
  );
  expect([status, document.overdue.length, document.deleted]).toEqual([0, 1, true]);
  expect(await read()).toEqual([null, null]);
  for (const owner of Object.values(owners)) expect(existsSync(join(state, "keys", owner))).toBe(false);
  expect(existsSync(join(folder, ".spejl", "vault.duckdb"))).toBe(true);
  expect(spejlJson<{ retention: readonly unknown[] }>("audit", folder).document.retention).toEqual([]);
}, 120_000);

it("rotates the master key while no server runs, and keeps the keys out of every backup", async () => {
  const { folder, state, read } = await written();
  const master = () => readFileSync(join(state, "master.key"), "utf8");
  const before = master();
  const lock = await holdStudy(folder, state);
  expect(spejl("key", "rotate", folder).status).toBe(4);
  lock.close();
  expect(spejl("key", "turn", folder).status).toBe(2);
  expect(master()).toBe(before);
  const { status, document } = spejlJson<{ keys: number }>("key", "rotate", folder);
  expect([status, document.keys]).toEqual([0, 2]);
  expect(master()).not.toBe(before);
  expect(await read()).toEqual(["en tekst", "en tekst"]);
  const copy = join(folder, "copy");
  expect(spejl("backup", copy, folder, "--with-key").status).toBe(0);
  expect(readdirSync(join(copy, "store", "server")).sort()).toEqual(["programme", "secret.key"]);
}, 120_000);
