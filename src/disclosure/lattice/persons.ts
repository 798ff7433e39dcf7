/** A team with the tokens of its responses. */
interface Told {
  readonly leader: string;
  readonly members: readonly string[];
}

/**
 * Whose response a token says it is. A token is `person.version`: other answers of the same person have another version.
 * Null for a response of which nobody knows whose it is, which has no point.
 */
export const namedPerson = (token: string): string | null => {
  const end = token.lastIndexOf(".");
  return end < 0 ? null : token.slice(0, end);
};

/** Takes one that is gone from the same team, else from any. */
const takeGone = (gone: Map<string, string[]>, leader: string, elsewhere: boolean): string | undefined => {
  if (!elsewhere) return gone.get(leader)?.pop();
  return [...gone.values()].find((tokens) => tokens.length > 0)?.pop();
};

/**
 * By token the person behind it, over the releases of one wave. A response without a name that came when another one was
 * gone may be that one corrected, so that both count for one person: of the same team where there is any.
 */
export const personsOf = (releases: readonly (readonly Told[])[]): ReadonlyMap<string, string> => {
  const persons = new Map<string, string>();
  const open = new Map<string, string>();
  for (const teams of releases) {
    const present = new Set(teams.flatMap(({ members }) => members));
    const gone = new Map<string, string[]>();
    for (const [token, leader] of open) if (!present.has(token)) gone.set(leader, [...(gone.get(leader) ?? []), token]);
    const fresh: (readonly [token: string, leader: string])[] = [];
    for (const { leader, members } of teams)
      for (const token of members) {
        const named = namedPerson(token);
        if (named !== null) persons.set(token, named);
        else if (persons.has(token)) open.set(token, leader);
        else fresh.push([token, leader]);
      }
    const match = (elsewhere: boolean) => {
      for (const [token, leader] of fresh) {
        if (persons.has(token)) continue;
        const before = takeGone(gone, leader, elsewhere);
        if (before === undefined) continue;
        persons.set(token, persons.get(before)!);
        open.delete(before);
      }
    };
    match(false);
    match(true);
    for (const [token, leader] of fresh) {
      if (!persons.has(token)) persons.set(token, token);
      open.set(token, leader);
    }
  }
  return persons;
};
