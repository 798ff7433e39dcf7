import { describe, expect, it } from "vitest";
import { type Atom, lowestLimits } from "../../src/audit/publication.ts";
import { readReports } from "../../src/audit/served-reports.ts";

const shared = { waves: [{ id: "w1" }, { id: "w2" }], scales: [{ id: "s" }, { id: "t" }] };
const [shown, suppressed] = [{ state: "shown" }, { state: "suppressed" }] as const;
const none = { employees: [null, null], benchmark: suppressed, shrunk: suppressed, change: null };

const team = (leader: string, wave: string, s: number): Atom => ({
  ...{ atom: `${leader} ${wave}`, leader, wave, groups: { organisation: "" }, n: { s }, members: [] },
});
const teams = (sizes: readonly [number, number], others: number): readonly Atom[] => [
  ...["w1", "w2"].map((wave, k) => team("L", wave, sizes[k]!)),
  ...Array.from({ length: others }, (_, k) => team(`O${k}`, "w2", 8)),
];
/** Teams, and pages that the ledger says nothing else of than they show. */
const booked = (atoms: readonly Atom[]) => ({ atoms, pages: [], facts: [], past: [], earlier: () => null });
const found = (scale: object, sizes: readonly [number, number], others = 30) =>
  readReports(
    shared,
    [{ leader: "L", answers: null, scales: [{ ...none, ...scale }, none] }],
    booked(teams(sizes, others)),
    {
      limits: lowestLimits,
      composites: {},
    },
  );
const facts = (...asked: Parameters<typeof found>) => found(...asked).findings.flatMap((finding) => finding.facts);

describe("a leader's own report", () => {
  it("shows what five of the team answered", () => {
    expect(found({ employees: [shown, shown], benchmark: shown, shrunk: shown }, [5, 8])).toEqual({
      ...{
        reports: 1,
        cells: 2,
        findings: [],
        notBorneOut: ["mean|s|w1", "mean|s|w2", "benchmark|s|w2"].map((fact) => `${fact}|leader|L`),
      },
    });
  });

  it("is found where it shows a wave, a change or a drawn mean of fewer", () => {
    expect(facts({ employees: [shown, shown] }, [4, 8])).toEqual(["mean|s|w1|leader|L"]);
    expect(facts({ change: { since: 0, cell: shown } }, [4, 8])).toEqual(["mean|s|w1|leader|L"]);
    expect(facts({ shrunk: shown }, [8, 4])).toEqual(["mean|s|w2|leader|L"]);
    expect(facts({ employees: [shown, suppressed] }, [0, 8])).toEqual(["mean|s|w1|leader|L"]);
  });

  it("is found where it shows other leaders, and they are fewer than twenty", () => {
    expect(facts({ benchmark: shown }, [8, 8], 20)).toEqual([]);
    expect(facts({ benchmark: shown }, [8, 8], 19)).toEqual(["benchmark|s|w2|leader|L"]);
    expect(facts({ benchmark: shown }, [8, 4], 20)).toEqual([]);
  });

  it("is found where it shows a scale of scales beside its parts, and a few answered some of them only", () => {
    const both = { waves: [{ id: "w2" }], scales: ["s", "t", "all"].map((id) => ({ id })) };
    const told = { ...none, employees: [shown] };
    const of = (n: Readonly<Record<string, number>>, last: object = told) =>
      readReports(
        both,
        [{ leader: "L", answers: null, scales: [told, told, last] }],
        booked([{ ...team("L", "w2", 8), n }]),
        {
          ...{ limits: lowestLimits, composites: { all: ["s", "t"] } },
        },
      ).findings.flatMap((finding) => finding.facts);
    expect(of({ s: 8, t: 9, all: 8 })).toEqual(["mean|all|w2|leader|L"]);
    expect(of({ s: 8, t: 8, all: 8 })).toEqual([]);
    expect(of({ s: 13, t: 8, all: 8 })).toEqual([]);
    expect(of({ s: 8, t: 9, all: 8 }, { ...none, employees: [suppressed] })).toEqual([]);
  });

  it("is found where it shows a scale or a leader that the release counts nobody of", () => {
    const all = { ...none, employees: [shown, shown] };
    const of = (leader: string, scales: readonly object[]) =>
      readReports(shared, [{ leader, answers: null, scales }], booked(teams([8, 8], 0)), {
        ...{ limits: lowestLimits, composites: {} },
      }).findings.flatMap((finding) => finding.facts);
    expect(of("L", [none, all])).toEqual(["mean|t|w1|leader|L", "mean|t|w2|leader|L"]);
    expect(of("X", [all, none])).toEqual(["mean|s|w1|leader|X", "mean|s|w2|leader|X"]);
    expect(of("L", [all, none])).toEqual([]);
  });

  it("is found with who, where and how many", () => {
    const about = { view: "leader:L", waves: ["w2"], leaders: ["L"], minimal: true } as const;
    expect(found({ employees: [null, shown], benchmark: shown }, [8, 4], 7).findings).toEqual([
      { ...about, kind: "respondents", scale: "s", respondents: 4, facts: ["mean|s|w2|leader|L"] },
      { ...about, kind: "non-linear", scale: "s", respondents: 7, facts: ["benchmark|s|w2|leader|L"] },
    ]);
  });

  it("counts a wave once, whatever it shows of it", () => {
    const change = { since: 0, cell: shown };
    expect(found({ employees: [shown, shown], shrunk: shown, change }, [8, 8]).cells).toBe(2);
    expect(found({ shrunk: shown, change: { since: 0, cell: suppressed } }, [8, 8]).cells).toBe(1);
    expect(found({ change }, [8, 8]).cells).toBe(2);
  });

  it("is held to other leaders also for a mean that is drawn towards theirs", () => {
    expect(facts({ shrunk: shown }, [8, 8], 19)).toEqual(["benchmark|s|w2|leader|L"]);
    expect(facts({ shrunk: shown }, [8, 8], 20)).toEqual([]);
  });

  it("is held to the teams of the release that its page stands from", () => {
    const told = (n: number, then: number, others: number, past: number) =>
      readReports(
        shared,
        [{ leader: "L", answers: null, scales: [{ ...none, employees: [null, shown], benchmark: shown }, none] }],
        {
          ...{ atoms: teams([8, n], others), facts: [], earlier: () => null },
          pages: [{ leader: "L", wave: "w2", scales: ["s"], answers: null, since: "r1" }],
          past: [{ release: "r1", atoms: teams([8, then], past), facts: [], pages: [] }],
        },
        { limits: lowestLimits, composites: {} },
      ).findings.flatMap((finding) => finding.facts);
    expect(told(4, 5, 19, 20)).toEqual([]);
    expect(told(5, 4, 20, 20)).toEqual(["mean|s|w2|leader|L"]);
    expect(told(5, 5, 20, 19)).toEqual(["benchmark|s|w2|leader|L"]);
  });

  it("rests on employees alone, of all places where a team stands", () => {
    const of = (...more: readonly Atom[]) =>
      readReports(
        shared,
        [{ leader: "L", answers: null, scales: [{ ...none, employees: [null, shown] }, none] }],
        booked([team("L", "w2", 3), ...more]),
        {
          ...{ limits: lowestLimits, composites: {} },
        },
      ).findings.length;
    expect(of(team("L", "w2", 2))).toBe(0);
    expect(of({ ...team("L", "w2", 2), rater: "self" })).toBe(1);
  });
});
