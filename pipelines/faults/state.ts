import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { formatDate } from "../../src/reporting/page/locale.ts";

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
};

/** What readers of a study see: the hash of the latest release and of the pages made from it, whatever day it was made on. */
export const stateOf = async (study: string): Promise<string> => {
  const releases = join(study, ".spejl", "releases");
  const latest = (await readFile(join(releases, "latest"), "utf8")).trim();
  const release = join(releases, latest);
  const manifest = join(release, "manifest.json");
  const { date, seal, ...parts } = JSON.parse(await readFile(manifest, "utf8")) as { date: string; seal: string };
  const hash = createHash("sha256").update(latest).update(JSON.stringify(parts));
  const day = formatDate(date, "en");
  for (const file of (await filesBelow(release)).filter((one) => one !== manifest))
    hash.update(file.slice(study.length)).update(await readFile(file));
  for (const page of await filesBelow(join(study, "reports"))) {
    const dayless = (await readFile(page, "utf8"))
      .replaceAll(day, "")
      .replaceAll(/<data value="\d+" data-plain="date">\d+/g, "");
    hash.update(page.slice(study.length)).update(dayless);
  }
  return `${latest} ${hash.digest("hex").slice(0, 12)}`;
};
