import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PastFact } from "../../../src/disclosure/lattice/past.ts";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { ManagementModel } from "../../../src/reporting/management/model.ts";
import { readLedger } from "../../../src/store/ledger.ts";
import { latestRelease, readModel } from "../../../src/store/releases.ts";
import { smallStudy } from "../small-study.ts";
import { spejl } from "../spejl.ts";

const modelOf = async (study: string) => readModel<ManagementModel>(await latestRelease(study), "management");
const means = (facts: readonly PastFact[]) =>
  facts.filter(({ statistic, wave }) => statistic === "mean" && wave === "after");

describe("publishing again", () => {
  it("keeps numbers that one late answer has a part in, with a note, and says the rest anew", async () => {
    const study = smallStudy();
    expect(spejl("run", study).status).toBe(0);
    const first = (await readLedger(study))[0]!;
    expect(means(first.facts).map(({ grouping, cell }) => `${grouping} ${cell}`.trim())).toContain("organisation");
    const before = await modelOf(study);
    expect(before.whole.levels.map((cell) => cell && valueIn(cell)?.since)).toEqual([null, null]);

    expect(spejl("run", study).status).toBe(0);
    rmSync(join(study, ".spejl", "vault.duckdb"));
    expect(spejl("run", study).status).toBe(0);
    expect(await readLedger(study)).toEqual([first]);

    appendFileSync(join(study, "after.csv"), "late,L1,3,1\n");
    expect(spejl("run", study).status).toBe(0);
    const after = await modelOf(study);
    const [old, kept] = [before, after].map(({ whole }) => whole.levels.at(-1));
    expect(valueIn(kept!)).toEqual({ ...valueIn(old!), since: first.release });
    const second = (await readLedger(study))[1]!;
    const changed = means(second.facts).filter(({ since }) => since === first.release);
    expect(changed.map(({ grouping }) => grouping)).toContain("organisation");
    for (const fact of changed) expect(fact.value).toBe(first.facts.find((each) => each.fact === fact.fact)!.value);
    expect(readFileSync(join(study, "reports", "management.html"), "utf8")).toContain("is updated at the next survey");

    const facts = join(
      study,
      ".spejl",
      "ledger",
      readdirSync(join(study, ".spejl", "ledger")).find((name) => name.endsWith("facts.jsonl"))!,
    );
    writeFileSync(facts, "");
    appendFileSync(join(study, "after.csv"), "later,L2,3,1\n");
    const refused = spejl("run", study);
    expect([refused.status, refused.stderr.includes("facts.jsonl")]).toEqual([3, true]);
  }, 120_000);
});
