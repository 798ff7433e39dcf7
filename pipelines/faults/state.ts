import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

/** What readers of a study see: the hash of the latest release and of the pages made from it. */
export const stateOf = async (study: string): Promise<string> => {
  const releases = join(study, ".spejl", "releases");
  const latest = (await readFile(join(releases, "latest"), "utf8")).trim();
  const files = [...(await filesBelow(join(releases, latest))), ...(await filesBelow(join(study, "reports")))];
  const hash = createHash("sha256").update(latest);
  for (const file of files) hash.update(file.slice(study.length)).update(await readFile(file));
  return `${latest} ${hash.digest("hex").slice(0, 12)}`;
};
