import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { type Problem, Refusal } from "../errors.ts";
import { instrumentNamed, type ParsedStudy, parseStudy, type SourceText } from "../study/read.ts";
import type { Study } from "../study/study.ts";
import { recoverStore } from "./former-store.ts";
import { pathOf } from "./inside.ts";
import { refuseRoot } from "./own-store.ts";
import { refuseIrregular } from "./regular-file.ts";

const mostBytes = 4 * 1024 * 1024;

const refuse = (problem: Problem): never => {
  throw new Refusal(problem);
};

const refuseUnread = (file: string, fault: unknown): never => {
  const cause = (fault as NodeJS.ErrnoException).code;
  if (cause === undefined) throw fault;
  if (cause === "ENOENT" || cause === "ENOTDIR") return refuse({ code: "file-missing", place: { file } });
  return refuse({ code: "file-unreadable", place: { file }, cause });
};

const readBytes = async (file: string): Promise<Buffer> => {
  try {
    await refuseIrregular(file);
    const { size } = await stat(file);
    if (size > mostBytes) return refuse({ code: "study-syntax", place: { file }, cause: "RESOURCE_EXHAUSTION" });
    return await readFile(file);
  } catch (fault) {
    return fault instanceof Refusal ? Promise.reject(fault) : refuseUnread(file, fault);
  }
};

const refuseEncoding = (file: string, bytes: Buffer): never => {
  const before = new TextDecoder("utf-8").decode(bytes).split("\uFFFD")[0]!.split("\n");
  const place = { file, line: before.length, column: before.at(-1)!.length + 1 };
  return refuse({ code: "file-unreadable", place, cause: "not-utf-8" });
};

/** The text of a file that somebody wrote by hand. */
export const readText = async (file: string): Promise<SourceText> => {
  const bytes = await readBytes(file);
  if (bytes.includes(0)) return refuse({ code: "file-binary", place: { file } });
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.trim() === "" ? refuse({ code: "file-empty", place: { file } }) : { file, text };
  } catch (fault) {
    return fault instanceof Refusal ? Promise.reject(fault) : refuseEncoding(file, bytes);
  }
};

const readInstrument = async (
  folder: string,
  { file, outside }: { readonly file: string; readonly outside: boolean },
): Promise<SourceText> => {
  await pathOf(file, folder, outside);
  return readText(isAbsolute(file) ? file : join(folder, file));
};

/** Reads and checks a study folder; what a reader should know although nothing is wrong comes as warnings. */
export const parseStudyFolder = async (folder: string): Promise<ParsedStudy> => {
  await stat(folder).catch((fault: unknown) => refuseUnread(folder, fault));
  await refuseRoot(folder);
  await recoverStore(folder);
  const study = await readText(join(folder, "study.yaml"));
  const named = instrumentNamed(study);
  const instrument = named === null ? null : await readInstrument(folder, named);
  return parseStudy({ study, instrument }, folder);
};

/** The study of a folder. Throws a Refusal with everything that is wrong with its files. */
export const readStudy = async (folder: string): Promise<Study> => (await parseStudyFolder(folder)).study;
