import { describe, expect, it } from "vitest";
import { careless } from "../../pipelines/audit/publishers.ts";
import { tryMethods } from "../../pipelines/audit/trials.ts";
import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { bruteForce } from "../../src/audit/brute-force.ts";
import { bareiss } from "../../src/audit/exact.ts";
import { nullRows, primes, reduceRows } from "../../src/audit/modular.ts";
import { type Atom, type Fact, lowestLimits, type Publication } from "../../src/audit/publication.ts";
import { refine } from "../../src/audit/refine.ts";
import { deriveRows } from "../../src/audit/rows.ts";

/** One team in wave w1: leader, respondents, and the cells that it is in. */
const atom = (leader: string, n: number, cells: readonly string[]): Atom => ({
  atom: leader,
  wave: "w1",
  leader,
  groups: Object.fromEntries(cells.map((cell) => [cell, "yes"])),
  n: { s: n },
  members: Array.from({ length: n }, (_, k) => `${leader}-${k}`),
});

const mean = (grouping: string, value = 50): Fact => ({
  fact: grouping,
  audience: "management",
  statistic: "mean",
  scale: "s",
  rater: "employee",
  grouping,
  cell: "yes",
  wave: "w1",
  value,
  step: 0.1,
});

const publication = (atoms: readonly Atom[], facts: readonly Fact[]): Publication => ({
  releases: [{ release: "r1", atoms, facts, pages: null }],
  ranges: { s: { low: 0, high: 100 } },
  composites: {},
});

describe("elimination", () => {
  it("keeps minors of the matrix, without a fraction", () => {
    const { rows, pivots } = bareiss([
      [2n, 3n, 1n],
      [4n, 7n, 5n],
      [6n, 10n, 6n],
    ]);
    expect(pivots).toEqual([0, 1]);
    expect(rows).toEqual([
      [2n, 3n, 1n],
      [0n, 2n, 6n],
    ]);
  });

  it.each(primes)("gives a null space that every row is orthogonal to (prime %i)", (p) => {
    const rows = [
      new Map([
        [0, 1],
        [1, 1],
        [2, 1],
      ]),
      new Map([
        [1, 3],
        [3, -2],
      ]),
    ];
    const nulls = nullRows(reduceRows(rows, [1, 9, 1, 1], p), 4, p);
    for (const row of rows)
      for (const free of new Set(nulls.flatMap((vector) => [...vector.keys()]))) {
        const product = [...row].reduce((sum, [column, each]) => sum + each * (nulls[column]!.get(free) ?? 0), 0);
        expect(product % p).toBe(0);
      }
  });
});

describe("small groups together", () => {
  const atoms = [
    atom("a", 1, ["all", "small"]),
    atom("b", 1, ["all", "small"]),
    atom("c", 1, ["all", "small"]),
    atom("d", 1, ["all", "small"]),
    ...["e", "f", "g", "h"].map((leader) => atom(leader, 8, ["all", "large"])),
  ];

  it("are found where four groups of one person are what two means leave over", () => {
    const { findings } = audit(publication(atoms, [mean("all"), mean("large")]), lowestLimits, ordinaryEffort);
    expect(findings).toContainEqual({
      kind: "respondents",
      view: "management",
      scale: "s",
      waves: ["w1"],
      leaders: ["a", "b", "c", "d"],
      respondents: 4,
      facts: ["large", "all"],
      minimal: true,
    });
  });

  it("are found by trying everything, too", () => {
    const made = publication(atoms, [mean("all"), mean("large")]);
    const rows = deriveRows(made, refine(made));
    const { respondents, leaders } = bruteForce(rows.rows, rows, lowestLimits, null);
    expect(respondents).toEqual(["p0 p1 p2 p3"]);
    expect(leaders).toEqual([]);
  });

  it("are safe from five persons on", () => {
    const five = [...atoms, atom("i", 1, ["all", "small"])];
    const { findings } = audit(publication(five, [mean("all"), mean("large")]), lowestLimits, ordinaryEffort);
    expect(findings.filter(({ view }) => view === "management")).toEqual([]);
  });
});

describe("how far the methods went", () => {
  // Two groups without anything in common, and a leader in none: systems of their own, one of each kind of protection.
  const atoms = [
    ...["a", "b", "c"].map((leader) => atom(leader, 8, ["first"])),
    ...["d", "e", "f"].map((leader) => atom(leader, 9, ["second"])),
    atom("g", 8, []),
  ];
  const counted = (effort: Partial<typeof ordinaryEffort>) => {
    const made = publication(atoms, [mean("first"), mean("second")]);
    const { counts, isSafe } = audit(made, lowestLimits, { ...ordinaryEffort, ...effort });
    const { exact, modularOnly, disagreements, unsearched, coalitions, views, facts } = counts;
    expect([isSafe, views, facts, disagreements, unsearched]).toEqual([true, 8, 2, 0, 0]);
    return { exact, modularOnly, coalitions };
  };

  it("is by exact elimination in the systems of all views that are small enough, else by two primes", () => {
    expect(counted({})).toEqual({ exact: 11, modularOnly: 0, coalitions: 2 });
    expect(counted({ exactWork: 0 })).toEqual({ exact: 0, modularOnly: 4, coalitions: 2 });
  });
});

describe("corrections of a few", () => {
  const leaders = ["a", "b", "c", "d"];
  const teams = (wave: string, versionOf: (leader: string) => number) =>
    leaders.map((leader) => ({
      ...atom(leader, 8, ["all"]),
      wave,
      members: Array.from({ length: 8 }, (_, k) => `${leader}${k}.${wave}${k === 0 ? versionOf(leader) : 0}`),
    }));
  const found = (releases: readonly (readonly Atom[])[], facts: readonly Fact[]) => {
    const named = releases.map((atoms, k) => ({
      release: `r${k + 1}`,
      atoms: atoms.map((each) => ({ ...each, atom: `r${k + 1} ${each.leader} ${each.wave}` })),
      facts: facts.map((fact) => ({ ...fact, fact: `r${k + 1} ${fact.fact}` })),
      pages: null,
    }));
    const { findings } = audit({ ...publication([], []), releases: named }, lowestLimits, ordinaryEffort);
    return findings.filter(({ view, kind }) => view === "management" && kind === "respondents");
  };
  const three = (version: number) => (leader: string) => (leader === "d" ? 0 : version);

  it("are of as many persons as were corrected, however often", () => {
    const once = [teams("w1", () => 0), teams("w1", three(1))];
    expect(found(once, [mean("all")])).toMatchObject([{ respondents: 3, leaders: ["a", "b", "c"] }]);
    const twice = [...once, teams("w1", three(2))];
    expect(found(twice, [mean("all")]).map(({ respondents }) => respondents)).toEqual([3, 3, 3]);
  });

  it("are told scale by scale, where five are corrected on different ones", () => {
    const release = (k: number, onS: number, onT: number) => ({
      release: `r${k}`,
      atoms: leaders.map((leader) => ({
        ...atom(leader, 8, ["all"]),
        ...{ atom: `r${k} ${leader}`, n: { s: 8, t: 8 } },
        members: Array.from({ length: 8 }, (_, at) => `${leader}${at}.${k}`),
        versions: {
          s: Array.from({ length: 8 }, (_, at) => (at < onS ? `${k}` : "1")),
          t: Array.from({ length: 8 }, (_, at) => (at >= 8 - onT ? `${k}` : "1")),
        },
      })),
      facts: ["s", "t"].map((scale) => ({ ...mean("all"), scale, fact: `r${k} ${scale}` })),
      pages: null,
    });
    const leaks = (onS: number, onT: number) => {
      const releases = [release(1, onS, onT), release(2, onS, onT)];
      const ranges = Object.fromEntries(["s", "t"].map((scale) => [scale, { low: 0, high: 100 }]));
      const { findings } = audit({ releases, ranges, composites: {} }, lowestLimits, ordinaryEffort);
      return findings
        .filter(({ view, kind }) => view === "management" && kind === "respondents")
        .map(({ scale, respondents, facts }) => [scale, respondents, [...facts].sort()]);
    };
    expect(leaks(0, 2)).toEqual([]);
    expect(leaks(2, 3)).toEqual([]);
    expect(leaks(1, 2)).toEqual([["s", 4, ["r1 s", "r2 s"]]]);
    expect(leaks(2, 1)).toEqual([["t", 4, ["r1 t", "r2 t"]]]);
  });

  it("are told once, also where the leader's own report has more scales", () => {
    const scales = ["mean", "s", "t"];
    const release = (k: number, version: number) => ({
      release: `r${k}`,
      atoms: teams("w1", (leader) => (leader === "d" ? version : 0)).map((each) => ({
        ...each,
        atom: `r${k} ${each.leader}`,
        n: Object.fromEntries(scales.map((scale) => [scale, 8])),
      })),
      facts: [{ ...mean("all"), fact: `r${k} all` }],
      pages: null,
    });
    const made = {
      releases: [release(1, 0), release(2, 1)],
      ranges: Object.fromEntries(scales.map((scale) => [scale, { low: 0, high: 100 }])),
      composites: { mean: ["s", "t"] },
    };
    const slow = { ...ordinaryEffort, intervalViewers: 0 };
    for (const effort of [slow, { ...slow, exactWork: 0, viewWork: 0 }]) {
      const { findings } = audit(made, lowestLimits, effort);
      expect(findings.filter(({ kind }) => kind === "respondents")).toMatchObject([
        { view: "management", leaders: ["d"], respondents: 1 },
      ]);
    }
  });

  it("are of as many persons where their answers in two waves were corrected", () => {
    const change: Fact = { ...mean("all"), statistic: "difference", wave: "w2", against: { ...mean("all") } };
    const both = (version: number) => ["w1", "w2"].flatMap((wave) => teams(wave, three(version)));
    expect(found([both(0), both(1)], [change])).toMatchObject([{ respondents: 3, waves: ["w2", "w1"] }]);
  });
});

describe("a team that management can single out", () => {
  const halves = [
    { ...atom("v", 6, ["all"]), atom: "v1", members: ["1", "2", "3", "4", "5", "6"] },
    { ...atom("v", 2, []), atom: "v2", members: ["7", "8"] },
  ];
  const others = ["a", "b", "c", "d"].map((leader) => atom(leader, 8, ["all", "others"]));
  const made = publication([...halves, ...others], [mean("all"), mean("others")]);

  it.each([0, ordinaryEffort.exactWork])(
    "leaves its leader with the few whom the own report counts beside (exact up to %i)",
    (exactWork) => {
      const { findings } = audit(made, lowestLimits, { ...ordinaryEffort, exactWork });
      const ofViewer = findings.filter(({ view, kind }) => view === "leader:v" && kind === "respondents");
      expect(ofViewer.map(({ leaders, respondents }) => [leaders, respondents])).toEqual([[["v"], 2]]);
    },
  );
});

describe("two leaders together", () => {
  const three = ["a", "b", "c"].map((leader) => atom(leader, 8, ["all"]));
  const coalitions = (atoms: readonly Atom[]) =>
    audit(publication(atoms, [mean("all")]), lowestLimits, ordinaryEffort).counts.coalitions;

  it("are counted where they know the third of a group, and not in a group of four", () => {
    expect(coalitions(three)).toBe(1);
    expect(coalitions([...three, atom("d", 8, ["all"])])).toBe(0);
  });
});

describe("a fact that rests on nothing", () => {
  it("is not taken for safe", () => {
    const made = publication([atom("a", 8, ["all"])], [mean("elsewhere")]);
    expect(audit(made, lowestLimits, ordinaryEffort)).toMatchObject({ isSafe: false, baseless: ["elsewhere"] });
  });
});

describe("both primes, exact elimination and brute force", () => {
  it("find the same sets, in every view of careless publications", () => {
    const { disagreements, sets } = tryMethods(25, 7, careless, () => undefined);
    expect(disagreements).toEqual([]);
    expect(sets).toBeGreaterThan(100);
  });
});
