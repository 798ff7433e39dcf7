import { type Fact, type Limits, lowestLimits, type Release } from "../../src/audit/publication.ts";
import type { Chance } from "../fuzz/chance.ts";
import { cellsOf, meanFact, type Organisation, type Publish, respondentsIn } from "./organisation.ts";

const management = "management";

/** How many leaders and respondents a cell has on a scale, and how many of those are not the largest team's. */
const supportOf = (organisation: Organisation, scale: string, wave: string, grouping: string, cell: string) => {
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

/** Any cells that pass the primary rules and the lot: what leaks when nobody looks at combinations. */
export const careless =
  (chance: Chance): Publish =>
  (organisation) =>
    organisation.scales.flatMap((scale) =>
      organisation.waves.flatMap((wave) =>
        ["organisation", "arm", "department", "unit"].flatMap((grouping) =>
          cellsOf(organisation, grouping, wave).flatMap((cell) => {
            const support = supportOf(organisation, scale, wave, grouping, cell);
            if (!passesPrimary(support, lowestLimits) || chance.once(6)) return [];
            return meanFact(organisation, { audience: management, scale, grouping, cell, wave });
          }),
        ),
      ),
    );

const isWide = (fact: Fact, { respondents, sizes }: ReturnType<typeof supportOf>): boolean => {
  const share = fact.value! / 100;
  const [own, other] = [sizes[0]!, sizes[1]!];
  const rest = respondents - own - other;
  const least = Math.max(0, (share * respondents - rest - other) / own);
  const most = Math.min(1, (share * respondents) / own);
  return rest / own >= 0.3 && most - least >= 0.6 && rest >= lowestLimits.respondents;
};

const hasWave = (ledger: readonly Release[], wave: string): boolean =>
  ledger.some(({ facts }) => facts.some((fact) => fact.wave === wave));

/**
 * Safe, and of little use: one partition of the organisation for each wave, of which every cell stands far above the
 * thresholds, and never a second value for a wave that has been published.
 */
export const cautious: Publish = (organisation, _release, ledger) =>
  organisation.waves.flatMap((wave) => {
    if (hasWave(ledger, wave)) return [];
    return organisation.scales.flatMap((scale) => {
      const facts = meanFact(organisation, { audience: management, scale, grouping: "organisation", cell: "", wave });
      const support = supportOf(organisation, scale, wave, "organisation", "");
      const isSafe = support.leaders > lowestLimits.leaders && passesPrimary(support, lowestLimits);
      return isSafe ? facts.filter((fact) => isWide(fact, support)) : [];
    });
  });

/** Every leader's own report: the mean of a team with enough respondents. */
export const ownReports: Publish = (organisation) =>
  organisation.leaders.flatMap(({ id }) =>
    organisation.waves.flatMap((wave) =>
      organisation.scales.flatMap((scale) => {
        const { respondents } = supportOf(organisation, scale, wave, "leader", id);
        if (respondents < lowestLimits.respondents) return [];
        return meanFact(organisation, { audience: `leader:${id}`, scale, grouping: "leader", cell: id, wave });
      }),
    ),
  );
