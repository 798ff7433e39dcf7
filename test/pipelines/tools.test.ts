import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const tools = [
  ["bench", "bench/bench.js"],
  ["fuzz", "fuzz/fuzz.js"],
  ["faults", "faults/faults.js"],
  ["audit-trials", "audit/audit-trials.js"],
  ["mutation", "mutation/mutation.js"],
  ["simulate:calibration", "design/calibration.js"],
  ["simulate:units", "design/unit-calibration.js"],
  ["simulate:few-leaders", "design/few-leaders/few-leaders.js"],
] as const;

/** What a tool said, and what it left in an empty folder for its scratch files. */
const run = async (script: string, ...words: readonly string[]) => {
  const scratch = await mkdtemp(join(tmpdir(), "tool-"));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`dist/pipelines/${script}`, ...words], {
      encoding: "utf8",
      timeout: 30_000,
      env: { ...process.env, TMPDIR: scratch },
    });
    return { status, stdout, stderr, left: await readdir(scratch) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

describe.each(tools)("npm run %s", (name, script) => {
  it("says how it is used and starts nothing", async () => {
    const { status, stdout, stderr, left } = await run(script, "--help");
    expect({ status, stderr, left }).toEqual({ status: 0, stderr: "", left: [] });
    expect(stdout.split("\n")[0]).toMatch(new RegExp(`^Usage: npm run ${name} -- \\[options\\]`));
    expect(stdout.trim()).toMatch(new RegExp(`Example:\\n  npm run ${name}[^\\n]*$`));
  });

  it("refuses what it does not know before it starts", async () => {
    const { status, stdout, stderr, left } = await run(script, "--larg");
    expect({ status, stdout, left }).toEqual({ status: 2, stdout: "", left: [] });
    expect(stderr).toContain(`unknown option '--larg'`);
    expect(stderr).toContain(`npm run ${name} -- --help`);
  });
});

it.each([
  ["bench/bench.js", "--parts", "serve,nothing"],
  ["fuzz/fuzz.js", "--files", "many"],
  ["faults/faults.js", "--kinds", "kills,floods"],
  ["audit/audit-trials.js", "--seed", "1.5"],
  ["mutation/mutation.js", "--sample", "some"],
])("%s refuses %s %s", async (script, option, value) => {
  const { status, stderr } = await run(script, option, value);
  expect(status).toBe(2);
  expect(stderr).toContain(`argument '${value}' is invalid`);
});
