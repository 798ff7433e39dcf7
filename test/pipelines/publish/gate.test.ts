import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { smallStudy } from "../small-study.ts";

/** What is wrong with the code that decides, while a test has it so. */
const faults = vi.hoisted(() => ({
  ...{ showsAll: false, bareNumber: false, extraNumber: false, rounds: false },
  ...{ movesPages: false, saysKept: false },
}));
beforeEach(() => {
  for (const fault of Object.keys(faults)) faults[fault as keyof typeof faults] = false;
});

vi.mock("../../../src/disclosure/lattice/own-pages.ts", async (original) => {
  const real = await original<typeof import("../../../src/disclosure/lattice/own-pages.ts")>();
  const decidePages: typeof real.decidePages = (...asked) => {
    const decide = real.decidePages(...asked);
    return (leader, wave) => ({ ...decide(leader, wave), ...(faults.movesPages ? { kept: null, earlier: [] } : {}) });
  };
  return { ...real, decidePages };
});

vi.mock("../../../pipelines/publish/leader.ts", async (original) => {
  const real = await original<typeof import("../../../pipelines/publish/leader.ts")>();
  const pagesOf: typeof real.pagesOf = (facts, study, decide) =>
    real.pagesOf(facts, study, (leader, wave) => ({
      ...decide(leader, wave),
      ...(faults.saysKept && leader === "L1" ? { kept: releasesNoted.at(-1)! } : {}),
    }));
  return { ...real, pagesOf };
});
/** Ids of the releases that a test has made. */
const releasesNoted = vi.hoisted((): string[] => []);

vi.mock("../../../src/disclosure/lattice/decide.ts", async (original) => {
  const real = await original<typeof import("../../../src/disclosure/lattice/decide.ts")>();
  const decide: typeof real.decide = (request) => {
    const pattern = real.decide(request);
    if (!faults.showsAll) return pattern;
    return new Map(
      [...pattern].map(([key, each]) => [key, { ...each, outcome: each.passed ? "shown" : each.outcome } as const]),
    );
  };
  return { ...real, decide };
});

vi.mock("../../../src/reporting/management/facts.ts", async (original) => {
  const real = await original<typeof import("../../../src/reporting/management/facts.ts")>();
  const { letOut } = await import("../../../src/disclosure/published.ts");
  const managementRelease: typeof real.managementRelease = (...asked) => {
    const { model, atoms, facts } = real.managementRelease(...asked);
    const largest = { mean: faults.bareNumber ? 61.2 : letOut(61.2) };
    const more = { ...model, departments: { ...model.departments, largest } };
    return {
      model: faults.extraNumber || faults.bareNumber ? more : model,
      atoms,
      facts: faults.rounds ? facts.map((fact) => ({ ...fact, value: fact.value + 0.3 })) : facts,
    };
  };
  return { ...real, managementRelease };
});

/** Sixteen leaders, of whom one has a department alone. */
const leaders = Array.from({ length: 16 }, (_, k) => `L${k + 1},${k % 2 ? "training" : "control"},D${k % 2}`);
const roster = (rows: readonly string[]) => `leader,arm,department\n${rows.join("\n")}\n`;
const alone = roster([...leaders.slice(0, -1), "L16,training,D2"]);

/** Loaded anew for this file: test files share modules, and what was loaded before is not what the faults are put in. */
const load = async () => ({
  ...(await import("../../../src/errors.ts")),
  ...(await import("../../../src/store/study-files.ts")),
  ...(await import("../../../src/store/vault/open.ts")),
  ...(await import("../../../pipelines/ingest/ingest.ts")),
  ...(await import("../../../pipelines/score/score.ts")),
  ...(await import("../../../pipelines/summarize/summarize.ts")),
  ...(await import("../../../pipelines/estimate/estimate.ts")),
  ...(await import("../../../pipelines/publish/publish.ts")),
});
let loaded: Awaited<ReturnType<typeof load>>;
beforeAll(async () => {
  vi.resetModules();
  loaded = await load();
});
afterAll(() => {
  vi.resetModules();
});

const run = async (folder: string) => {
  const { readStudy, openVault, ingest, score, summarize, estimate, publish } = loaded;
  const study = await readStudy(folder);
  using vault = await openVault(folder);
  const quiet = () => undefined;
  const first = await ingest(vault, study, quiet);
  const scored = await score(vault, study, first.key, quiet);
  const moments = await summarize(vault, study, scored.key, quiet);
  const estimated = await estimate(vault, study, { key: moments.key, measured: scored.report.scales }, quiet);
  const from = { analysis: estimated.report, measurement: scored.report.scales, key: estimated.key };
  return (await publish(vault, study, from, quiet)).report;
};
const problemsOf = (folder: string): Promise<unknown> =>
  run(folder).then(
    () => [],
    (fault: unknown) => (fault instanceof loaded.Refusal ? fault.problems : Promise.reject(fault)),
  );
const releasesIn = (folder: string) => {
  const releases = join(folder, ".spejl", "releases");
  return existsSync(releases) ? readdirSync(releases).sort() : [];
};
const ledgerOf = (folder: string) => readFileSync(join(folder, ".spejl", "ledger", "ledger.jsonl"), "utf8");

describe("the gate before a release can be read", () => {
  it("lets a release through and says what it looked at", async () => {
    const { audited, release } = await run(smallStudy({ "roster.csv": alone }));
    expect(release).toMatch(/^after-/);
    expect(audited).toMatchObject({ releases: 1, readers: 17, reports: 16 });
    expect(audited.facts).toBeGreaterThan(8);
    expect(audited.numbers).toBeGreaterThan(audited.facts);
  }, 300_000);

  it("refuses a release of which somebody's result can be worked out, and leaves no trace of it", async () => {
    faults.showsAll = true;
    const study = smallStudy({ "roster.csv": alone });
    expect(await problemsOf(study)).toEqual([
      expect.objectContaining({
        code: "candidate-leaks",
        facts: expect.arrayContaining(["mean|support|after|organisation|", "mean|support|after|department|D1"]),
      }),
    ]);
    expect(releasesIn(study)).toEqual([]);
    expect(existsSync(join(study, ".spejl", "ledger"))).toBe(false);
    expect(existsSync(join(study, "reports"))).toBe(false);
  }, 300_000);

  it("leaves the earlier release in place where the next is refused: for a number that nobody knows, or another than is noted down", async () => {
    const study = smallStudy({ "roster.csv": alone });
    const { release } = await run(study);
    const [before, noted] = [releasesIn(study), ledgerOf(study)];
    const page = readFileSync(join(study, "reports", "management.html"), "utf8");
    const refused = async (fault: keyof typeof faults) => {
      faults[fault] = true;
      const problems = await problemsOf(study);
      faults[fault] = false;
      expect(releasesIn(study)).toEqual(before);
      expect(readFileSync(join(study, ".spejl", "releases", "latest"), "utf8")).toBe(release);
      expect(readFileSync(join(study, "reports", "management.html"), "utf8")).toBe(page);
      expect(ledgerOf(study)).toBe(noted);
      return problems;
    };
    const text = readFileSync(join(study, "study.yaml"), "utf8");
    writeFileSync(join(study, "study.yaml"), text.replace("Small study", "Another study"));
    expect(await refused("extraNumber")).toMatchObject([
      { code: "candidate-leaks", facts: ["departments/largest/mean/v"] },
    ]);
    expect(await refused("bareNumber")).toMatchObject([
      { code: "candidate-leaks", place: { file: "management.json" }, facts: ["departments/largest/mean"] },
    ]);
    expect(await refused("rounds")).toMatchObject([
      { code: "candidate-leaks", facts: expect.arrayContaining(["mean|support|after|organisation|"]) },
    ]);
    expect((await run(study)).release).not.toBe(release);
  }, 300_000);

  it("refuses a release in which a leader's page moved by one answer, or says of new numbers that they are old", async () => {
    const study = smallStudy({ "roster.csv": alone });
    const { release } = await run(study);
    releasesNoted.push(release);
    const before = [releasesIn(study), ledgerOf(study)];
    const line = (answers: string) => appendFileSync(join(study, "after.csv"), `${answers}\n`);
    line("late,L1,3,1");
    for (const fault of ["movesPages", "saysKept"] as const) {
      faults[fault] = true;
      faults.movesPages = true;
      expect(await problemsOf(study)).toEqual([
        expect.objectContaining({
          code: "candidate-leaks",
          facts: ["mean|support|after|leader|L1", "answers|support|after|leader|L1"],
        }),
      ]);
      Object.assign(faults, { movesPages: false, saysKept: false });
      expect([releasesIn(study), ledgerOf(study)]).toEqual(before);
    }
    expect((await run(study)).release).not.toBe(release);
  }, 300_000);
});
