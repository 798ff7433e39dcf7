import { existsSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { Refusal } from "../../src/errors.ts";
import type { OutsideFile } from "../../src/store/backup/manifest.ts";
import { hashOfFile } from "../../src/store/file-hash.ts";
import { isInside } from "../../src/store/inside.ts";
import { readStudy, readText } from "../../src/store/study-files.ts";
import { instrumentNamed, parseStudy } from "../../src/study/read.ts";
import type { Study } from "../../src/study/study.ts";

/** A file of a study, and its path in the study's folder once it is restored. */
interface StudyFile {
  readonly file: string;
  readonly path: string;
}

/** What a backup holds of a study's own files. */
export interface StudyParts {
  readonly files: readonly StudyFile[];
  /** With their hashes; a backup has them in its store. */
  readonly deliveries: readonly (StudyFile & { readonly sha256: string })[];
  readonly outside: readonly OutsideFile[];
}

/** Files without which a study cannot be read or run again. */
const neededNames = async (study: Study): Promise<readonly string[]> => {
  const instrument = instrumentNamed(await readText(join(study.folder, "study.yaml")));
  return [
    "study.yaml",
    ...(instrument === null ? [] : [instrument.file]),
    ...(study.roster === null ? [] : [study.roster.file, ...study.roster.reading.codebook]),
    ...(study.programme === null ? [] : [study.programme.sessions, study.programme.attendance ?? []].flat()),
  ];
};

const optionalNames = (study: Study): readonly string[] => [
  ...study.deliveries.flatMap(({ reading }) => reading.codebook),
  study.allocation?.record ?? "assignment.json",
  "assignment.csv",
  "plan.lock.json",
];

/** Files of a folder that another folder has under the same name. */
const isOwn = (name: string, folder: string): boolean => !isAbsolute(name) && isInside(name, folder);

const outsideFolder = "outside";

/** Files that are named outside a folder, beside each other in it, under names that no other file has. */
const broughtInside = (names: readonly string[], own: readonly string[]): readonly OutsideFile[] => {
  const taken = new Set(own.map((path) => path.toLowerCase()));
  return names.map((name) => {
    let path = join(outsideFolder, basename(name));
    for (let k = 2; taken.has(path.toLowerCase()); k += 1) path = join(outsideFolder, `${k}-${basename(name)}`);
    taken.add(path.toLowerCase());
    return { name, path };
  });
};

/** The files of a study that a backup is to hold. Refuses where one is missing without which it could not be restored. */
export const studyParts = async (study: Study): Promise<StudyParts> => {
  const { folder } = study;
  const isThere = (name: string): boolean => existsSync(resolve(folder, name));
  const needed = await neededNames(study);
  const missing = needed.filter((name) => !isThere(name));
  if (missing.length > 0)
    throw new Refusal(...missing.map((file) => ({ code: "file-missing", place: { file } }) as const));
  const names = [...new Set([...needed, ...optionalNames(study).filter(isThere)])];
  const delivered = [...new Set(study.deliveries.map(({ file }) => file))].filter(isThere);
  const all = [...new Set([...names, ...delivered])];
  const own = all
    .filter((name) => isOwn(name, folder))
    .map((name): OutsideFile => ({ name, path: relative(resolve(folder), resolve(folder, name)) }));
  const outside = broughtInside(
    all.filter((name) => !isOwn(name, folder)),
    own.map(({ path }) => path),
  );
  const paths = new Map([...own, ...outside].map(({ name, path }) => [name, path]));
  const placed = (name: string): StudyFile => ({ file: resolve(folder, name), path: paths.get(name)! });
  return {
    files: names.map(placed),
    deliveries: await Promise.all(
      delivered.map(async (name) => ({ ...placed(name), sha256: (await hashOfFile(resolve(folder, name)))! })),
    ),
    outside,
  };
};

/** The study that was unpacked into a folder, with its instrument from where that was put. */
export const unpackedStudy = async (folder: string, outside: readonly OutsideFile[]): Promise<Study> => {
  const study = await readText(join(folder, "study.yaml"));
  const named = instrumentNamed(study);
  const moved = outside.find(({ name }) => name === named?.file);
  if (moved === undefined) return readStudy(folder);
  return parseStudy({ study, instrument: await readText(join(folder, moved.path)) }, folder).study;
};
