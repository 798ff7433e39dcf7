import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { rotateMaster } from "../../src/server/state/keys.ts";
import { eraseTexts, openTexts, ownerOf } from "../../src/server/state/texts.ts";

const secret = "0".repeat(64);
const leaders = Array.from({ length: 12 }, (_, k) => `L${k}`);
const owners = leaders.map((leader) => ownerOf(secret, leader, `person of ${leader}`));

const written = async () => {
  const state = mkdtempSync(join(tmpdir(), "keys-"));
  onTestFinished(() => rmSync(state, { recursive: true, force: true }));
  const texts = await openTexts(state);
  for (const owner of owners)
    await texts.save(owner, "focus", {
      fields: [`text of ${owner}`],
      shared: "private",
      changed: "2019-03-01",
      count: 0,
    });
  const master = () => readFileSync(join(state, "master.key"), "utf8");
  /** What a server that starts now reads. */
  const read = async () => {
    const { read } = await openTexts(state);
    return Promise.all(owners.map(async (owner) => (await read(owner, "focus"))?.fields[0]));
  };
  const files = () => owners.map((owner) => readFileSync(join(state, "programme", owner, "focus"), "utf8"));
  return { state, master, read, files };
};
const all = owners.map((owner) => `text of ${owner}`);

describe("the keys of leaders' texts", () => {
  it("come under a new master key while every text stays as it is", async () => {
    const { state, master, read, files } = await written();
    const [before, texts] = [master(), files()];
    expect(await rotateMaster(state)).toBe(owners.length);
    expect(master()).not.toBe(before);
    expect(files()).toEqual(texts);
    expect(await read()).toEqual(all);
    expect(readdirSync(state).filter((name) => name.startsWith("master"))).toEqual(["master.key"]);
    writeFileSync(join(state, "master.key"), before, { mode: 0o600 });
    await expect(read()).rejects.toThrow("under a master key that is not there");
  });
  it.each(["", "8", "g"])(
    "leave every text readable where the rotation ends before key %j…, and go on from there",
    async (at) => {
      const { state, master, read } = await written();
      const before = master();
      // Something that cannot be read stops the rotation as a kill would: at this key, with those before it done.
      const stone = join(state, "keys", `${at}!`);
      writeFileSync(stone, "no key");
      await expect(rotateMaster(state)).rejects.toThrow();
      const done = owners.filter((owner) => owner < `${at}!`).length;
      expect(await read()).toEqual(all);
      expect(master()).toBe(before);
      rmSync(stone);
      expect(await rotateMaster(state)).toBe(owners.length - done);
      expect(await read()).toEqual(all);
      expect(existsSync(join(state, "master.next.key"))).toBe(false);
    },
  );
  it("are left alone by half of a key that a kill left behind", async () => {
    const { state, read } = await written();
    writeFileSync(join(state, "keys", `${owners[0]}.00.partial`), '{"master":');
    expect(await rotateMaster(state)).toBe(owners.length);
    expect(readdirSync(join(state, "keys")).sort()).toEqual([...owners].sort());
    expect(await read()).toEqual(all);
  });
  it("are not made anew where the master key is gone, nor used where others may read it", async () => {
    const { state, master, read } = await written();
    const key = master();
    rmSync(join(state, "master.key"));
    await expect(read()).rejects.toMatchObject({ problems: [{ code: "secret-weak", cause: "short" }] });
    writeFileSync(join(state, "master.key"), key.slice(1), { mode: 0o600 });
    await expect(read()).rejects.toMatchObject({ problems: [{ code: "secret-weak", cause: "short" }] });
    writeFileSync(join(state, "master.key"), key);
    chmodSync(join(state, "master.key"), 0o644);
    await expect(read()).rejects.toMatchObject({ problems: [{ code: "secret-weak", cause: "readable" }] });
  });
  it("go first where a leader's texts are erased", async () => {
    const { state, read } = await written();
    expect(await eraseTexts(state, secret, ["L3", "nobody"])).toBe(1);
    expect(await read()).toEqual(all.map((text, k) => (k === 3 ? undefined : text)));
    expect(readdirSync(join(state, "keys"))).toHaveLength(owners.length - 1);
    expect(readdirSync(join(state, "programme"))).toHaveLength(owners.length - 1);
  });
});
