import type { Fact } from "../../src/audit/publication.ts";
import type { Atom, Group } from "../../src/disclosure/lattice/atoms.ts";
import { betweenLeaders } from "../../src/disclosure/lattice/between-leaders.ts";
import { decide, type Pattern } from "../../src/disclosure/lattice/decide.ts";
import { undividedCells } from "../../src/disclosure/lattice/decided.ts";
import type { PastFact, PastRelease } from "../../src/disclosure/lattice/past.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import { meanFact, type Organisation, type Publish } from "./organisation.ts";

const groupings = ["organisation", "arm", "department"];
const rules = rulesOf({ respondents: 5, leaders: 3, strict: false });

/** The teams of an organisation, as publishing finds them in the vault. */
const atomsOf = ({ leaders, respondents, scales }: Organisation): readonly Atom[] => {
  const places = new Map(leaders.map(({ id, groups }) => [id, groups]));
  const teams = new Map<string, { leader: string; wave: string; own: Organisation["respondents"][number][] }>();
  for (const each of respondents) {
    const key = JSON.stringify([each.leader, each.wave]);
    const found = teams.get(key);
    if (found) found.own.push(each);
    else teams.set(key, { leader: each.leader, wave: each.wave, own: [each] });
  }
  return [...teams.values()].map(({ leader, wave, own }) => {
    const { arm = null, department = null } = places.get(leader)![wave] ?? {};
    const scored = scales.map((scale) => [scale, own.flatMap(({ scores }) => scores[scale] ?? [])] as const);
    const answered = scored.filter(([, scores]) => scores.length > 0);
    return {
      ...{ leader, wave, groups: { organisation: "", arm, department }, members: own.map(({ token }) => token) },
      n: Object.fromEntries(answered.map(([scale, scores]) => [scale, scores.length])),
      sums: Object.fromEntries(answered.map(([scale, scores]) => [scale, scores.reduce((sum, each) => sum + each, 0)])),
    };
  });
};

const whole = (wave: string): Group => ({ grouping: "organisation", cell: "", wave });

const made = (statistic: "mean" | "variance", scale: string, group: Group, value: number, step: number): PastFact => ({
  ...{ fact: [statistic, scale, group.wave, group.grouping, group.cell].join("|"), audience: "management" },
  ...{ statistic, scale, rater: "employee", ...group, value, step },
});

/** The mean of a group on every scale, rounded as it is shown. */
const meansOf = (organisation: Organisation, group: Group): readonly PastFact[] =>
  organisation.scales.flatMap((scale) =>
    meanFact(organisation, { audience: "management", scale, ...group }).map(({ value, step }) =>
      made("mean", scale, group, value!, step),
    ),
  );

const variancesOf = (
  { scales, waves }: Organisation,
  atoms: readonly Atom[],
  pattern: Pattern,
  past: readonly PastRelease[],
): readonly PastFact[] =>
  waves.flatMap((wave) => {
    const shown = [...pattern.values()].find((each) => each.wave === wave && each.grouping === "organisation");
    if (shown?.outcome !== "shown") return [];
    const cells = undividedCells(atoms, wave, pattern, past);
    return scales.flatMap((scale) => {
      const found = betweenLeaders(cells, { scale, low: 0, high: 100 }, rules);
      return found ? [made("variance", scale, whole(wave), found.variance, 0)] : [];
    });
  });

/**
 * The suppressor itself: what `decide` shows of every group and scale, with the variance between leaders, over releases
 * of one organisation. Keeps the ledger as publishing does, and hands on what is new in a release.
 */
export const deciding = (): Publish => {
  const past: PastRelease[] = [];
  return (organisation, release) => {
    const atoms = atomsOf(organisation);
    const scales = organisation.scales.map((scale) => {
      const of = organisation.composites[scale];
      return { scale, low: 0, high: 100, ...(of ? { of } : {}) };
    });
    const pattern = decide({ atoms, scales, groupings, rules, past });
    const decisions = [...pattern.values()];
    const fresh = [
      ...decisions.filter(({ outcome }) => outcome === "shown").flatMap((group) => meansOf(organisation, group)),
      ...variancesOf(organisation, atoms, pattern, past),
    ];
    const ids = new Set(decisions.filter(({ outcome }) => outcome === "kept").map((each) => groupId(each)));
    const last = past.at(-1);
    const kept = (last?.facts ?? [])
      .filter((fact) => ids.has(groupId(fact)))
      .map((fact) => ({ ...fact, since: fact.since ?? last!.release }));
    past.push({ release, atoms, facts: [...fresh, ...kept] });
    return fresh as readonly Fact[];
  };
};

const groupId = ({ wave, grouping, cell }: Group): string => JSON.stringify([wave, grouping, cell]);
