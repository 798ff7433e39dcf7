import { describe, expect, it } from "vitest";
import { careless, cautious } from "../../../pipelines/audit/publishers.ts";
import { tryPlants, trySequences } from "../../../pipelines/audit/trials.ts";

describe("trials of the auditor", () => {
  it("count for each kind of leak what was found, and what its twin raised", () => {
    const trials = tryPlants(17, 5);
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
});
