import type { Atom, Release } from "./publication.ts";

/** The person that a token names: what stands before its last point. Null where it names nobody. */
const named = (token: string): string | null => /^(.+)\.[^.]*$/s.exec(token)?.[1] ?? null;

/** The tokens of a team on a scale: a correction that left the scale's answers as they were is none there. */
export const scaleTokens = (atom: Atom, scale: string): readonly string[] => {
  const answered = atom.versions?.[scale];
  if (!answered) return atom.members;
  const tokens: string[] = [];
  answered.forEach((version, k) => {
    if (version !== null) tokens.push([named(atom.members[k]!), version].filter((each) => each !== null).join("."));
  });
  return tokens;
};

const unnamedOf = (atoms: readonly Atom[], wave: string, scale: string): readonly (readonly [string, string])[] =>
  atoms
    .filter((atom) => atom.wave === wave)
    .flatMap((atom) =>
      scaleTokens(atom, scale)
        .filter((token) => named(token) === null)
        .map((token) => [token, atom.leader] as const),
    );

/**
 * Responses that name nobody: one that is new in a release may be one of the same wave that is gone, with other answers.
 * Each is taken for one that is gone, of the same leader first, so that no more persons are counted than there must be.
 */
const chained = (releases: readonly Release[], wave: string, scale: string): ReadonlyMap<string, string> => {
  const persons = new Map<string, string>();
  const last = new Map<string, string>();
  for (const { atoms } of releases) {
    const now = new Map(unnamedOf(atoms, wave, scale));
    const gone = [...last].filter(([token]) => !now.has(token));
    const fresh = [...now].filter(([token]) => !persons.has(token));
    for (const isAlike of [(a: string, b: string) => a === b, () => true])
      for (const [token, leader] of fresh) {
        if (persons.has(token)) continue;
        const at = gone.findIndex(([, other]) => isAlike(leader, other));
        if (at < 0) continue;
        const before = gone[at]![0];
        gone.splice(at, 1);
        persons.set(token, persons.get(before)!);
        last.delete(before);
      }
    for (const [token] of fresh) if (!persons.has(token)) persons.set(token, `${wave} ${token}`);
    for (const [token, leader] of now) last.set(token, leader);
  }
  return persons;
};

/** By token on a scale who is behind it, over all releases and waves: a person counts once, with however many answers. */
export const personsBehind = (releases: readonly Release[], scale: string): ReadonlyMap<string, string> => {
  const atoms = releases.flatMap((release) => release.atoms);
  const persons = new Map<string, string>();
  for (const wave of new Set(atoms.map((atom) => atom.wave)))
    for (const [token, person] of chained(releases, wave, scale)) persons.set(token, person);
  for (const token of atoms.flatMap((atom) => scaleTokens(atom, scale))) {
    const person = named(token);
    if (person !== null) persons.set(token, person);
  }
  return persons;
};
