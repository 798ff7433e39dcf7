import { describe, expect, it } from "vitest";
import { plants } from "../../pipelines/audit/planted.ts";
import { chanceOf } from "../../pipelines/fuzz/chance.ts";
import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import type { Publication } from "../../src/audit/publication.ts";

const without = (publication: Publication, id: string): Publication => ({
  ...publication,
  releases: publication.releases.map((release) => ({
    ...release,
    facts: release.facts.filter(({ fact }) => fact !== id),
  })),
});

describe.each(Object.entries(plants))("%s", (_name, { kind, plant }) => {
  it.each([1, 2, 3])("is found, and not where it was not planted (seed %i)", (seed) => {
    const { leaking, twin, limits } = plant(chanceOf(seed, 0));
    const { findings, isSafe } = audit(leaking, limits, ordinaryEffort);
    expect(isSafe).toBe(false);
    expect(findings.map((finding) => finding.kind)).toContain(kind);
    expect(audit(twin, limits, ordinaryEffort)).toMatchObject({ isSafe: true, findings: [], baseless: [] });
  });

  it("is said to come from facts of which none can be left out", () => {
    const { leaking, limits } = plant(chanceOf(4, 0));
    const { findings } = audit(leaking, limits, ordinaryEffort);
    const [first] = findings.filter((finding) => finding.minimal && finding.kind !== "non-linear");
    if (!first) return expect(kind).toBe("interval");
    const same = (publication: Publication): boolean =>
      audit(publication, limits, ordinaryEffort).findings.some(
        ({ kind: found, facts }) => found === first.kind && facts.join() === first.facts.join(),
      );
    expect(same(leaking)).toBe(true);
    const published = first.facts.filter((fact) => !fact.startsWith("assumed:"));
    expect(published.length).toBeGreaterThan(0);
    for (const fact of published) expect(same(without(leaking, fact))).toBe(false);
  });
});

describe("a finding", () => {
  it("names ids and counts, and no value", () => {
    const { leaking, limits } = plants["total minus siblings"]!.plant(chanceOf(1, 0));
    const { findings } = audit(leaking, limits, ordinaryEffort);
    const keys = ["facts", "kind", "leaders", "minimal", "respondents", "scale", "view", "waves"];
    for (const finding of findings) expect(Object.keys(finding).sort()).toEqual(keys);
    const values = leaking.releases.flatMap(({ facts }) => facts.map(({ value }) => String(value)));
    const fractions = values.filter((value) => value.includes("."));
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions.filter((value) => JSON.stringify(findings).includes(value))).toEqual([]);
  });
});
