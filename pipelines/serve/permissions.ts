import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../src/store/assets.ts";
import { releasesOf } from "../../src/store/release-manifest.ts";

const upwards = (folder: string): readonly string[] => {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
};

/** Where the packages lie that this one needs: beside it, or in a folder above it. */
const packageFolders = (): readonly string[] =>
  upwards(packageRoot)
    .map((folder) => join(folder, "node_modules"))
    .filter(existsSync);

const withReal = (folders: readonly string[]): readonly string[] => [
  ...new Set(folders.flatMap((folder) => [folder, realpathSync(folder)])),
];

/**
 * What of Node a server's process is left with: it may read the package, the releases and, where it has one, write a
 * state of its own. No other file, no other process or thread, and no native code: the vault cannot be opened, nor the
 * library be loaded that would.
 */
export const permissionFlags = (studyFolder: string, states: readonly string[]): readonly string[] => {
  const mode = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
  // Not the whole package: a study may lie in its folder.
  const own = ["dist", "reports"].map((folder) => join(packageRoot, folder));
  const readable = withReal([...own, ...packageFolders(), releasesOf(studyFolder), ...states]);
  return [
    mode,
    "--disable-warning=ExperimentalWarning",
    "--disable-warning=SecurityWarning",
    `--allow-fs-read=${join(packageRoot, "package.json")}`,
    // The star takes in the folder itself; both, and Node 20 aborts.
    ...readable.map((folder) => `--allow-fs-read=${join(folder, "*")}`),
    ...withReal(states).map((folder) => `--allow-fs-write=${join(folder, "*")}`),
  ];
};
