import { describe, expect, it } from "vitest";
import { deciding } from "../../../pipelines/audit/decided.ts";
import { careless, cautious } from "../../../pipelines/audit/publishers.ts";
import { tryDecided, tryDecidedSmall, tryPlants, trySequences } from "../../../pipelines/audit/trials.ts";

describe("trials of the auditor", () => {
  it("count for each kind of leak what was found, and what its twin raised", () => {
    const trials = tryPlants(20, 5);
    expect(trials.length).toBe(20);
    expect(trials.map(({ planted, found, alarms }) => [planted, found, alarms])).toEqual(trials.map(() => [1, 1, 0]));
  });

  it("find a cautious publisher safe while answers come late, are corrected, erased and moved", () => {
    const { unsafe, releases, facts } = trySequences(4, 5, () => cautious);
    expect(unsafe).toEqual([]);
    expect(releases).toBe(12);
    expect(facts).toBeGreaterThan(100);
  });

  it("find a publisher unsafe who decides on each release alone", () => {
    expect(trySequences(2, 5, careless).unsafe).toEqual([0, 1]);
  });

  it("find what the suppressor publishes safe, scales of scales with incomplete answers among it", () => {
    const { unsafe, facts, targets } = tryDecided(6, 5, () => undefined);
    expect(unsafe).toEqual([]);
    expect(facts).toBeGreaterThan(60);
    expect(targets).toBeGreaterThan(300);
  });

  it("find no set by brute force in what the suppressor publishes of small organisations", () => {
    const { sets, disagreements, systems } = tryDecidedSmall(6, 5);
    expect([sets, disagreements]).toEqual([0, []]);
    expect(systems).toBeGreaterThan(10);
  });

  it("find the suppressor safe over releases between which answers come late, are corrected, erased and moved", () => {
    const { unsafe, facts } = trySequences(3, 5, deciding);
    expect(unsafe).toEqual([]);
    expect(facts).toBeGreaterThan(50);
  });
});
