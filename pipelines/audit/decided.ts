import type { Fact } from "../../src/audit/publication.ts";
import type { Atom, Group } from "../../src/disclosure/lattice/atoms.ts";
import { betweenLeaders } from "../../src/disclosure/lattice/between-leaders.ts";
import type { Scale } from "../../src/disclosure/lattice/bounds.ts";
import { decide, type Pattern } from "../../src/disclosure/lattice/decide.ts";
import { undividedCells } from "../../src/disclosure/lattice/decided.ts";
import type { PastFact, PastRelease } from "../../src/disclosure/lattice/past.ts";
import { standingSince } from "../../src/disclosure/lattice/together.ts";
import { type Rules, rulesOf } from "../../src/disclosure/rules.ts";
import { meanFact, type Organisation, type Publish, versionsOf } from "./organisation.ts";

const ordinaryGroupings: readonly string[] = ["organisation", "arm", "department"];

/** The rules of a study that asks for nothing, and of one that asks for strict ones. */
export const ordinaryRules = rulesOf({ respondents: 5, leaders: 3, strict: false });
export const strictRules = rulesOf({ respondents: 5, leaders: 3, strict: true });

/** The teams of an organisation, as publishing finds them in the vault. */
export const atomsOf = ({ leaders, respondents, scales }: Organisation): readonly Atom[] => {
  const places = new Map(leaders.map(({ id, groups }) => [id, groups]));
  const teams = new Map<string, { leader: string; wave: string; own: Organisation["respondents"][number][] }>();
  for (const each of respondents) {
    const key = JSON.stringify([each.leader, each.wave]);
    const found = teams.get(key);
    if (found) found.own.push(each);
    else teams.set(key, { leader: each.leader, wave: each.wave, own: [each] });
  }
  return [...teams.values()].map(({ leader, wave, own }) => {
    const { arm = null, department = null, unit = null } = places.get(leader)![wave] ?? {};
    const scored = scales.map((scale) => [scale, own.flatMap(({ scores }) => scores[scale] ?? [])] as const);
    const answered = scored.filter(([, scores]) => scores.length > 0);
    return {
      ...{ leader, wave, groups: { organisation: "", arm, department, unit }, members: own.map(({ token }) => token) },
      ...versionsOf(own, scales),
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
  rules: Rules,
): readonly PastFact[] =>
  waves.flatMap((wave) => {
    const shown = [...pattern.values()].find((each) => each.wave === wave && each.grouping === "organisation");
    if (shown?.outcome !== "shown") return [];
    const cells = undividedCells(atoms, wave, pattern, past);
    return scales.flatMap((scale) => {
      const asked = { wave, scale, audience: "management", statistics: ["variance"], fewest: [1] } as const;
      if (standingSince(asked, atoms, past, rules) !== null) return [];
      const found = betweenLeaders(cells, { scale, low: 0, high: 100 }, rules);
      return found ? [made("variance", scale, whole(wave), found.variance, 0)] : [];
    });
  });

/** The scales of an organisation, each from 0 to 100. */
export const scalesOf = ({ scales, composites }: Organisation): readonly Scale[] =>
  scales.map((scale) => {
    const of = composites[scale];
    return { scale, low: 0, high: 100, ...(of ? { of } : {}) };
  });

/**
 * The suppressor itself: what `decide` shows of every group and scale, with the variance between leaders, over releases
 * of one organisation. Keeps the ledger as publishing does, and hands on what is new in a release.
 */
export const decidingBy = (rules: Rules, groupings = ordinaryGroupings): Publish => {
  const past: PastRelease[] = [];
  return (organisation, release) => {
    const atoms = atomsOf(organisation);
    const pattern = decide({ atoms, scales: scalesOf(organisation), groupings, rules, past });
    const decisions = [...pattern.values()];
    const fresh = [
      ...decisions.filter(({ outcome }) => outcome === "shown").flatMap((group) => meansOf(organisation, group)),
      ...variancesOf(organisation, atoms, pattern, past, rules),
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

/** The suppressor under ordinary rules. */
export const deciding = (): Publish => decidingBy(ordinaryRules);

const groupId = ({ wave, grouping, cell }: Group): string => JSON.stringify([wave, grouping, cell]);
