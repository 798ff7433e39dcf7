import { realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { Refusal } from "../errors.ts";

/** Whether what a folder calls by this name lies in the folder. */
export const isInside = (name: string, folder: string): boolean => {
  const way = relative(resolve(folder), resolve(folder, name));
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** Where a link leads; a file that is not there is where its name says, and refused by who reads it. */
const realPath = (path: string): Promise<string> => realpath(path).catch(() => path);

/**
 * Where a file lies that a study file names. Refuses one outside the study's folder, whether by its name or through a
 * link, unless the study file says that its files may lie there.
 */
export const pathOf = async (name: string, folder: string, outside: boolean): Promise<string> => {
  const [root, path] = [resolve(folder), resolve(folder, name)];
  if (outside) return path;
  const inside = isInside(path, root) && isInside(await realPath(path), await realPath(root));
  if (!inside) throw new Refusal({ code: "file-outside", place: { file: name } });
  return path;
};
