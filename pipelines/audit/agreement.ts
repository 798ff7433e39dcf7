import { audit, ordinaryEffort } from "../../src/audit/audit.ts";
import { bruteForce } from "../../src/audit/brute-force.ts";
import { exactSets } from "../../src/audit/exact.ts";
import { nameSet } from "../../src/audit/finding.ts";
import { primes } from "../../src/audit/modular.ts";
import { smallSets, solve } from "../../src/audit/modular-search.ts";
import { type OwnerSet, type Protection, protectLeaders, protectRespondents } from "../../src/audit/protection.ts";
import type { Limits, Publication } from "../../src/audit/publication.ts";
import { refine } from "../../src/audit/refine.ts";
import { deriveRows, type Rows } from "../../src/audit/rows.ts";
import { type System, systemsOf } from "../../src/audit/system.ts";
import { type View, viewsOf, withOwnTeams } from "../../src/audit/views.ts";

/** How the methods compare on one publication. */
export interface Agreement {
  readonly views: number;
  readonly systems: number;
  /** Minimal sets that brute force found. */
  readonly sets: number;
  readonly disagreements: readonly string[];
}

/** By name: of a part whose scales other persons answered anew there may be several sets, and one may hold another. */
const named = (system: System, { kind }: Protection, sets: readonly OwnerSet[] | null): string => {
  if (sets === null) return "too many";
  const smallest: (readonly string[])[] = [];
  const names = sets.map((set) => [...new Set(nameSet(system, kind, set))]);
  for (const set of names.sort((a, b) => a.length - b.length))
    if (!smallest.some((each) => each.every((name) => set.includes(name)))) smallest.push(set);
  return smallest
    .map((set) => set.join(" "))
    .sort()
    .join(", ");
};

const compareSystem = (view: View, system: System, rows: Rows, limits: Limits) => {
  const brute = bruteForce(
    system.rows.map(({ row }) => row),
    rows,
    limits,
    view.viewer,
  );
  const solved = primes.map((p) => solve(system, p));
  const cases = [
    { protection: protectRespondents(system, limits.respondents), truth: brute.respondents },
    { protection: protectLeaders(system, limits.leaders, view.viewer), truth: brute.leaders },
  ];
  const disagreements = cases.flatMap(({ protection, truth }) => {
    const said = [
      ...solved.map((each) => named(system, protection, smallSets(each, protection))),
      named(system, protection, exactSets(system, protection)),
    ];
    const right = [...truth].sort().join(", ");
    return said.every((each) => each === right)
      ? []
      : [`${view.viewer ?? "management"} ${protection.kind}: tried all ${right}; primes and exact ${said.join(" / ")}`];
  });
  return { sets: brute.respondents.length + brute.leaders.length, disagreements };
};

const kinds = new Set(["respondents", "leader"]);

const verdicts = (publication: Publication, limits: Limits, exactWork: number): string => {
  const { findings } = audit(publication, limits, {
    ...ordinaryEffort,
    ...{ exactWork, viewWork: exactWork, intervalViewers: 0, explained: 0 },
  });
  const told = findings
    .filter(({ kind }) => kinds.has(kind))
    .map(({ kind, view, scale, waves, leaders }) => [kind, view, scale, waves, leaders].join(" "));
  return [...new Set(told)].sort().join("\n");
};

/**
 * Compares both primes and exact elimination with brute force, in every view, set by set; and the quick way through
 * leaders' views, which large organisations take, with the slow one.
 */
export const agreement = (published: Publication, limits: Limits): Agreement => {
  const publication = withOwnTeams(published, limits);
  const rows = deriveRows(publication, refine(publication));
  const views = viewsOf(rows);
  const compared = views.flatMap((view) =>
    systemsOf([...view.shared, ...view.own], rows)
      .filter((system) => view.viewer === null || system.rows.some(({ row }) => view.own.includes(row)))
      .map((system) => compareSystem(view, system, rows, limits)),
  );
  const quick = verdicts(publication, limits, 0);
  const slow = verdicts(publication, limits, Number.POSITIVE_INFINITY);
  return {
    views: views.length,
    systems: compared.length,
    sets: compared.reduce((sum, { sets }) => sum + sets, 0),
    disagreements: [
      ...compared.flatMap(({ disagreements }) => disagreements),
      ...(quick === slow ? [] : [`quick\n${quick}\nslow\n${slow}`]),
    ],
  };
};
