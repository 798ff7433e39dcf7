import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intendedPerceived } from "../../../src/estimation/ratings/compare-ratings.ts";
import type { ChangePart, GapChange } from "../../../src/estimation/ratings/gap-change.ts";
import type { IntendedPerceived } from "../../../src/estimation/ratings/intended-perceived.ts";
import { expectClose } from "../../oracle/read.ts";
import {
  cellsOfRatings,
  oracleRatings,
  type Rating,
  type RatingStudy,
  ratingAnswers,
  ratingSets,
  ratingStudy,
  ratingWaves,
} from "../oracle-ratings.ts";

/** Sums over leaders in another order than R's. */
const flat = 1e-11;
/** R's variances come from lme4, which stops where its derivative-free search does. */
const stoppingPoint = 1e-6;

const recordsOf = (one: RatingStudy, alpha: number | null = 0.8): readonly IntendedPerceived[] =>
  intendedPerceived({ study: one.study, design: one.design, cellsOf: cellsOfRatings(one), alphaOf: () => alpha });

const recordOf = (one: RatingStudy, wave: string, scale = "lead"): IntendedPerceived =>
  recordsOf(one).find((record) => record.scale === scale && record.wave === wave)!;

describe("intended against perceived equals R", () => {
  test.each(ratingWaves)("$name $wave", ({ name, wave }) => {
    const r = ratingAnswers[name]!.waves[wave]!;
    const record = recordOf(oracleRatings(name), wave);
    expect(record.status).toBe("estimated");
    expect(record.leaders).toBe(r.leaders);
    expectClose(record.intended, r.intended, flat);
    expectClose(record.perceived, r.perceived, flat);
    for (const part of ["estimate", "se", "df", "low", "high"] as const)
      expectClose(record.gap![part], r.gap[part], flat, part);
    expectClose(record.correlation!.estimate, r.correlation.estimate, flat);
    expectClose(record.reliability.perceived, r.reliability, stoppingPoint);
    expectClose(record.corrected!.estimate, r.corrected, stoppingPoint);
    expectClose(record.teams!.between, r.shrunk.between, stoppingPoint);
    expectClose(record.surfaces[0]!.surface!.rSquared, r.surface.r_squared, flat);
    const all = record.groups[0]!;
    expect([all.over, all.under, all.agreeHigh, all.agreeLow]).toEqual(Object.values(r.groups));
  });
});

const list = (value: number | readonly number[]): readonly number[] => (typeof value === "number" ? [value] : value);

describe("the two parts of a changed gap", () => {
  const cases = ratingSets.flatMap((name) => Object.keys(ratingAnswers[name]!.moved).map((wave) => ({ name, wave })));
  test.each(cases)("$name $wave equal lm with clubSandwich", ({ name, wave }) => {
    const { changes } = recordOf(oracleRatings(name), wave);
    for (const part of ["gap", "intended", "perceived"] as const) {
      const r = ratingAnswers[name]!.moved[wave]![part];
      expect(changes.length).toBe(list(r.estimate).length);
      for (const [k, change] of changes.entries()) {
        for (const number of ["estimate", "se", "df", "low", "high"] as const) {
          const wanted = list(r[number])[k]!;
          const size = Math.abs(wanted) + list(r.se)[k]!;
          expect(Math.abs(change[part]![number]! - wanted), `${part} ${number}`).toBeLessThan(flat * size);
        }
      }
      const arms = list(r.leaders);
      const counted = changes.map(({ leaders }) => [leaders.arm, leaders.reference]);
      expect(counted).toEqual(arms.length === 1 ? [[arms[0], 0]] : arms.slice(1).map((count) => [count, arms[0]]));
    }
  });
});

const score = fc.integer({ min: 0, max: 100 });
const team = fc.record({
  own: fc.tuple(score, score),
  before: fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 5 }),
  after: fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 5 }),
});
/** Two arms of at least six leaders, everybody rated at both waves. */
const made = fc.array(team, { minLength: 12, maxLength: 20 }).map((teams): RatingStudy => {
  const assigned = teams.map((_, g) => ({ leader: `l${g}`, arm: ["control", "a"][g % 2]!, block: "" }));
  const ratings = teams.flatMap((one, g) => {
    const of = (wave: string, rater: string, scale: string, y: number): Rating => ({
      leader: `l${g}`,
      wave,
      rater,
      scale,
      y,
    });
    return (["before", "after"] as const).flatMap((wave, w) => [
      of(wave, "self", "lead", one.own[w]!),
      ...one[wave].flatMap(([lead, other]) => [
        of(wave, "employee", "lead", lead),
        of(wave, "employee", "other", other),
      ]),
    ]);
  });
  return ratingStudy({ arms: ["control", "a"], waves: ["before", "after"] }, assigned, ratings);
});

const changeOf = (one: RatingStudy): GapChange => recordOf(one, "after").changes[0]!;
const close = (actual: number | null | undefined, wanted: number | null | undefined, what: string): void => {
  if (wanted === null || wanted === undefined) expect(actual, what).toBe(wanted);
  else expect(Math.abs(actual! - wanted), what).toBeLessThan(1e-7 * (1 + Math.abs(wanted)));
};
const sameParts = (one: ChangePart, other: ChangePart, scale: number): void => {
  close(one.estimate, scale * other.estimate, "estimate");
  close(one.se, other.se === null ? null : Math.abs(scale) * other.se, "se");
};

describe("properties", () => {
  test("the parts add up to the changed gap, to the last digit", () => {
    fc.assert(
      fc.property(made, (one) => {
        const { gap, intended, perceived } = changeOf(one);
        expect(gap!.estimate).toBe(intended!.estimate - perceived!.estimate);
      }),
      { numRuns: 40 },
    );
  });
  test("the order of the leaders changes nothing", () => {
    fc.assert(
      fc.property(made, (one) => {
        const { leaders, arm, block } = one.design;
        const design = {
          ...one.design,
          leaders: leaders.toReversed(),
          arm: arm.toReversed(),
          block: block.toReversed(),
        };
        const [first, other] = [recordOf(one, "after"), recordOf({ ...one, design }, "after")];
        close(other.gap?.estimate, first.gap?.estimate, "gap");
        close(other.correlation?.estimate, first.correlation?.estimate, "r");
        close(other.teams?.between, first.teams?.between, "between");
        expect(other.groups).toEqual(first.groups);
        sameParts(other.changes[0]!.gap!, first.changes[0]!.gap!, 1);
      }),
      { numRuns: 40 },
    );
  });
  test("scores shifted and scaled shift and scale the numbers, and leave correlations and groups", () => {
    fc.assert(
      fc.property(made, fc.constantFrom(0.25, 2, 8), fc.constantFrom(-32, 0, 16), (one, scale, shift) => {
        const ratings = one.ratings.map((row) => ({ ...row, y: row.y * scale + shift }));
        const [first, other] = [recordOf(one, "after"), recordOf({ ...one, ratings }, "after")];
        close(other.intended, first.intended! * scale + shift, "intended");
        close(other.gap?.estimate, first.gap && first.gap.estimate * scale, "gap");
        close(other.correlation?.estimate, first.correlation?.estimate, "r");
        expect(other.groups).toEqual(first.groups);
        expect(other.clear).toEqual(first.clear);
        for (const part of ["gap", "intended", "perceived"] as const)
          sameParts(other.changes[0]![part]!, first.changes[0]![part]!, scale);
      }),
      { numRuns: 40 },
    );
  });
  test("intended and perceived swapped flip the gap, its change, a3 and a5", () => {
    const one = oracleRatings("sixty");
    const means = new Map<string, { n: number; sum: number }>();
    for (const { leader, wave, rater, scale, y } of one.ratings) {
      const key = [leader, wave, rater, scale].join(" ");
      const { n, sum } = means.get(key) ?? { n: 0, sum: 0 };
      means.set(key, { n: n + 1, sum: sum + y });
    }
    const ratings = [...means].map(([key, { n, sum }]): Rating => {
      const [leader, wave, rater, scale] = key.split(" ") as [string, string, string, string];
      return { leader, wave, rater, scale, y: sum / n };
    });
    const other = (rater: string): string => (rater === "self" ? "employee" : "self");
    const swapped = ratings.map((row) => (row.scale === "lead" ? { ...row, rater: other(row.rater) } : row));
    const [first, turned] = [recordOf({ ...one, ratings }, "after"), recordOf({ ...one, ratings: swapped }, "after")];
    close(turned.gap!.estimate, -first.gap!.estimate, "gap");
    close(turned.correlation!.estimate, first.correlation!.estimate, "r");
    const [surface, back] = [first.surfaces[0]!.surface!, turned.surfaces[0]!.surface!];
    for (const [name, sign] of [
      ["a1", 1],
      ["a2", 1],
      ["a3", -1],
      ["a4", 1],
      ["a5", -1],
    ] as const)
      close(back[name].estimate, sign * surface[name].estimate, name);
    for (const [k, change] of first.changes.entries()) sameParts(turned.changes[k]!.gap!, change.gap!, -1);
  });
});

describe("where there is no answer", () => {
  const sixty = oracleRatings("sixty");
  const only = (keep: (rating: Rating) => boolean): RatingStudy => ({ ...sixty, ratings: sixty.ratings.filter(keep) });

  test("a scale that no leader rates has teams to draw means towards, and says that there are no data", () => {
    const record = recordOf(sixty, "after", "other");
    expect(record).toMatchObject({
      status: "no-data",
      leaders: 0,
      gap: null,
      correlation: null,
      surfaces: [],
      changes: [],
    });
    expect(record.teams!.between).toBeGreaterThan(0);
  });
  test("two leaders are too few", () => {
    const two = only(({ leader, rater }) => rater === "employee" || leader === "L01" || leader === "L02");
    expect(recordOf(two, "after")).toMatchObject({ status: "too-few-leaders", leaders: 2, intended: null, gap: null });
    expect(recordOf(two, "after").changes.every(({ status }) => status !== "estimated")).toBe(true);
  });
  test("employees of a wave in which nobody rated make no entry", () => {
    const before = only(({ wave }) => wave === "before");
    expect(recordsOf(before).map(({ wave }) => wave)).toEqual(["before", "before"]);
  });
  test("without an alpha there is a correlation, and none corrected", () => {
    const [record] = recordsOf(sixty, null);
    expect(record!.correlation).not.toBeNull();
    expect(record!.corrected).toBeNull();
  });
  test("own answers that are all alike have a gap, but neither correlation nor groups nor surface", () => {
    const alike = { ...sixty, ratings: sixty.ratings.map((row) => (row.rater === "self" ? { ...row, y: 75 } : row)) };
    const record = recordOf(alike, "after");
    expect(record).toMatchObject({ status: "estimated", correlation: null, corrected: null, groups: [] });
    expect(record.surfaces).toEqual([
      { outcome: "other", leaders: record.leaders, surface: null, status: "not-identified" },
    ]);
    expect(record.changes[0]!.intended).toEqual({ estimate: 0, se: null, df: null, p: null, low: null, high: null });
    expect(record.changes[0]!.gap!.se).toBeGreaterThan(0);
  });
  test("answers that are all alike vary in nothing", () => {
    const alike = { ...sixty, ratings: sixty.ratings.map((row) => ({ ...row, y: 75 })) };
    expect(recordOf(alike, "after")).toMatchObject({ status: "no-variation", intended: 75, gap: null, teams: null });
  });
  test("one answer per leader tells no spread within teams, so no gap is clear and no mean is shrunk", () => {
    const seen = new Set<string>();
    const single = only(({ leader, wave, rater, scale }) => {
      const key = [leader, wave, rater, scale].join(" ");
      return !seen.has(key) && seen.add(key) !== undefined;
    });
    expect(recordOf(single, "after")).toMatchObject({ status: "estimated", teams: null, clear: null, corrected: null });
  });
  test("without a baseline nobody has moved; without a control arm nobody can be compared", () => {
    const { study } = sixty;
    const late = { ...study, waves: study.waves.map((wave) => ({ ...wave, baseline: false })) };
    expect(recordsOf({ ...sixty, study: late }).every(({ changes }) => changes.length === 0)).toBe(true);
    const treated = { ...study, arms: study.arms.map((arm) => ({ ...arm, control: false })) };
    const statuses = recordOf({ ...sixty, study: treated }, "after").changes.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(["no-control-arm"]));
  });
  test("an arm without leaders is empty, with one leader too small", () => {
    const arms = new Map(sixty.design.leaders.map((leader, g) => [leader, sixty.study.arms[sixty.design.arm[g]!]!.id]));
    const few = only(({ leader }) => arms.get(leader) !== "a" && (arms.get(leader) !== "b" || leader === "L07"));
    expect(recordOf(few, "after").changes.map(({ status }) => status)).toEqual([
      "arm-empty",
      "too-few-leaders",
      "estimated",
    ]);
  });
});
