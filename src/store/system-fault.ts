import { type Problem, Refusal } from "../errors.ts";

const ofDisk = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const ofMemory = new Set(["ENOMEM", "ERR_WORKER_OUT_OF_MEMORY", "ERR_MEMORY_ALLOCATION_FAILED"]);
const ofHandles = new Set(["EMFILE", "ENFILE"]);
const ofPath = new Set([
  ...["EACCES", "EPERM", "EROFS", "EIO", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG", "EBUSY", "ETXTBSY", "EEXIST"],
  ...["ENOENT", "ENOTEMPTY", "EXDEV", "ENODEV", "ENXIO", "ESTALE", "ETIMEDOUT"],
]);

/** The refusal that an error code of the operating system deserves; null for what is no fault of disk, memory or files. */
export const problemOfCode = (code: string, path: string): Problem | null => {
  if (ofDisk.has(code)) return { code: "disk-full", cause: path };
  if (ofMemory.has(code)) return { code: "memory-full", cause: path };
  if (ofHandles.has(code)) return { code: "handles-full", cause: path };
  return ofPath.has(code) ? { code: "path-unusable", place: { file: path }, cause: code } : null;
};

/** What a fault says to whoever runs a command: that of a refusal, or of the operating system; null where it is a bug. */
export const problemsOf = (fault: unknown): readonly Problem[] | null => {
  if (fault instanceof Refusal) return fault.problems;
  const { code, path, dest } = (fault ?? {}) as NodeJS.ErrnoException & { readonly dest?: string };
  const problem = typeof code === "string" ? problemOfCode(code, dest ?? path ?? "") : null;
  return problem && [problem];
};

/** Runs work on a file. The system names it where it opens it, but not where it writes, flushes or closes it. */
export const naming = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (fault) {
    const { code, path: named } = fault as NodeJS.ErrnoException;
    throw code !== undefined && named === undefined ? Object.assign(fault as Error, { path }) : fault;
  }
};
