import { describe, expect, it } from "vitest";
import { guarded, openVault, problemOf } from "../../../src/store/vault/open.ts";
import { folderOf } from "../../pipelines/staged-study.ts";

describe("what the database cannot do", () => {
  it("for want of memory is refused as such, and the database can be used afterwards", async () => {
    using vault = await openVault(folderOf({}));
    await vault.connection.run("SET memory_limit = '20MB'");
    const listing = guarded(() => vault.connection.run("SELECT list(range) FROM range(5000000)"));
    await expect(listing).rejects.toMatchObject({ problems: [{ code: "memory-full" }] });
    expect((await vault.connection.runAndReadAll("SELECT 1")).getRowsJS()).toEqual([[1]]);
  });

  it("for a fault of the program is thrown as it is", async () => {
    using vault = await openVault(folderOf({}));
    await expect(guarded(() => vault.connection.run("SELECT nothing FROM nowhere"))).rejects.toThrow(/nowhere/);
  });

  const io = (words: string) => `IO Error: Cannot open file "/s/.spejl/vault.duckdb": ${words}`;
  const unusable = (cause: string) => ({
    code: "path-unusable",
    place: { file: "/s/.spejl/vault.duckdb" },
    cause,
  });
  it.each([
    [io("Permission denied"), unusable("EACCES")],
    [io("Operation not permitted"), unusable("EPERM")],
    [io("Read-only file system"), unusable("EROFS")],
    [io("Input/output error"), unusable("EIO")],
    [io("fsync failed"), unusable("EIO")],
    [io("Is a directory"), unusable("EISDIR")],
    [io("Not a directory"), unusable("ENOTDIR")],
    [io("Too many levels of symbolic links"), unusable("ELOOP")],
    [io("Too many open files"), { code: "handles-full", cause: "/s/.spejl/vault.duckdb" }],
    [io("File too large"), { code: "disk-full", cause: "/s/.spejl/vault.duckdb" }],
    [io("Disk quota exceeded"), { code: "disk-full", cause: "/s/.spejl/vault.duckdb" }],
    [io("Cannot allocate memory"), { code: "memory-full", cause: "/s/.spejl/vault.duckdb" }],
    ["IO Error: Read-only file system", { code: "path-unusable", place: { file: "" }, cause: "EROFS" }],
    [
      'IO Error: Could not set lock on file "/s/v": Conflicting lock is held in node (PID 4711)',
      { code: "study-held", pid: 4711 },
    ],
    ["Catalog Error: Table with name nowhere does not exist!", null],
  ])("is told by DuckDB's words: %s", (message, problem) => {
    expect(problemOf(message)).toEqual(problem);
  });

  it.each([
    "IO Error: Could not write file: No space left on device",
    "IO Error: the disk is full",
    "Out of Memory Error: failed to offload data block, max_temp_directory_size is 1GB",
  ])("is a full disk where it says: %s", (message) => {
    expect(problemOf(message)).toEqual({ code: "disk-full", cause: message });
  });
});
