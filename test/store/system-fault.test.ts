import { describe, expect, it } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { naming, problemsOf } from "../../src/store/system-fault.ts";

/** An error as Node throws it for a call to the system. */
const fault = (code: string, paths: { readonly path?: string; readonly dest?: string } = {}): Error =>
  Object.assign(new Error(code), { code }, paths);

describe("a fault of the system", () => {
  it.each([
    ["no right to it", "EACCES"],
    ["a right that nobody has", "EPERM"],
    ["a disk that takes nothing", "EROFS"],
    ["a disk that fails", "EIO"],
    ["a file where a folder should be", "ENOTDIR"],
    ["a folder where a file should be", "EISDIR"],
    ["links that go round", "ELOOP"],
    ["a name that is too long", "ENAMETOOLONG"],
    ["somebody else who holds it", "EBUSY"],
    ["a program that runs from it", "ETXTBSY"],
    ["one that is there already", "EEXIST"],
    ["none that is there", "ENOENT"],
    ["a folder that is not empty", "ENOTEMPTY"],
    ["another disk", "EXDEV"],
    ["no disk", "ENODEV"],
    ["no such address", "ENXIO"],
    ["a network disk that has changed", "ESTALE"],
    ["a network disk that is silent", "ETIMEDOUT"],
  ])("is told by the path: %s", (_, code) => {
    expect(problemsOf(fault(code, { path: "/a" }))).toEqual([
      { code: "path-unusable", place: { file: "/a" }, cause: code },
    ]);
  });

  it("is told by where to, where something was to be put elsewhere", () => {
    expect(problemsOf(fault("EACCES", { path: "/a", dest: "/b" }))).toMatchObject([{ place: { file: "/b" } }]);
  });

  it.each([
    ["disk-full", ["ENOSPC", "EDQUOT", "EFBIG"]],
    ["memory-full", ["ENOMEM", "ERR_WORKER_OUT_OF_MEMORY", "ERR_MEMORY_ALLOCATION_FAILED"]],
    ["handles-full", ["EMFILE", "ENFILE"]],
  ])("is %s for %j", (code, causes) => {
    for (const cause of causes) {
      expect(problemsOf(fault(cause, { path: "/a" }))).toEqual([{ code, cause: "/a" }]);
      expect(problemsOf(fault(cause))).toEqual([{ code, cause: "" }]);
    }
  });

  it("is none where the program is at fault", () => {
    for (const bug of [
      fault("ERR_INVALID_ARG_TYPE"),
      fault("EBADF"),
      new Error("x"),
      { code: 5 },
      "x",
      null,
      undefined,
    ])
      expect(problemsOf(bug)).toBeNull();
  });

  it("is what a refusal says", () => {
    const problem = { code: "disk-full", cause: "/a" } as const;
    expect(problemsOf(new Refusal(problem))).toEqual([problem]);
  });

  it("is named by the file that was worked on, unless it names one itself or is a bug", async () => {
    const thrown = (one: Error) => naming("/a", () => Promise.reject(one)).catch((fault: unknown) => problemsOf(fault));
    expect(await thrown(fault("ENOSPC"))).toEqual([{ code: "disk-full", cause: "/a" }]);
    expect(await thrown(fault("ENOSPC", { path: "/b" }))).toEqual([{ code: "disk-full", cause: "/b" }]);
    const bug = new Error("a bug");
    await expect(naming("/a", () => Promise.reject(bug))).rejects.toBe(bug);
    expect(bug).not.toHaveProperty("path");
    expect(await naming("/a", async () => 5)).toBe(5);
  });
});
