import type { Rules } from "../rules.ts";

/** Respondents of a column. */
export interface Respondents {
  readonly n: number;
  /** Those of them who are, or may be, in another column too, with other answers. */
  readonly persons: ReadonlySet<string>;
}

/** What a column of the lattice holds: respondents of some leaders. No shown number tells two teams of it apart. */
export interface Column extends Respondents {
  /** Each respondent counts for one of them. */
  readonly leaders: ReadonlySet<string>;
  /** By leader the respondents who are, or once were, in the own team. */
  readonly known: ReadonlyMap<string, Respondents>;
}

/** Who is in a column beside those that a viewer knows. */
export const besideOwn = ({ n, persons, known }: Column, viewer: string | null): Respondents => {
  const own = viewer === null ? undefined : known.get(viewer);
  if (own === undefined) return { n, persons };
  const others = own.persons.size === 0 ? persons : new Set([...persons].filter((person) => !own.persons.has(person)));
  return { n: Math.max(0, n - own.n), persons: others };
};

/**
 * Whether a column is so large that no combination with it gives anybody away: enough leaders, and enough respondents
 * beside any one of them.
 */
export const isLarge = ({ leaders, known, n }: Column, rules: Rules): boolean =>
  leaders.size >= rules.leaders && n - Math.max(0, ...[...known.values()].map((own) => own.n)) >= rules.respondents;
