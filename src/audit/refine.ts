import { personsBehind } from "./persons.ts";
import type { Atom, Publication } from "./publication.ts";

/** The respondents that every release used in the same way: no combination of facts can tell them apart. */
export interface Part {
  readonly part: string;
  readonly wave: string;
  /** More than one where the same answers were counted for another leader in another release. */
  readonly leaders: readonly string[];
  readonly n: Readonly<Record<string, number>>;
  /** Those of its respondents who are in another part too, with other answers or in another wave. */
  readonly persons: ReadonlySet<string>;
  /** For each release the atom that holds the part, null where the release did not use it. */
  readonly atoms: readonly (Atom | null)[];
}

interface Draft {
  readonly atoms: (Atom | null)[];
  readonly tokens: string[];
}

/** Respondents without a score may all be of this part, or none of them: the fewest respondents is what is safe to assume. */
const fewest = (draft: Draft, scale: string): number => {
  const bounds = draft.atoms.flatMap((atom) => {
    if (atom === null) return [];
    const n = atom.n[scale] ?? 0;
    const members = Math.max(atom.members.length, n);
    return [{ low: n - (members - draft.tokens.length), high: Math.min(n, draft.tokens.length) }];
  });
  const high = Math.min(...bounds.map((bound) => bound.high));
  return high === 0 ? 0 : Math.max(1, Math.min(high, Math.max(...bounds.map((bound) => bound.low))));
};

const toPart = (draft: Draft, index: number, persons: readonly string[]): Part => {
  const used = draft.atoms.filter((atom) => atom !== null);
  const scales = [...new Set(used.flatMap((atom) => Object.keys(atom.n)))];
  return {
    part: `p${index}`,
    wave: used[0]!.wave,
    leaders: [...new Set(used.map(({ leader }) => leader))],
    n: Object.fromEntries(scales.map((scale) => [scale, fewest(draft, scale)])),
    persons: new Set(persons),
    atoms: draft.atoms,
  };
};

/** An atom without tokens counts as respondents of its own. */
const tokensOf = (atom: Atom, release: string): readonly string[] =>
  atom.members.length > 0
    ? atom.members
    : Array.from({ length: Math.max(0, ...Object.values(atom.n)) }, (_, k) => `${release} ${atom.atom} ${k}`);

/**
 * Splits the atoms of all releases until no release tells the respondents of a part from each other: who is in the same
 * atoms of the same releases is in the same part. A late, erased, corrected or moved answer is a part of its own with
 * those of the same history.
 */
export const refine = ({ releases }: Publication): readonly Part[] => {
  const histories = new Map<string, (Atom | null)[]>();
  releases.forEach(({ release, atoms }, index) => {
    for (const atom of atoms)
      for (const token of tokensOf(atom, release)) {
        const history = histories.get(token) ?? new Array<Atom | null>(releases.length).fill(null);
        history[index] = atom;
        histories.set(token, history);
      }
  });
  const drafts = new Map<string, Draft>();
  for (const [token, atoms] of histories) {
    const key = atoms.map((atom) => atom?.atom ?? "").join("\u001f");
    const draft = drafts.get(key);
    if (draft) draft.tokens.push(token);
    else drafts.set(key, { atoms, tokens: [token] });
  }
  const persons = personsBehind(releases);
  const behind = [...drafts.values()].map(({ tokens }) => [
    ...new Set(tokens.flatMap((token) => persons.get(token) ?? [])),
  ]);
  const times = new Map<string, number>();
  for (const person of behind.flat()) times.set(person, (times.get(person) ?? 0) + 1);
  return [...drafts.values()].map((draft, index) =>
    toPart(
      draft,
      index,
      behind[index]!.filter((person) => times.get(person)! > 1),
    ),
  );
};
