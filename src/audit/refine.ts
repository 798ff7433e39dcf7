import { personsBehind, scaleTokens } from "./persons.ts";
import type { Atom, Publication, Release } from "./publication.ts";

/** The respondents that every release used in the same way, scale by scale: no combination of facts can tell them apart. */
export interface Part {
  readonly part: string;
  readonly wave: string;
  /** More than one where the same answers were counted for another leader in another release. */
  readonly leaders: readonly string[];
  readonly n: Readonly<Record<string, number>>;
  /** By scale, those of its respondents who are in another part too, with other answers or in another wave. */
  readonly persons: Readonly<Record<string, ReadonlySet<string>>>;
  /** For each release the atom that holds the part, null where the release did not use it. */
  readonly atoms: readonly (Atom | null)[];
}

interface Draft {
  readonly atoms: readonly (Atom | null)[];
  readonly tokens: string[];
}

const nobody: ReadonlySet<string> = new Set();

/** The persons of a part on a scale who are in another part too. */
export const againIn = ({ persons }: Part, scale: string): ReadonlySet<string> => persons[scale] ?? nobody;

/** An atom without tokens counts as respondents of its own. */
const tokensOf = (atom: Atom, release: string, scale: string): readonly string[] =>
  atom.members.length > 0
    ? scaleTokens(atom, scale)
    : Array.from({ length: Math.max(0, ...Object.values(atom.n)) }, (_, k) => `${release} ${atom.atom} ${k}`);

/** Respondents without a score may all be of this part, or none of them: the fewest respondents is what is safe to assume. */
const fewest = (draft: Draft, scale: string, counted: ReadonlyMap<Atom, number>): number => {
  const bounds = draft.atoms.flatMap((atom) => {
    if (atom === null) return [];
    const n = atom.n[scale] ?? 0;
    const members = Math.max(counted.get(atom) ?? 0, n);
    return [{ low: n - (members - draft.tokens.length), high: Math.min(n, draft.tokens.length) }];
  });
  const high = Math.min(...bounds.map((bound) => bound.high));
  return high === 0 ? 0 : Math.max(1, Math.min(high, Math.max(...bounds.map((bound) => bound.low))));
};

/** One scale, or several of which nothing but the tokens of whole responses is known, as it was used by all releases. */
const usedOn = (releases: readonly Release[], scale: string) => {
  const histories = new Map<string, (Atom | null)[]>();
  const counted = new Map<Atom, number>();
  releases.forEach(({ release, atoms }, index) => {
    for (const atom of atoms) {
      const tokens = tokensOf(atom, release, scale);
      counted.set(atom, tokens.length);
      for (const token of tokens) {
        const history = histories.get(token) ?? new Array<Atom | null>(releases.length).fill(null);
        history[index] = atom;
        histories.set(token, history);
      }
    }
  });
  const drafts = new Map<string, Draft>();
  for (const [token, atoms] of histories) {
    const key = atoms.map((atom) => atom?.atom ?? "").join("\u001f");
    const draft = drafts.get(key);
    if (draft) draft.tokens.push(token);
    else drafts.set(key, { atoms, tokens: [token] });
  }
  const persons = personsBehind(releases, scale);
  const behind = new Map(
    [...drafts].map(([key, { tokens }]) => [key, [...new Set(tokens.flatMap((token) => persons.get(token) ?? []))]]),
  );
  const times = new Map<string, number>();
  for (const person of [...behind.values()].flat()) times.set(person, (times.get(person) ?? 0) + 1);
  const again = (key: string) => new Set(behind.get(key)!.filter((person) => times.get(person)! > 1));
  return { drafts, counted, again };
};

/**
 * Splits the atoms of all releases until no release tells the respondents of a part from each other: who is in the same
 * atoms of the same releases is in the same part. A late, erased, corrected or moved answer is a part of its own with
 * those of the same history; an answer to one scale that was corrected leaves the others where they are.
 */
export const refine = ({ releases }: Publication): readonly Part[] => {
  const atoms = releases.flatMap((release) => release.atoms);
  const scales = [...new Set(atoms.flatMap(({ n }) => Object.keys(n)))];
  const [known, other] = [true, false].map((is) =>
    scales.filter((scale) => atoms.some(({ versions }) => versions?.[scale] !== undefined) === is),
  );
  const together = [...(other!.length > 0 ? [other!] : []), ...known!.map((scale) => [scale])];
  const parts = new Map<string, Part & { n: Record<string, number>; persons: Record<string, ReadonlySet<string>> }>();
  for (const alike of together) {
    const { drafts, counted, again } = usedOn(releases, alike[0]!);
    for (const [key, draft] of drafts) {
      const used = draft.atoms.filter((atom) => atom !== null);
      const part = parts.get(key) ?? {
        ...{ part: `p${parts.size}`, wave: used[0]!.wave, leaders: [...new Set(used.map(({ leader }) => leader))] },
        ...{ n: {}, persons: {}, atoms: draft.atoms },
      };
      parts.set(key, part);
      const persons = again(key);
      for (const scale of alike.filter((each) => used.some(({ n }) => n[each] !== undefined))) {
        part.n[scale] = fewest(draft, scale, counted);
        part.persons[scale] = persons;
      }
    }
  }
  return [...parts.values()];
};
