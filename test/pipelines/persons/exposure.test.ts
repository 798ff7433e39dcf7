import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { holdStudy } from "../../../src/server/lock.ts";
import { openAccessLog } from "../../../src/server/state/access-log.ts";
import { writePeople } from "../../../src/server/state/people.ts";
import { smallStudy } from "../small-study.ts";
import { spejl, spejlJson } from "../spejl.ts";

const [first, second] = ["before-0123456789ab", "after-0123456789ab"];

/** A study whose leaders read at a server, on days of March. */
const readStudy = async () => {
  const folder = smallStudy();
  const state = join(folder, ".spejl", "server");
  mkdirSync(state, { recursive: true });
  const person = (id: string, leader: string | null) => ({
    id,
    viewers: ["leader" as const],
    leader,
    mail: null,
    signIn: null,
  });
  await writePeople(state, [person("anna", "=L1;x"), person("bo", "L2"), person("cai", null)]);
  let day = 0;
  const log = await openAccessLog(state, () => Date.UTC(2026, 2, day, 23, 59));
  const read = (at: number, id: string, release: string, object = "/report", result = "200") => {
    day = at;
    return log.append({ person: id, action: "read", object, release, result });
  };
  await read(1, "bo", first, "/management");
  await read(2, "bo", first, "/report", "404");
  await read(3, "bo", first);
  await read(4, "bo", first);
  await read(5, "bo", second);
  await read(6, "anna", second);
  await read(7, "gone", second);
  await read(8, "cai", second);
  await log.close();
  return { folder, state };
};

describe("spejl audit exposure", () => {
  it("says on which day each leader first read the report of each wave, and what it cannot say", async () => {
    const { folder } = await readStudy();
    const { status, stdout, stderr } = spejl("audit", "exposure", folder);
    expect(status).toBe(0);
    expect(stdout).toBe(
      ["leader;wave;first_read", `"'=L1;x";after;2026-03-06`, "L2;after;2026-03-05", "L2;before;2026-03-03", ""].join(
        "\n",
      ),
    );
    expect(stderr).toContain("2 readings are by persons whom people.csv no longer names as leaders");
    const { document } = spejlJson("audit", "exposure", folder);
    expect(document).toMatchObject({ unknown: 2, pruned: 0, exposure: [{ leader: "=L1;x" }, {}, { wave: "before" }] });
    expect(readFileSync(join(folder, ".spejl", "log.jsonl"), "utf8")).toMatch(
      /audit exposure.*begun[\s\S]*audit exposure.*done/,
    );
  });
});

describe("a study that no server has shown", () => {
  it("has no readings, and nobody is said to have removed a log", () => {
    const folder = smallStudy();
    const { status, stdout, stderr } = spejl("audit", "exposure", folder);
    expect([status, stdout]).toEqual([0, "leader;wave;first_read\n"]);
    expect(stderr).toContain("No server has shown reports here");
    expect(spejlJson("audit", "exposure", folder).document).toEqual({ exposure: [], unknown: 0, pruned: 0 });
  });
});

describe("spejl audit prune", () => {
  it("takes away what is old once it is told to, and the audit still proves the rest", async () => {
    const { folder } = await readStudy();
    spejl("audit", "exposure", folder);
    const prune = (...words: readonly string[]) => spejl("audit", "prune", folder, "--before", "2026-03-05", ...words);
    expect(prune().status).toBe(2);
    expect(prune("--dry-run").stdout).toContain("4 entries of the server's access log are from before 2026-03-05");
    expect(spejlJson<{ access: object }>("audit", folder).document.access).toMatchObject({ entries: 8 });
    expect(prune("--yes").stdout).toMatch(/Taken away up to entry 4:[0-9a-f]{64}/);
    const { access } = spejlJson<{ access: { entries: number; hash: string } }>("audit", folder).document;
    expect(access.entries).toBe(9);
    const noted = (anchor: string) =>
      spejlJson<{ problems?: readonly { code: string }[] }>("audit", folder, "--access-anchor", anchor);
    expect(noted(`9:${access.hash}`).status).toBe(0);
    expect(noted(`2:${access.hash}`).document.problems?.[0]?.code).toBe("entry-pruned");
    const { stdout, stderr } = spejl("audit", "exposure", folder);
    expect(stdout).toContain("L2;after;2026-03-05");
    expect(stdout).not.toContain("before");
    expect(stderr).toContain("4 older entries were taken out of the log");
  });
  it("waits for the server to stop, and for a day that there is", async () => {
    const { folder, state } = await readStudy();
    const lock = await holdStudy(folder, state);
    expect(spejl("audit", "prune", folder, "--before", "2026-03-05", "--yes").status).toBe(4);
    lock.close();
    expect(spejl("audit", "prune", folder, "--before", "2026-02-30", "--yes").status).toBe(2);
    expect(spejl("audit", "prune", folder).status).toBe(2);
  });
});
