import type { Finding } from "../../src/audit/finding.ts";
import { type Fact, type Limits, lowestLimits, type Publication } from "../../src/audit/publication.ts";
import type { Chance } from "../fuzz/chance.ts";
import { withComposites } from "./draw-organisation.ts";
import {
  type Leader,
  meanFact,
  type Organisation,
  publicationOf,
  type Respondent,
  releaseOf,
  varianceFact,
} from "./organisation.ts";

/** A publication with one known leak, and its twin without: the twin must be safe. */
export interface Planted {
  readonly leaking: Publication;
  readonly twin: Publication;
  readonly limits: Limits;
}

type Plant = (chance: Chance) => Planted;

interface Team {
  readonly n: number;
  readonly department: string;
  readonly arm?: string | null;
  readonly site?: string;
  /** Respondents, of the first, who also answer in another wave. */
  readonly paired?: number;
  /** Respondents, of the first, who answered each scale; all where it is not said. */
  readonly answered?: Readonly<Record<string, number>>;
  /** The score that everybody is near. */
  readonly around?: number;
}

const near = (chance: Chance, centre: number): number => Math.min(100, Math.max(0, centre - 5 + chance.below(11)));

const people = (chance: Chance, team: Team, leader: string, waves: readonly string[], scales: readonly string[]) =>
  waves.flatMap((wave) =>
    Array.from({ length: team.n }, (_, k): Respondent => {
      const answered = scales.filter((scale) => k < (team.answered?.[scale] ?? team.n));
      const paired = team.paired !== undefined && k < team.paired ? "both" : null;
      const scores = Object.fromEntries(answered.map((scale) => [scale, near(chance, team.around ?? 50)]));
      return { token: `${leader}-${wave}-${k}.0`, leader, wave, paired, scores };
    }),
  );

const organisationOf = (
  chance: Chance,
  teams: readonly Team[],
  scales: readonly string[] = ["s1"],
  composites: Organisation["composites"] = {},
): Organisation => {
  const waves = ["w1"];
  const leaders = teams.map(({ department, arm = null, site = null }, k): Leader => {
    const groups = { department, arm, site };
    return { id: `l${k + 1}`, groups: { w1: groups } };
  });
  const respondents = teams.flatMap((team, k) => people(chance, team, leaders[k]!.id, waves, scales));
  return withComposites({ leaders, respondents, waves, scales, composites: {} }, composites);
};

/** `leaders` teams of one department, of 6 to 9 respondents each. */
const teams = (chance: Chance, department: string, leaders: number, more: Partial<Team> = {}): readonly Team[] =>
  Array.from({ length: leaders }, () => ({ n: 6 + chance.below(4), department, ...more }));

/** Departments that nothing is wrong with. */
const sound = (chance: Chance, more: Partial<Team> = {}): readonly Team[] =>
  ["north", "south", "east"].flatMap((department) => teams(chance, department, 4 + chance.below(3), more));

type Ask = (grouping: string, cell: string, scale?: string) => readonly Fact[];

const asking =
  (organisation: Organisation): Ask =>
  (grouping, cell, scale = "s1") =>
    meanFact(organisation, { audience: "management", scale, grouping, cell, wave: "w1" });

const soundMeans = (ask: Ask, scale = "s1"): readonly Fact[] =>
  ["north", "south", "east"].flatMap((department) => ask("department", department, scale));

const published = (organisation: Organisation, facts: readonly Fact[]): Publication =>
  publicationOf(organisation, [releaseOf(organisation, "r1", facts)]);

const planted = (
  organisation: Organisation,
  safe: readonly Fact[],
  leak: readonly Fact[],
  limits = lowestLimits,
): Planted => ({
  leaking: published(organisation, [...safe, ...leak]),
  twin: published(organisation, safe),
  limits,
});

const fewLeaders = (chance: Chance): number => 1 + chance.below(2);

const totalMinusSiblings: Plant = (chance) => {
  const organisation = organisationOf(chance, [...sound(chance), ...teams(chance, "west", fewLeaders(chance))]);
  const ask = asking(organisation);
  return planted(organisation, soundMeans(ask), ask("organisation", ""));
};

const groupingsCrossed: Plant = (chance) => {
  const one = teams(chance, "south", 4, { site: "harbour" });
  const organisation = organisationOf(chance, [
    ...teams(chance, "north", 5, { site: "harbour" }),
    ...one.map((team, k) => (k < fewLeaders(chance) ? team : { ...team, site: "town" })),
    ...teams(chance, "east", 4, { site: "town" }),
  ]);
  const ask = asking(organisation);
  return planted(organisation, ask("department", "north"), ask("site", "harbour"));
};

const waveLeftover: Plant = (chance) => {
  const left = 1 + chance.below(4);
  const whole = teams(chance, "north", 5).map((team) => ({ ...team, paired: team.n }));
  const organisation = organisationOf(
    chance,
    whole.map((team, k) => (k < left ? { ...team, paired: team.n - 1 } : team)),
  );
  const ask = asking(organisation);
  return planted(organisation, ask("organisation", ""), ask("paired", "both"));
};

const twoScales: Plant = (chance) => {
  const few = teams(chance, "west", 3).map((team, k) => ({ ...team, answered: { s2: k === 0 ? 2 : 1 } }));
  const organisation = organisationOf(chance, [...sound(chance), ...few], ["s1", "s2"]);
  const ask = asking(organisation);
  const pattern = (scale: string) => [...soundMeans(ask, scale), ...ask("organisation", "", scale)];
  return planted(organisation, [...pattern("s1"), ...soundMeans(ask, "s2")], ask("organisation", "", "s2"));
};

const scaleOfScales: Plant = (chance) => {
  const rest = [...teams(chance, "west", 4), ...teams(chance, "far", fewLeaders(chance))];
  const organisation = organisationOf(chance, [...sound(chance), ...rest], ["s1", "s2"], { s3: ["s1", "s2"] });
  const ask = asking(organisation);
  const safe = [...soundMeans(ask, "s2"), ...ask("organisation", "", "s2"), ...ask("department", "west", "s1")];
  return planted(organisation, safe, ask("department", "west", "s3"));
};

/** A few answered one scale of a composite and not the other: the three means give what they answered. */
const partlyAnswered: Plant = (chance) => {
  const few = 1 + chance.below(2);
  const west = teams(chance, "west", 4).map((team, k) => (k < few ? { ...team, answered: { s2: team.n - 1 } } : team));
  const organisation = organisationOf(chance, west, ["s1", "s2"], { s3: ["s1", "s2"] });
  const ask = asking(organisation);
  const whole = { audience: "leader:l4", scale: "s1", grouping: "leader", cell: "l4", wave: "w1" };
  const safe = [...ask("organisation", "", "s1"), ...ask("organisation", "", "s2"), ...meanFact(organisation, whole)];
  return planted(organisation, safe, ask("organisation", "", "s3"));
};

const hiddenArm: Plant = (chance) => {
  const arms = (arm: string, leaders: number) => teams(chance, "north", leaders, { arm });
  const organisation = organisationOf(chance, [...arms("control", 5), ...arms("trained", fewLeaders(chance))]);
  const ask = asking(organisation);
  const arm = (cell: string) => ({ grouping: "arm", cell, wave: "w1" });
  const asked = { audience: "management", scale: "s1", ...arm("trained"), against: arm("control") };
  const effect = meanFact(organisation, asked);
  const statistic = chance.once(2) ? "estimate" : "difference";
  return planted(
    organisation,
    ask("arm", "control"),
    effect.map((fact) => ({ ...fact, statistic })),
  );
};

const spreadBetweenLeaders: Plant = (chance) => {
  const organisation = organisationOf(chance, [...sound(chance), ...teams(chance, "west", 3)]);
  const ask = asking(organisation);
  const cell = { audience: "management", scale: "s1", grouping: "department", cell: "west", wave: "w1" };
  return planted(organisation, [...soundMeans(ask), ...ask("department", "west")], varianceFact(organisation, cell));
};

/** The viewer's own report takes the viewer out of a group of three, and leaves three or four persons. */
const groupOfThree: Plant = (chance) => {
  const three = [8 + chance.below(3), 2, 1 + chance.below(2)].map((n) => ({ n, department: "west" }));
  const organisation = organisationOf(chance, [...sound(chance), ...three]);
  const ask = asking(organisation);
  return planted(organisation, soundMeans(ask), ask("department", "west"));
};

const unitOfTwo: Plant = (chance) => {
  const organisation = organisationOf(chance, [...sound(chance), ...teams(chance, "west", 2)]);
  const ask = asking(organisation);
  return planted(organisation, soundMeans(ask), ask("department", "west"));
};

const dominated: Plant = (chance) => {
  const large = { n: 40 + chance.below(20), department: "west" };
  const organisation = organisationOf(chance, [...sound(chance), large, ...teams(chance, "west", 2, { n: 3 })]);
  const ask = asking(organisation);
  return planted(organisation, soundMeans(ask), ask("department", "west"));
};

const allAlike: Plant = (chance) => {
  const around = chance.once(2) ? 1 : 99;
  const organisation = organisationOf(chance, [...sound(chance), ...teams(chance, "west", 4, { around })]);
  const ask = asking(organisation);
  return planted(organisation, soundMeans(ask), ask("department", "west"));
};

/** Under strict rules a group of three is too small: two of them together know the third. */
const coalition: Plant = (chance) => {
  const organisation = organisationOf(chance, [...sound(chance), ...teams(chance, "west", 3)]);
  const ask = asking(organisation);
  const strict = { ...lowestLimits, leaders: 4 };
  return planted(organisation, soundMeans(ask), ask("department", "west"), strict);
};

type Change = (chance: Chance, organisation: Organisation) => readonly Respondent[];

/** Everything is published again after one person's answers changed; the twin leaves the old values standing. */
const secondRelease =
  (change: Change): Plant =>
  (chance) => {
    const before = organisationOf(chance, sound(chance));
    const after = { ...before, respondents: change(chance, before) };
    const facts = (organisation: Organisation) => soundMeans(asking(organisation));
    const first = releaseOf(before, "r1", facts(before));
    return {
      leaking: publicationOf(before, [first, releaseOf(after, "r2", facts(after))]),
      twin: publicationOf(before, [first, releaseOf(after, "r2", [])]),
      limits: lowestLimits,
    };
  };

const without = (respondents: readonly Respondent[], one: Respondent): readonly Respondent[] =>
  respondents.filter((each) => each !== one);

const correctionOf = (one: Respondent): Respondent => ({
  ...one,
  token: one.token.replace(/0$/, "1"),
  scores: { s1: (one.scores["s1"]! + 40) % 100 },
});

const late = secondRelease((chance, { respondents }) => [
  ...respondents,
  { ...chance.pick(respondents), token: "late.0" },
]);
const erased = secondRelease((chance, { respondents }) => without(respondents, chance.pick(respondents)));
const corrected = secondRelease((chance, { respondents }) => {
  const one = chance.pick(respondents);
  return [...without(respondents, one), correctionOf(one)];
});
/** One of each of three leaders: old and new answers are of three persons, not of six. */
const fewCorrected = secondRelease((chance, { respondents, leaders }) => {
  const three = leaders.slice(0, 3).map(({ id }) => chance.pick(respondents.filter(({ leader }) => leader === id)));
  return respondents.map((each) => (three.includes(each) ? correctionOf(each) : each));
});
const moved = secondRelease((chance, { respondents, leaders }) => {
  const one = chance.pick(respondents);
  const department = (id: string) => leaders.find((leader) => leader.id === id)!.groups["w1"]!["department"];
  const elsewhere = leaders.filter(({ id }) => department(id) !== department(one.leader));
  return [...without(respondents, one), { ...one, token: "moved.0", leader: chance.pick(elsewhere).id }];
});

/** Five are corrected, one of them on one scale and four on the other: each scale moves by fewer than five. */
const correctedApart: Plant = (chance) => {
  const before = organisationOf(chance, sound(chance), ["s1", "s2"]);
  const own = before.leaders.slice(0, 5).map(({ id }) => before.respondents.find(({ leader }) => leader === id)!);
  const respondents = before.respondents.map((each) => {
    const at = own.indexOf(each);
    const scale = at === 0 ? "s1" : "s2";
    const scores = { ...each.scores, [scale]: (each.scores[scale]! + 40) % 100 };
    return at < 0 ? each : { ...each, token: each.token.replace(/0$/, "1"), scores };
  });
  const after = { ...before, respondents };
  const facts = (organisation: Organisation) =>
    ["s1", "s2"].flatMap((scale) => asking(organisation)("organisation", "", scale));
  const first = releaseOf(before, "r1", facts(before));
  return {
    leaking: publicationOf(before, [first, releaseOf(after, "r2", facts(after))]),
    twin: publicationOf(before, [first, releaseOf(after, "r2", [])]),
    limits: lowestLimits,
  };
};

/** A number that leaders' pages share is said again after one answer came late. */
const sharedNumber: Plant = (chance) => {
  const before = organisationOf(chance, sound(chance));
  const one = chance.pick(before.respondents);
  const after = { ...before, respondents: [...before.respondents, { ...one, token: "late.0" }] };
  const statistic = chance.pick(["within", "overall", "benchmark"] as const);
  const asked = { audience: "leaders", scale: "s1", grouping: "leaders", cell: "", wave: "w1", rater: "employee" };
  const fact: Fact = { fact: statistic, statistic, ...asked, value: 20, step: 0 };
  const first = releaseOf(before, "r1", [fact]);
  return {
    leaking: publicationOf(before, [first, releaseOf(after, "r2", [fact])]),
    twin: publicationOf(before, [first, releaseOf(after, "r2", [])]),
    limits: lowestLimits,
  };
};

/** One leak for each way that is known, and what it must be found as. */
export const plants: Readonly<Record<string, { readonly kind: Finding["kind"]; readonly plant: Plant }>> = {
  "total minus siblings": { kind: "leader", plant: totalMinusSiblings },
  "two groupings crossed": { kind: "leader", plant: groupingsCrossed },
  "left over between waves": { kind: "respondents", plant: waveLeftover },
  "two scales with different n": { kind: "respondents", plant: twoScales },
  "scale of scales": { kind: "leader", plant: scaleOfScales },
  "scales that not all answered": { kind: "respondents", plant: partlyAnswered },
  "effect beside a hidden arm": { kind: "leader", plant: hiddenArm },
  "spread between leaders": { kind: "interval", plant: spreadBetweenLeaders },
  "group of three and an own report": { kind: "respondents", plant: groupOfThree },
  "unit of two": { kind: "leader", plant: unitOfTwo },
  "one leader nearly all": { kind: "interval", plant: dominated },
  "all alike": { kind: "interval", plant: allAlike },
  "two leaders together": { kind: "leader", plant: coalition },
  "a late answer": { kind: "respondents", plant: late },
  "a correction": { kind: "respondents", plant: corrected },
  "a few corrections": { kind: "respondents", plant: fewCorrected },
  "corrections on different scales": { kind: "respondents", plant: correctedApart },
  "a shared number and a late answer": { kind: "respondents", plant: sharedNumber },
  "an erasure": { kind: "respondents", plant: erased },
  "a move": { kind: "respondents", plant: moved },
};
