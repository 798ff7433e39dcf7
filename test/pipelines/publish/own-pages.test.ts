import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import { readLedger } from "../../../src/store/ledger.ts";
import { latestRelease, readLeaderModel } from "../../../src/store/releases.ts";
import { smallStudy } from "../small-study.ts";
import { spejl } from "../spejl.ts";

const pageOf = async (study: string, leader: string): Promise<LeaderModel> =>
  readLeaderModel(await latestRelease(study), leader);

/** What a page says of the answers of a wave. */
const shown = ({ study, facts }: LeaderModel, wave: string) => {
  const at = study.waves.findIndex(({ id }) => id === wave);
  const isLast = at === study.waves.length - 1;
  return {
    means: facts.scales.map(({ employees }) => employees[at] && valueIn(employees[at])),
    ...(isLast ? { response: JSON.stringify(facts.response).replaceAll(/"f":"[^"]*"/g, "") } : {}),
    ...(isLast && facts.answers ? { answers: valueIn(facts.answers.items) } : {}),
  };
};
const run = (study: string) => {
  const { status, stderr } = spejl("run", study);
  expect([status, stderr]).toEqual([0, expect.anything()]);
};
const lines = (study: string, leader: string, wave: string) =>
  readLedger(study).then((releases) =>
    releases.map(({ pages }) => pages.find((page) => page.leader === leader && page.wave === wave)),
  );
const edit = (study: string, file: string, change: (text: string) => string) =>
  writeFileSync(join(study, file), change(readFileSync(join(study, file), "utf8")));

const page = (study: string, leader: string): string => {
  expect(spejl("report", "leader", leader, study).status).toBe(0);
  return readFileSync(join(study, "reports", "leaders", `${leader}.html`), "utf8").replaceAll(/<\/?data[^>]*>/g, "");
};
const note = "After: the numbers are from an earlier release and are updated at the next survey.";

describe("a leader's own page in a later release", () => {
  it("keeps what it said where one answer came late, and says so; the other pages move on", async () => {
    const study = smallStudy();
    run(study);
    const [before, other] = [await pageOf(study, "L1"), await pageOf(study, "L2")];
    const { release } = (await readLedger(study))[0]!;
    expect(page(study, "L1")).not.toContain(note);
    appendFileSync(join(study, "after.csv"), "late,L1,3,1\n");
    run(study);
    const after = await pageOf(study, "L1");
    expect(shown(after, "after")).toEqual(shown(before, "after"));
    expect([after.facts.kept, (await pageOf(study, "L2")).facts.kept]).toEqual([["after"], []]);
    expect(shown(await pageOf(study, "L2"), "after")).toMatchObject({ response: shown(other, "after").response });
    expect((await lines(study, "L1", "after")).map((line) => line?.since)).toEqual([undefined, release]);
    expect((await lines(study, "L1", "before")).map((line) => line?.since)).toEqual([undefined, undefined]);
    expect(page(study, "L1")).toContain(note);
    expect(page(study, "L2")).not.toContain(note);
  }, 300_000);

  it("goes on keeping it until five have come, one by one or together, and then says them all", async () => {
    const study = smallStudy();
    run(study);
    const before = await pageOf(study, "L1");
    for (const id of ["a", "b", "c", "d"]) appendFileSync(join(study, "after.csv"), `${id},L1,3,1\n`);
    run(study);
    expect(shown(await pageOf(study, "L1"), "after")).toEqual(shown(before, "after"));
    appendFileSync(join(study, "after.csv"), "e,L1,1,3\n");
    run(study);
    const after = await pageOf(study, "L1");
    expect(after.facts.kept).toEqual([]);
    expect(after.facts.response).toMatchObject({ state: "exact" });
    expect(JSON.parse(JSON.stringify(after.facts.response)).answered.v).toBe(11);
    // The five alone would be told by the answers then and now.
    expect([before.facts.answers?.items.state, after.facts.answers?.items.state]).toEqual(["shown", "suppressed"]);
    expect((await lines(study, "L1", "after")).map((line) => line?.since !== undefined)).toEqual([false, true, false]);
  }, 300_000);

  it("is made anew of a corrected file of five or more, and not of one where only some answers of fewer differ", async () => {
    const study = smallStudy();
    run(study);
    const before = await pageOf(study, "L3");
    const turned = (only: number) => (text: string) =>
      text.replaceAll(/^(L3-(\d),L3,)(\d),(\d)$/gm, (line, start, k, a, b) =>
        Number(k) < only ? `${start}${4 - Number(a)},${(Number(b) % 3) + 1}` : line,
      );
    edit(study, "after.csv", turned(4));
    run(study);
    expect(shown(await pageOf(study, "L3"), "after")).toEqual(shown(before, "after"));
    edit(study, "after.csv", turned(0));
    edit(study, "after.csv", (text) => turned(6)(turned(4)(turned(4)(turned(4)(text)))));
    run(study);
    const after = await pageOf(study, "L3");
    expect(after.facts.kept).toEqual([]);
    expect(shown(after, "after").means).not.toEqual(shown(before, "after").means);
  }, 300_000);

  it("keeps a page whose answer was erased, while nothing is left of the person", async () => {
    const study = smallStudy();
    run(study);
    const before = await pageOf(study, "L5");
    expect(spejl("erase", "L5-2", study, "--yes").status).toBe(0);
    edit(study, "after.csv", (text) => text.replace(/^L5-2,.*\n/m, ""));
    edit(study, "before.csv", (text) => text.replace(/^L5-2,.*\n/m, ""));
    run(study);
    const after = await pageOf(study, "L5");
    expect(after.facts.kept).toEqual(["before", "after"]);
    for (const wave of ["before", "after"]) expect(shown(after, wave)).toEqual(shown(before, wave));
    expect(spejl("audit", study, "--about", "L5-2").stdout).not.toMatch(/responses/);
  }, 300_000);

  it("keeps the pages of both leaders between whom somebody was moved", async () => {
    const study = smallStudy();
    run(study);
    const before = [await pageOf(study, "L1"), await pageOf(study, "L2")];
    edit(study, "after.csv", (text) => text.replace(/^L1-0,L1,/m, "L1-0,L2,"));
    run(study);
    const after = [await pageOf(study, "L1"), await pageOf(study, "L2")];
    expect(after.map(({ facts }) => facts.kept)).toEqual([["after"], ["after"]]);
    expect(after.map((each) => shown(each, "after"))).toEqual(before.map((each) => shown(each, "after")));
  }, 300_000);

  it("has a new wave at once, and beside it the earlier one as it was", async () => {
    const late = (text: string) => `${text}late,L1,3,1\n`;
    const study = smallStudy();
    const after = readFileSync(join(study, "after.csv"), "utf8");
    const deliveries = readFileSync(join(study, "study.yaml"), "utf8");
    edit(study, "study.yaml", (text) => text.replace("  - { file: after.csv, wave: after, rater: employee }\n", ""));
    run(study);
    const first = await pageOf(study, "L1");
    expect(first.study.waves.map(({ id }) => id)).toEqual(["before"]);
    writeFileSync(join(study, "study.yaml"), deliveries);
    writeFileSync(join(study, "after.csv"), after);
    edit(study, "before.csv", late);
    run(study);
    const second = await pageOf(study, "L1");
    expect(second.facts.kept).toEqual(["before"]);
    expect(shown(second, "before").means).toEqual(shown(first, "before").means);
    expect(shown(second, "after").means.every((mean) => mean !== null)).toBe(true);
    expect(second.facts.scales[0]!.change?.cell.state).toBe("shown");
  }, 300_000);

  it("says nothing of a wave that it may not say anew where the release that told of it is gone", async () => {
    const study = smallStudy();
    run(study);
    const first = (await latestRelease(study)).folder;
    appendFileSync(join(study, "after.csv"), "late,L1,3,1\n");
    run(study);
    rmSync(first, { recursive: true });
    appendFileSync(join(study, "after.csv"), "later,L1,3,1\n");
    run(study);
    const after = await pageOf(study, "L1");
    expect(shown(after, "after").means).toEqual([null]);
    expect(after.facts.kept).toEqual(["after"]);
    expect(readdirSync(join(study, ".spejl", "ledger")).filter((name) => name.endsWith("pages.jsonl")).length).toBe(3);
  }, 300_000);
});
