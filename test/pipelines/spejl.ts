import { spawnSync } from "node:child_process";

/** Runs the built command as a person would. */
export const spejl = (...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/pipelines/cli.js", ...words], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, LANG: "en_GB.UTF-8", LC_ALL: "", NO_COLOR: "1" },
  });
  return { status, stdout, stderr };
};

/** The one JSON document of a command. */
export const spejlJson = <T = Record<string, unknown>>(
  ...words: readonly string[]
): { status: number | null; document: T } => {
  const { status, stdout } = spejl(...words, "--json");
  return { status, document: JSON.parse(stdout) as T };
};
