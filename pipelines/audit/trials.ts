import { audit, type Effort, ordinaryEffort } from "../../src/audit/audit.ts";
import { lowestLimits, type Publication, type Release } from "../../src/audit/publication.ts";
import { withOwnTeams } from "../../src/audit/views.ts";
import { type Chance, chanceOf } from "../fuzz/chance.ts";
import { type Agreement, agreement } from "./agreement.ts";
import { deciding } from "./decided.ts";
import { afterEvent, drawOrganisation, events, type Size } from "./draw-organisation.ts";
import { meanFact, type Organisation, type Publish, publicationOf, releaseOf } from "./organisation.ts";
import { plants } from "./planted.ts";

const small: Size = { departments: 2, unitsEach: 2, leadersEach: 2, waves: 2, scales: 1, team: 7 };
export const ordinary: Size = { departments: 4, unitsEach: 4, leadersEach: 4, waves: 3, scales: 1, team: 12 };
const large: Size = { departments: 50, unitsEach: 19, leadersEach: 19, waves: 3, scales: 1, team: 12 };

/** How the methods compared over organisations drawn by lot. */
export interface MethodTrial {
  readonly organisations: number;
  readonly views: number;
  readonly systems: number;
  /** Minimal sets that brute force found in all. */
  readonly sets: number;
  readonly disagreements: readonly string[];
}

const methodTrial = (trials: readonly (Agreement & { readonly index: number })[]): MethodTrial => {
  const sum = (key: "views" | "systems" | "sets"): number => trials.reduce((total, each) => total + each[key], 0);
  return {
    organisations: trials.length,
    views: sum("views"),
    systems: sum("systems"),
    sets: sum("sets"),
    disagreements: trials.flatMap(({ index, disagreements }) => disagreements.map((each) => `${index}: ${each}`)),
  };
};

/** Two releases, something having happened in between. */
const twoReleases = (chance: Chance, size: Size, publish: Publish) => {
  const first = drawOrganisation(chance, size);
  const second = afterEvent(chance, first, chance.pick(events));
  const before = releaseOf(first, "r1", publish(first, "r1", []));
  return publicationOf(first, [before, releaseOf(second, "r2", publish(second, "r2", [before]))]);
};

/** Small organisations, published so carelessly that there is much to find: all methods must find the same. */
export const tryMethods = (
  count: number,
  seed: number,
  publishing: (chance: Chance) => Publish,
  done: (trial: number) => void,
): MethodTrial => {
  const trials = Array.from({ length: count }, (_, k) => {
    const chance = chanceOf(seed, k);
    const size = { ...small, scales: 1 + chance.below(2) };
    const publication = twoReleases(chance, size, publishing(chance));
    done(k);
    return { index: k, ...agreement(publication, lowestLimits) };
  });
  return methodTrial(trials);
};

/** What the suppressor published of organisations drawn by lot, and those of which anything could be worked out. */
export interface DecidedTrial {
  readonly organisations: number;
  readonly views: number;
  readonly facts: number;
  /** Leaders' means that linear programs bounded. */
  readonly targets: number;
  /** The least part of a scale's range that is open of any of them; null where it is at least `widthsBelow`. */
  readonly narrowest: number | null;
  readonly unsafe: readonly number[];
}

/** Every leader's own report beside a release: the mean of the own team wherever a report may show it. */
const withReports = (organisation: Organisation, publication: Publication): Publication => ({
  ...publication,
  releases: withOwnTeams(publication, lowestLimits).releases.map((release) => ({
    ...release,
    facts: release.facts.flatMap((fact) => (fact.value === null ? meanFact(organisation, fact) : [fact])),
  })),
});

/** Every second organisation has two scales and one that is the mean of both. */
export const drawn = (chance: Chance, k: number, size: Size): Organisation =>
  drawOrganisation(chance, { ...size, scales: 1 + (k % 2) });

/** How open leaders' means are is told up to this part of the range; a quarter is one point of a scale from 1 to 5. */
export const widthsBelow = 0.3;

/** One release of the suppressor for each organisation, audited in every view: by algebra, and by linear programs that know the own team of whoever looks. */
export const tryDecided = (count: number, seed: number, done: (trial: number) => void): DecidedTrial => {
  const trials = Array.from({ length: count }, (_, k) => {
    const organisation = drawn(chanceOf(seed + 2, k), k, ordinary);
    const release = releaseOf(organisation, "r1", deciding()(organisation, "r1", []));
    const publication = withReports(organisation, publicationOf(organisation, [release]));
    const found = audit(publication, lowestLimits, { ...ordinaryEffort, widthsBelow, explained: 0 });
    done(k);
    return { facts: release.facts.length, ...found };
  });
  const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
  return {
    organisations: count,
    views: sum(trials.map(({ counts }) => counts.views)),
    facts: sum(trials.map(({ facts }) => facts)),
    targets: sum(trials.map(({ counts }) => counts.targets)),
    narrowest: trials.reduce<number | null>(
      (least, { counts: { narrowest } }) => (narrowest === null ? least : Math.min(least ?? 1, narrowest)),
      null,
    ),
    unsafe: trials.flatMap(({ isSafe }, k) => (isSafe ? [] : [k])),
  };
};

/** Small organisations, published by the suppressor: brute force tries every set in every view and must find none. */
export const tryDecidedSmall = (count: number, seed: number): MethodTrial => {
  const trials = Array.from({ length: count }, (_, k) => {
    const organisation = drawn(chanceOf(seed + 3, k), k, { ...small, waves: 1, leadersEach: 3, team: 10 });
    const release = releaseOf(organisation, "r1", deciding()(organisation, "r1", []));
    return { index: k, ...agreement(publicationOf(organisation, [release]), lowestLimits) };
  });
  return methodTrial(trials);
};

/** For each kind of leak how often it was found by what it is, and how often its twin raised an alarm. */
export interface PlantTrial {
  readonly name: string;
  readonly planted: number;
  readonly found: number;
  readonly alarms: number;
}

/** Plants `count` leaks, kind after kind. */
export const tryPlants = (count: number, seed: number): readonly PlantTrial[] => {
  const kinds = Object.entries(plants);
  return kinds.map(([name, { kind, plant }], index) => {
    const own = Array.from({ length: Math.ceil((count - index) / kinds.length) }, (_, k) => {
      const { leaking, twin, limits } = plant(chanceOf(seed, k * kinds.length + index));
      const isFound = audit(leaking, limits, ordinaryEffort).findings.some((finding) => finding.kind === kind);
      return { isFound, isAlarm: !audit(twin, limits, ordinaryEffort).isSafe };
    });
    const howMany = (key: "isFound" | "isAlarm"): number => own.filter((each) => each[key]).length;
    return { name, planted: own.length, found: howMany("isFound"), alarms: howMany("isAlarm") };
  });
};

/** The releases of one organisation whose ledger was audited whole after each. */
export interface SequenceTrial {
  readonly sequences: number;
  readonly releases: number;
  readonly facts: number;
  readonly unsafe: readonly number[];
}

const upTo = (organisation: Organisation, waves: number): Organisation => {
  const known = new Set(organisation.waves.slice(0, waves));
  const respondents = organisation.respondents.filter(({ wave }) => known.has(wave));
  return { ...organisation, respondents, waves: [...known] };
};

/** Tokens that name nobody, as where responses have no id. */
const unnamed = (organisation: Organisation): Organisation => ({
  ...organisation,
  respondents: organisation.respondents.map((each) => ({ ...each, token: each.token.replaceAll(".", ":") })),
});

const runSequence = (chance: Chance, publish: Publish, isNamed: boolean): readonly Release[] => {
  let organisation = drawOrganisation(chance, ordinary);
  const releases: Release[] = [];
  for (let wave = 1; wave <= organisation.waves.length; wave++) {
    for (let k = chance.below(4); k > 0; k--) organisation = afterEvent(chance, organisation, chance.pick(events));
    const known = upTo(isNamed ? organisation : unnamed(organisation), wave);
    const release = `r${wave}`;
    releases.push(releaseOf(known, release, publish(known, release, releases)));
  }
  return releases;
};

const quick: Effort = { ...ordinaryEffort, explained: 0 };

/**
 * A wave after the other, answers coming late, corrected, erased and moved in between, published by `publish`: the
 * whole ledger must be safe after the last release.
 */
export const trySequences = (count: number, seed: number, publishing: (chance: Chance) => Publish): SequenceTrial => {
  const unsafe: number[] = [];
  let [published, facts] = [0, 0];
  // One after the other: thousands of them together would not fit into memory.
  for (let k = 0; k < count; k += 1) {
    const chance = chanceOf(seed + 1, k);
    const releases = runSequence(chance, publishing(chance), k % 2 === 0);
    const organisation = drawOrganisation(chanceOf(seed + 1, k), ordinary);
    published += releases.length;
    facts += releases.reduce((sum, release) => sum + release.facts.length, 0);
    if (!audit(publicationOf(organisation, releases), lowestLimits, quick).isSafe) unsafe.push(k);
  }
  return { sequences: count, releases: published, facts, unsafe };
};

/** One large organisation: its size, what was found, and how long the audit took. */
export const tryLarge = (seed: number, publishing: (chance: Chance) => Publish) => {
  const chance = chanceOf(seed, 0);
  const organisation = drawOrganisation(chance, large);
  const release = releaseOf(organisation, "r1", publishing(chance)(organisation, "r1", []));
  const publication = publicationOf(organisation, [release]);
  const since = performance.now();
  const { findings, counts } = audit(publication, lowestLimits, quick);
  const seconds = (performance.now() - since) / 1000;
  return { leaders: organisation.leaders.length, findings: findings.length, counts, seconds };
};
