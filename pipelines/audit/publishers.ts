import { type Limits, lowestLimits, type Release } from "../../src/audit/publication.ts";
import type { Chance } from "../fuzz/chance.ts";
import { cellsOf, meanFact, type Organisation, type Publish, respondentsIn } from "./organisation.ts";

const management = "management";

/** How many leaders and respondents a cell has on a scale, and how many of those are not the largest team's. */
export const supportOf = (organisation: Organisation, scale: string, wave: string, grouping: string, cell: string) => {
  const teams = new Map<string, number>();
  for (const { leader } of respondentsIn(organisation, scale, { grouping, cell, wave }))
    teams.set(leader, (teams.get(leader) ?? 0) + 1);
  const sizes = [...teams.values()].sort((a, b) => b - a);
  const respondents = sizes.reduce((sum, each) => sum + each, 0);
  return { respondents, leaders: sizes.length, sizes };
};

const passesPrimary = (support: ReturnType<typeof supportOf>, limits: Limits): boolean =>
  support.respondents >= limits.respondents &&
  support.leaders >= limits.leaders &&
  support.sizes[0]! <= 0.8 * support.respondents;

const groupings = ["organisation", "arm", "department", "unit", "armIn", "paired"];

const cellsIn = (organisation: Organisation, grouping: string, wave: string): readonly string[] =>
  grouping === "paired" ? ["both"] : cellsOf(organisation, grouping, wave);

/** Any cells that pass the primary rules and the lot, and changes since the wave before: what leaks when nobody looks at combinations. */
export const careless =
  (chance: Chance): Publish =>
  (organisation) => {
    const passing = (scale: string, wave: string, grouping: string, cell: string): boolean =>
      passesPrimary(supportOf(organisation, scale, wave, grouping, cell), lowestLimits);
    return organisation.scales.flatMap((scale) =>
      organisation.waves.flatMap((wave, index) =>
        groupings.flatMap((grouping) =>
          cellsIn(organisation, grouping, wave).flatMap((cell) => {
            if (!passing(scale, wave, grouping, cell)) return [];
            const asked = { audience: management, scale, grouping, cell, wave };
            const earlier = organisation.waves[index - 1];
            const mean = chance.once(4) ? [] : meanFact(organisation, asked);
            if (earlier === undefined || !chance.once(4) || !passing(scale, earlier, grouping, cell)) return mean;
            return [...mean, ...meanFact(organisation, { ...asked, against: { grouping, cell, wave: earlier } })];
          }),
        ),
      ),
    );
  };

interface Team {
  readonly leader: string;
  readonly n: number;
  readonly sum: number;
}

const teamsOf = (organisation: Organisation, scale: string, wave: string): readonly Team[] =>
  organisation.leaders.flatMap(({ id }) => {
    const scores = respondentsIn(organisation, scale, { grouping: "leader", cell: id, wave }).map(
      (each) => each.scores[scale]!,
    );
    return scores.length === 0
      ? []
      : [{ leader: id, n: scores.length, sum: scores.reduce((sum, each) => sum + each, 0) }];
  });

const total = (teams: readonly Team[], key: "n" | "sum"): number => teams.reduce((sum, team) => sum + team[key], 0);

/** Whether each of some teams, of which the sum is known, may still lie anywhere in more than a quarter of the range. */
const areOpen = (teams: readonly Team[]): boolean => {
  const [n, share] = [total(teams, "n"), total(teams, "sum") / 100];
  return teams.every((team) => {
    const [least, most] = [(share - (n - team.n)) / team.n, share / team.n];
    return Math.min(1, most) - Math.max(0, least) >= lowestLimits.width + 0.01;
  });
};

/** Whether the mean of all tells nobody much, nor anybody who takes the own team away. */
const isOpen = (teams: readonly Team[]): boolean => {
  const views = [teams, ...teams.map((own) => teams.filter((team) => team !== own))];
  return (
    teams.length > lowestLimits.leaders &&
    views.every((others) => total(others, "n") >= lowestLimits.respondents && areOpen(others))
  );
};

const hasWave = (ledger: readonly Release[], wave: string): boolean =>
  ledger.some(({ facts }) => facts.some((fact) => fact.wave === wave));

/**
 * Safe, and of little use: the mean of everybody in a wave where it stands far above the thresholds, every leader's own
 * report, and never a second value for a wave that has been published.
 */
export const cautious: Publish = (organisation, release, ledger) => {
  const fresh = organisation.waves.filter((wave) => !hasWave(ledger, wave));
  const means = fresh.flatMap((wave) =>
    organisation.scales.flatMap((scale) =>
      isOpen(teamsOf(organisation, scale, wave))
        ? meanFact(organisation, { audience: management, scale, grouping: "organisation", cell: "", wave })
        : [],
    ),
  );
  return [...means, ...ownReports({ ...organisation, waves: fresh }, release, ledger)];
};

/** Every leader's own report: the mean of a team with enough respondents. */
const ownReports: Publish = (organisation) =>
  organisation.leaders.flatMap(({ id }) =>
    organisation.waves.flatMap((wave) =>
      organisation.scales.flatMap((scale) => {
        const { respondents } = supportOf(organisation, scale, wave, "leader", id);
        if (respondents < lowestLimits.respondents) return [];
        return meanFact(organisation, { audience: `leader:${id}`, scale, grouping: "leader", cell: id, wave });
      }),
    ),
  );
