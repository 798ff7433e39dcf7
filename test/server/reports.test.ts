import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followEarlier } from "../../src/server/release.ts";
import { accessFile, openAccessLog, readAccess } from "../../src/server/state/access-log.ts";
import { pruneAccess } from "../../src/server/state/access-pruning.ts";
import { writeSchedule } from "../../src/server/state/schedule.ts";
import { eraseTexts } from "../../src/server/state/texts.ts";
import { latestRelease } from "../../src/store/releases.ts";
import { writeRunStatus } from "../../src/store/run-status.ts";
import { type MadeSite, madeSite, publish, remembered, schedule } from "./made-site.ts";

let made: MadeSite;
beforeEach(async () => {
  made = await madeSite();
});
afterEach(() => made.remove());

/** A page without its tags, and what marks numbers within sentences. */
const wordsOf = (page: string): string => page.replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ");
const get = async (id: string, path: string) => made.ask(path, { cookies: await made.signedIn(id) });
const pageOf = async (id: string, path: string): Promise<string> => {
  const response = await get(id, path);
  expect(response.status, path).toBe(200);
  return wordsOf(await response.text());
};

describe("a leader's report and the coach", () => {
  beforeEach(() => publish(made.folder, ["L1", "L2", "L3", "L4"]));
  const choose = async (id: string, shown: string) => {
    const cookies = await made.signedIn(id);
    const { form } = await remembered(await made.ask("/programme", { cookies }));
    return made.ask("/report/coach", { method: "POST", cookies, form: { form, shown } });
  };
  const coachSees = async (leader = "L1", coach = "eli"): Promise<number> =>
    (await get(coach, `/shared/${leader}`)).status;
  const only = "Her kan kun du se den. De, der";
  const may = "Her kan kun du se den, så længe du ikke viser den til din coach";
  const sees = "Her kan kun lederen og lederens coach se den";

  it("meet by the leader's own choice, which the report says and which can be taken back", async () => {
    expect(await pageOf("anna", "/report")).toContain(may);
    expect(await pageOf("anna", "/programme")).toContain("Her kan kun du se din rapport.");
    expect(await coachSees()).toBe(404);
    expect(await pageOf("eli", "/groups")).toContain("En leder kan også vise dig sin seneste rapport.");
    expect(await pageOf("eli", "/groups/A")).not.toContain("Rapport Leder L1");
    expect((await choose("anna", "yes")).status).toBe(303);
    expect(await pageOf("anna", "/programme")).toContain("Din coach kan se din seneste rapport.");
    expect(await pageOf("anna", "/report")).toContain(sees);
    expect(await pageOf("eli", "/shared/L1")).toContain(sees);
    expect(await (await get("eli", "/groups/A")).text()).toContain('href="/shared/L1?lang=da"');
    expect((await choose("anna", "no")).status).toBe(303);
    expect(await coachSees()).toBe(404);
    expect(await pageOf("anna", "/report")).toContain(may);
  });
  it("do not meet for another coach, another leader, or anybody else", async () => {
    await choose("anna", "yes");
    expect(await coachSees("L1", "hal")).toBe(404);
    for (const leader of ["L2", "L3", "L4", "L9", ""]) expect(await coachSees(leader)).toBe(404);
    for (const id of ["anna", "bo", "cai", "dea", "fie"]) expect(await coachSees("L1", id)).toBe(404);
    // Jon has left the post; his choice is not there to be made.
    expect((await get("jon", "/programme")).status).toBe(404);
  });
  it("do not meet where the study does not give the choice, also not by one that was made before", async () => {
    await choose("anna", "yes");
    await writeSchedule(made.state, { ...schedule, coachSeesReport: false });
    expect(await coachSees()).toBe(404);
    expect(await pageOf("anna", "/report")).toContain(only);
    expect(await pageOf("anna", "/programme")).not.toContain("Din coach og din rapport");
    expect(await pageOf("eli", "/groups")).toContain("Du ser ingen rapporter.");
    expect((await choose("anna", "yes")).status).toBe(404);
  });
  it("part when the leader erases everything, or is erased, or another is the coach", async () => {
    const cookies = await made.signedIn("anna");
    await choose("anna", "yes");
    const { form } = await remembered(await made.ask("/programme", { cookies }));
    await made.ask("/programme/erase", { method: "POST", cookies, form: { form, sure: "yes" } });
    expect(await coachSees()).toBe(404);
    await choose("anna", "yes");
    await eraseTexts(made.state, made.secret, ["L1"]);
    expect(await coachSees()).toBe(404);
    await choose("anna", "yes");
    expect(await coachSees()).toBe(200);
    const groups = schedule.groups.map((group) => (group.id === "A" ? { ...group, coach: "hal" } : group));
    await writeSchedule(made.state, { ...schedule, groups });
    expect(await coachSees()).toBe(404);
    expect(await coachSees("L1", "hal")).toBe(200);
  });
  it("leave a trace that names no leader", async () => {
    await choose("anna", "yes");
    await coachSees();
    const acts = (await readAccess(made.state))!.entries.filter(({ person }) => person !== null).slice(-2);
    expect(acts.map(({ person, action, object, result }) => [person, action, object, result])).toEqual([
      ["anna", "write", "/report/coach", "303"],
      ["eli", "read", "/shared/:leader", "200"],
    ]);
  });
});

describe("earlier reports", () => {
  it("are the leader's own of the last release of each earlier wave, and nobody else's", async () => {
    const first = await publish(made.folder, ["L1"], "Den første", "w1");
    const corrected = await publish(made.folder, ["L1"], "Den rettede", "w1");
    const second = await publish(made.folder, ["L1", "L2"], "Den anden", "w2");
    const other = await publish(made.folder, ["L1", "L2"], "Den nuværende før", "w3");
    const now = await publish(made.folder, ["L1", "L2"], "Den nuværende", "w3");
    expect(readdirSync(join(made.folder, ".spejl", "releases"))).toHaveLength(7);
    const list = await (await get("anna", "/reports")).text();
    expect([...list.matchAll(/href="\/reports\/([^"?]*)/g)].map(([, id]) => id)).toEqual([second, corrected]);
    expect(await pageOf("anna", `/reports/${corrected}`)).toContain("Den rettede");
    expect(await pageOf("anna", "/")).toContain("Tidligere rapporter");
    for (const id of [first, other, now, "latest", "..%2Flatest"])
      expect((await get("anna", `/reports/${id}`)).status, id).toBe(404);
    expect((await get("bo", `/reports/${second}`)).status).toBe(200);
    expect((await get("bo", `/reports/${corrected}`)).status).toBe(404);
    for (const id of ["cai", "dea", "eli", "fie"]) expect((await get(id, `/reports/${second}`)).status).toBe(404);
    const read = (await readAccess(made.state))!.entries.filter(({ object }) => object === "/reports/:release");
    expect(read.find(({ person, result }) => person === "anna" && result === "200")).toMatchObject({
      release: corrected,
    });
  });
  it("are those that can be read, and all of them again once the system can read the others", async () => {
    const [first, second] = [
      await publish(made.folder, ["L1"], "Den første", "w1"),
      await publish(made.folder, ["L1"]),
    ];
    const manifest = join(made.folder, ".spejl", "releases", first, "manifest.json");
    renameSync(manifest, `${manifest}.aside`);
    mkdirSync(manifest);
    const faults: unknown[] = [];
    const earlier = followEarlier(made.folder, (fault) => faults.push(fault));
    const current = await latestRelease(made.folder);
    expect(current.id).toBe(second);
    const ids = async () => (await earlier(current)).map(({ id }) => id);
    expect(await ids()).toEqual([]);
    expect(faults).toMatchObject([{ code: "EISDIR" }]);
    rmSync(manifest, { recursive: true });
    renameSync(`${manifest}.aside`, manifest);
    expect(await ids()).toEqual([first]);
  });
  it("are none before a second wave", async () => {
    await publish(made.folder, ["L1"]);
    expect(await pageOf("anna", "/reports")).toContain("Der er ingen tidligere rapporter om dig.");
    expect(await pageOf("anna", "/")).not.toContain("Tidligere rapporter");
  });
});

describe("a report that is damaged", () => {
  it("is shown again as soon as it was published anew, and until then the server says that it is not well", async () => {
    const id = await publish(made.folder, ["L1"]);
    const health = async () => (await made.ask("/healthz")).status;
    const report = async () => (await get("anna", "/report")).status;
    writeFileSync(join(made.folder, ".spejl", "releases", id, "leaders.index.json"), "damaged");
    expect([await health(), await report(), await health()]).toEqual([503, 503, 503]);
    expect(await publish(made.folder, ["L1"])).toBe(id);
    expect([await health(), await report()]).toEqual([200, 200]);
    const { entries } = (await readAccess(made.state))!;
    expect(entries.filter(({ action, result }) => action === "serve" && result === "current")).toHaveLength(1);
  });
});

describe("an administrator", () => {
  it("sees which release is shown, since when, and how often it was read, and no leader", async () => {
    expect(await pageOf("fie", "/status")).toContain("Der er ingen udgivelse endnu.");
    const first = await publish(made.folder, ["L1"], "Den ene", "w2");
    await get("anna", "/report");
    const second = await publish(made.folder, ["L1"]);
    await get("anna", "/report");
    await get("anna", "/report");
    await get("cai", "/management");
    const page = await (await get("fie", "/status")).text();
    expect(wordsOf(page)).toContain(`Udgivelsen ${second} fra 26. januar 2026 vises nu, for målingen w3.`);
    const rows = [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].slice(1).map(([, row]) => wordsOf(row!.replaceAll("<", " <")));
    expect(
      rows.map((row) =>
        row
          .trim()
          .split(" ")
          .filter((word) => word !== ""),
      ),
    ).toMatchObject([
      [second, {}, {}, "3"],
      [first, {}, {}, "1"],
    ]);
    expect(page).not.toContain("L1");
  });
  it("is told of what was taken out of the log as something that is not known", async () => {
    const release = await publish(made.folder, ["L1"], "Den ene", "w2");
    rmSync(accessFile(made.state));
    let day = 1;
    const log = await openAccessLog(made.state, () => Date.UTC(2026, 2, day, 8));
    const signIn = { action: "sign-in", object: "/link/:token", release: null, result: "303" } as const;
    const read = { person: "anna", action: "read", object: "/report", release, result: "200" } as const;
    await log.append({ ...signIn, person: "anna" });
    await log.append({ ...signIn, person: "bo" });
    await log.append(read);
    day = 9;
    await log.append({ ...signIn, person: "anna" });
    await log.append(read);
    await log.close();
    const rows = async (): Promise<readonly string[]> => {
      const page = await (await get("fie", "/people")).text();
      return [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => wordsOf(row!.replaceAll("<", " <")).trim());
    };
    const of = (all: readonly string[], id: string) => all.find((row) => row.startsWith(id));
    expect(of(await rows(), "cai")).toMatch(/aldrig$/);
    expect(await pageOf("fie", "/status")).not.toContain("fjernet fra loggen");
    expect(await pruneAccess(made.state, "2026-03-05", () => Date.UTC(2026, 2, 10))).toMatchObject({ entries: 3 });
    const left = await rows();
    expect(of(left, "anna")).toMatch(/2026-03-09 08:00:00$/);
    for (const id of ["bo", "cai"]) expect(of(left, id)).toMatch(/ikke siden 9\. marts 2026$/);
    const status = await pageOf("fie", "/status");
    expect(status).toContain("2026-03-09 08:00:00");
    expect(status).toContain("3 ældre poster er fjernet fra loggen: en udgivelse kan være vist første gang før");
  });
  it("sees how the last run ended: counts, places and reasons, or the faults that stopped it", async () => {
    expect(await pageOf("fie", "/status")).toContain("Der er ingen kørsel endnu.");
    const at = "2026-11-27T05:12:03.000Z";
    const counts = { rows: 98, accepted: 90, rejected: 3, skipped: 5 };
    const done = {
      ...{ at, command: "run", refused: [], release: "w3-0123456789ab", quarantined: 3 },
      deliveries: [{ file: "efter.csv", wave: "w3", rater: "employee", ...counts }],
      quarantine: [{ file: "efter.csv", line: 98, column: "s1", code: "answer-out-of-range" as const }],
    };
    await writeRunStatus(made.folder, done);
    const page = (await (await get("fie", "/status")).text()).replaceAll("<", " <");
    const rows = wordsOf(page);
    expect(rows).toContain("spejl run blev færdig 2026-11-27 05:12:03 (UTC).");
    expect(rows).toContain("efter.csv w3 medarbejdere 98 90 3 5");
    expect(rows).toContain("Rækker i karantæne: 3, de første 1 vist.");
    expect(rows).toContain("efter.csv 98 s1 Svaret ligger uden for skalaens range. (answer-out-of-range)");
    const refused = [{ code: "file-empty" as const, file: "efter.csv" }, { code: "plan-locked" as const }];
    await writeRunStatus(made.folder, { ...done, refused, deliveries: [], quarantine: [], quarantined: 0 });
    const english = wordsOf((await (await get("fie", "/status?lang=en")).text()).replaceAll("<", " <"));
    expect(english).toContain("spejl run was refused 2026-11-27 05:12:03 (UTC), and nothing has changed.");
    expect(english).toContain("efter.csv – – file-empty – – – plan-locked");
    expect(english).not.toContain("Deliveries:");
  });
});
