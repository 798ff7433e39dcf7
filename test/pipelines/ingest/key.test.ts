import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Refusal } from "../../../src/errors.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf, rowsOf } from "../staged-study.ts";

const keyOf = (folder: string): string => join(folder, ".spejl", "pseudonym.key");
const refused = (folder: string) =>
  ingestOf(folder).then(
    () => "read",
    (fault: unknown) => (fault instanceof Refusal ? fault.problems : fault),
  );
const pseudonyms = async (folder: string) => {
  using vault = await openVault(folder);
  return await rowsOf(vault, "(select distinct respondent from responses)");
};

describe("the key of pseudonyms", () => {
  it.each([
    ["a line end after it", (key: string) => `${key}\n`],
    ["a character too few", (key: string) => key.slice(1)],
    ["capitals", (key: string) => `A${key.slice(1)}`],
    ["nothing in it", () => ""],
  ])("with %s is refused by name, and never another", async (_, change) => {
    const folder = smallStudy();
    await ingestOf(folder);
    const before = await pseudonyms(folder);
    const key = readFileSync(keyOf(folder), "utf8");
    writeFileSync(keyOf(folder), change(key));
    writeFileSync(join(folder, "after.csv"), readFileSync(join(folder, "before.csv"), "utf8").replace(",1,", ",2,"));
    expect(await refused(folder)).toEqual([{ code: "key-altered", place: { file: keyOf(folder) } }]);
    expect(readFileSync(keyOf(folder), "utf8")).toBe(change(key));
    writeFileSync(keyOf(folder), key);
    expect(await refused(folder)).toBe("read");
    expect(await pseudonyms(folder)).toEqual(before);
  });

  it("that cannot be read is not made anew", async () => {
    const folder = smallStudy();
    mkdirSync(keyOf(folder), { recursive: true });
    await expect(ingestOf(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });

  it("that is gone is missed where there are answers under it, in the database or in what was kept", async () => {
    const folder = smallStudy();
    await ingestOf(folder);
    const missing = [{ code: "key-missing", place: { file: keyOf(folder) } }];
    rmSync(keyOf(folder));
    expect(await refused(folder)).toEqual(missing);
    rmSync(join(folder, ".spejl", "vault.duckdb"));
    expect(await refused(folder)).toEqual(missing);
    rmSync(join(folder, ".spejl"), { recursive: true });
    expect(await refused(folder)).toBe("read");
  });
});
