import type { Chance } from "../fuzz/chance.ts";
import type { Leader, Organisation, Respondent } from "./organisation.ts";

/** How large an organisation is drawn. */
export interface Size {
  readonly departments: number;
  readonly unitsEach: number;
  readonly leadersEach: number;
  readonly waves: number;
  readonly scales: number;
  /** The most respondents of one team. */
  readonly team: number;
}

const numbered = (letter: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, k) => `${letter}${k + 1}`);

const score = (chance: Chance): number => 10 + chance.below(81);

/** Every tenth team has one to four respondents, and now and then nobody answers. */
const teamSize = (chance: Chance, most: number): number => {
  if (chance.once(12)) return 0;
  return chance.once(6) ? 1 + chance.below(4) : 3 + chance.below(Math.max(1, most - 2));
};

const drawRespondent = (
  chance: Chance,
  leader: string,
  wave: string,
  k: number,
  scales: readonly string[],
): Respondent => {
  const answered = scales.filter((_, index) => index === 0 || !chance.once(15));
  const scores = Object.fromEntries(answered.map((scale) => [scale, score(chance)]));
  return { token: `${leader}-${wave}-${k}.0`, leader, wave, paired: chance.once(4) ? "both" : null, scores };
};

/** Adds the scales that are the mean of others, for those who answered all of them. */
export const withComposites = (organisation: Organisation, composites: Organisation["composites"]): Organisation => {
  const made = (scores: Respondent["scores"]): Respondent["scores"] => {
    const whole = Object.entries(composites).filter(([, parts]) => parts.every((part) => scores[part] !== undefined));
    const means = whole.map(
      ([scale, parts]) => [scale, parts.reduce((sum, part) => sum + scores[part]!, 0) / parts.length] as const,
    );
    return { ...scores, ...Object.fromEntries(means) };
  };
  return {
    ...organisation,
    scales: [...organisation.scales, ...Object.keys(composites)],
    respondents: organisation.respondents.map((each) => ({ ...each, scores: made(each.scores) })),
    composites,
  };
};

/** Departments of units of leaders; arms across them, some leaders in none; now and then a leader moves to another unit. */
export const drawOrganisation = (chance: Chance, size: Size): Organisation => {
  const waves = numbered("w", size.waves);
  const scales = numbered("s", size.scales);
  const units = numbered("d", size.departments).flatMap((department) =>
    numbered(`${department}u`, 1 + chance.below(size.unitsEach)).map((unit) => ({ department, unit })),
  );
  const arms = chance.once(4) ? ["trained"] : ["trained", "control"];
  const leaders = units
    .flatMap((place) => Array.from({ length: 1 + chance.below(size.leadersEach) }, () => place))
    .map((place, index): Leader => {
      const arm = chance.once(8) ? null : chance.pick(arms);
      const moves = chance.once(15) ? chance.below(waves.length) : waves.length;
      const later = chance.pick(units);
      const groups = waves.map((wave, k) => {
        const { department, unit } = k < moves ? place : later;
        return [wave, { arm, department, unit, armIn: arm && `${department} ${arm}` }] as const;
      });
      return { id: `l${index + 1}`, groups: Object.fromEntries(groups) };
    });
  const respondents = leaders.flatMap(({ id }) =>
    waves.flatMap((wave) =>
      Array.from({ length: teamSize(chance, size.team) }, (_, k) => drawRespondent(chance, id, wave, k, scales)),
    ),
  );
  const organisation = { leaders, respondents, waves, scales, composites: {} };
  return scales.length > 1 ? withComposites(organisation, { mean: scales }) : organisation;
};

/** What can happen between two releases. */
export type Event = "late" | "corrected" | "corrected on one scale" | "erased" | "moved";

/** All that can happen. */
export const events: readonly Event[] = ["late", "corrected", "corrected on one scale", "erased", "moved"];

const changed = (
  chance: Chance,
  organisation: Organisation,
  target: Respondent,
  event: Event,
): readonly Respondent[] => {
  const version = chance.below(2 ** 30);
  const token = `${target.token.slice(0, target.token.lastIndexOf("."))}.${version}`;
  const { respondents, leaders, scales } = organisation;
  const scores = Object.fromEntries(scales.map((scale) => [scale, score(chance)]));
  const without = respondents.filter((each) => each !== target);
  if (event === "late") return [...respondents, { ...target, token: `late-${version}.0`, scores }];
  if (event === "corrected") return [...without, { ...target, token, scores }];
  if (event === "corrected on one scale") {
    const one = chance.pick(scales.filter((scale) => organisation.composites[scale] === undefined));
    const own = { ...target, token, scores: { ...target.scores, [one]: scores[one]! } };
    return withComposites({ ...organisation, respondents: [...without, own] }, organisation.composites).respondents;
  }
  if (event === "erased") return without;
  const elsewhere = leaders.filter(({ id }) => id !== target.leader);
  if (elsewhere.length === 0) return without;
  const known = chance.once(2) ? target.token : token;
  return [...without, { ...target, token: known, leader: chance.pick(elsewhere).id }];
};

/** The organisation after something happened to one respondent. */
export const afterEvent = (chance: Chance, organisation: Organisation, event: Event): Organisation =>
  organisation.respondents.length === 0
    ? organisation
    : { ...organisation, respondents: changed(chance, organisation, chance.pick(organisation.respondents), event) };
