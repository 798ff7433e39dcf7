import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { leaderBatches, leaderStudy } from "../../../pipelines/publish/leader.ts";
import { decidePages } from "../../../src/disclosure/lattice/own-pages.ts";
import { rulesOf } from "../../../src/disclosure/rules.ts";
import type { LeaderModel } from "../../../src/reporting/leader/model.ts";
import { stateOf } from "../../../src/reporting/leader/state.ts";
import { write } from "../../../src/store/vault/build.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { roster } from "../../../src/tables/roster.ts";
import { answerCounts, responseCounts, scoreMoments } from "../../../src/tables/scored.ts";
import { study } from "../../reporting/leader/fixture.ts";

/** Leaders by what the roster says of their time in the post, and employees' and own answers in the last wave. */
const leaders = [
  { leader: "held", from_date: "2019-01-01", to_date: null, answers: 9, own: 1, state: "both" },
  { leader: "silent", from_date: null, to_date: null, answers: 9, own: 0, state: "own-missing" },
  { leader: "small", from_date: null, to_date: null, answers: 4, own: 1, state: "few" },
  { leader: "left", from_date: null, to_date: "2025-09-30", answers: 0, own: 0, state: "left" },
  { leader: "new", from_date: "2026-02-01", to_date: null, answers: 0, own: 0, state: "ahead" },
  { leader: "very last", from_date: null, to_date: null, answers: 9, own: 1, state: "both" },
] as const;

/** Nothing was released before. */
const first = { decide: decidePages([], [], rulesOf(study.disclosure)), read: async () => null };

let folder: string;
const states = new Map<string, string>();
const models = new Map<string, LeaderModel>();
const sums = { scale: "vision", shift: 50, sum: 20, sum_of_squares: 900 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "leader-"));
  using vault = await openVault(folder);
  const none = {
    arm: null,
    roster_arm: null,
    allocation_unit: null,
    block: null,
    class: null,
    sparring_group: null,
    attended: null,
    employees: 12,
  };
  await write(
    vault,
    roster,
    leaders.map(({ leader, from_date, to_date }) => ({ ...none, leader, from_date, to_date })),
  );
  const counts = leaders.flatMap(({ leader, answers, own }) => [
    { leader, wave: "w3", rater: "employee", n: answers },
    { leader, wave: "w3", rater: "self", n: own },
    ...(leader === "left" ? [{ leader, wave: "w1", rater: "employee", n: 8 }] : []),
  ]);
  const given = counts.filter(({ n }) => n > 0);
  await write(vault, responseCounts, given);
  await write(
    vault,
    scoreMoments,
    given.map((row) => ({ ...row, ...sums })),
  );
  await write(vault, answerCounts, []);
  const basis = await leaderStudy(vault, study, { intendedPerceived: [] }, "w3", "2026-03-01", () => null);
  for await (const batch of leaderBatches(vault, basis, "w3", first))
    for (const facts of batch) {
      models.set(facts.leader, { study: basis.study, facts });
      states.set(facts.leader, stateOf({ study: basis.study, facts }));
    }
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(leaders)("knows from roster and answers which page $leader gets", ({ leader, state }) => {
  expect(states.get(leader)).toBe(state);
});

it("keeps the earlier waves of a leader who left", () => {
  const [scale] = models.get("left")!.facts.scales;
  expect(scale?.employees.map((cell) => cell?.state ?? null)).toEqual(["shown", null, null]);
});

it.each(["held", "silent", "very last"])("has the answers of %s, who has enough of them", (leader) => {
  const [scale] = models.get(leader)!.facts.scales;
  expect(scale?.employees.at(-1)?.state).toBe("shown");
});

it("has every leader once, in order, with answers, however many batches they come in", async () => {
  const many = Array.from({ length: 2001 }, (_, index) => `L${String(index).padStart(4, "0")}`);
  const home = mkdtempSync(join(tmpdir(), "leaders-"));
  using vault = await openVault(home);
  await write(vault, roster, []);
  const counts = many.map((leader) => ({ leader, wave: "w3", rater: "employee", n: 9 }));
  await write(vault, responseCounts, counts);
  await write(
    vault,
    scoreMoments,
    counts.map((row) => ({ ...row, ...sums })),
  );
  await write(vault, answerCounts, []);
  const basis = await leaderStudy(vault, study, { intendedPerceived: [] }, "w3", "2026-03-01", () => null);
  const found: LeaderModel["facts"][] = [];
  for await (const batch of leaderBatches(vault, basis, "w3", first)) found.push(...batch);
  expect(found.map(({ leader }) => leader)).toEqual(many);
  expect(found.filter(({ scales }) => scales[0]?.employees.at(-1)?.state !== "shown")).toEqual([]);
  rmSync(home, { recursive: true });
});
