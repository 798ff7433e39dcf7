import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { valueIn } from "../../../src/disclosure/published.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import { readLedger } from "../../../src/store/ledger.ts";
import { latestRelease, readLeaderModel } from "../../../src/store/releases.ts";
import { smallStudy } from "../small-study.ts";
import { spejl } from "../spejl.ts";

const leaders = Array.from({ length: 26 }, (_, k) => `L${k + 1}`);
const roster = [
  "leader,arm,department",
  ...leaders.map((id, k) => `${id},${k % 2 ? "training" : "control"},D${k % 3}`),
];
/** Ten leaders have five answers, whom one more does not bring a mean; the eleventh has four. */
const answers = (wave: number) => [
  "respondent,leader,s1,s2",
  ...leaders.flatMap((id, k) =>
    Array.from(
      { length: k === 10 ? 4 : 5 },
      (_, r) => `${id}-${r},${id},${1 + ((k + r + wave) % 3)},${1 + ((k * r) % 3)}`,
    ),
  ),
];
const many = () =>
  smallStudy({
    "roster.csv": `${roster.join("\n")}\n`,
    "before.csv": `${answers(0).join("\n")}\n`,
    "after.csv": `${answers(1).join("\n")}\n`,
  });
const run = (study: string) => {
  const { status, stderr } = spejl("run", study);
  expect([status, stderr]).toEqual([0, expect.anything()]);
};
const late = (study: string, ...rows: readonly string[]) => {
  for (const row of rows) appendFileSync(join(study, "after.csv"), `${row}\n`);
  run(study);
};
const pageOf = async (study: string, leader: string): Promise<LeaderModel> =>
  readLeaderModel(await latestRelease(study), leader);
const compared = ({ facts }: LeaderModel) => {
  const { benchmark, employees } = facts.scales[0]!;
  const last = employees.at(-1);
  return { benchmark: valueIn(benchmark), mean: last && valueIn(last) };
};
const page = (study: string, leader: string): string => {
  expect(spejl("report", "leader", leader, study).status).toBe(0);
  return readFileSync(join(study, "reports", "leaders", `${leader}.html`), "utf8");
};
const note =
  "After: the uncertainty and the comparison with other leaders are from an earlier release and are updated at the next survey.";
const said = async (study: string) =>
  (await readLedger(study)).map(({ facts }) =>
    facts
      .filter(({ audience, wave }) => audience === "leaders" && wave === "after")
      .map(({ statistic, value, since }) => ({ statistic, value, since })),
  );

describe("the spread and the benchmark that leaders' pages share", () => {
  it("stand where one answer came late, on all pages and in the ledger, and move with five", async () => {
    const study = many();
    run(study);
    const before = await pageOf(study, "L2");
    const { release } = (await readLedger(study))[0]!;
    expect(compared(before).benchmark).not.toBeNull();
    late(study, "a,L1,3,1");
    const after = await pageOf(study, "L2");
    expect(compared(after)).toEqual(compared(before));
    expect([before.study.kept, after.study.kept, after.facts.kept]).toEqual([[], ["after"], []]);
    const [first, second] = await said(study);
    expect(first!.map(({ statistic, since }) => [statistic, since])).toEqual([
      ["within", undefined],
      ["overall", undefined],
      ["benchmark", undefined],
    ]);
    expect(second).toEqual(first!.map((each) => ({ ...each, since: release })));
    expect(page(study, "L2")).toContain(note);
    late(study, "b,L3,3,1", "c,L4,3,1", "d,L5,3,1", "e,L6,3,1");
    expect((await pageOf(study, "L2")).study.kept).toEqual([]);
    expect(page(study, "L2")).not.toContain(note);
    const third = (await said(study))[2]!;
    expect(third.map(({ since }) => since)).toEqual([undefined, undefined, undefined]);
    expect(third.find(({ statistic }) => statistic === "within")!.value).not.toBe(first![0]!.value);
  }, 300_000);

  it("stand where one answer makes a team large enough for a mean, which the team's own page has", async () => {
    const study = many();
    run(study);
    late(study, "a,L11,3,1");
    const [page, other] = [await pageOf(study, "L11"), await pageOf(study, "L2")];
    expect(valueIn(page.facts.scales[0]!.employees.at(-1)!)).not.toBeNull();
    expect([page.study.kept, other.study.kept]).toEqual([["after"], ["after"]]);
    expect((await said(study))[1]!.find(({ statistic }) => statistic === "benchmark")!.value).toBe(25);
  }, 300_000);
});
