import type { Rules } from "../rules.ts";
import type { Atom } from "./atoms.ts";
import { answeredOn, latticeOf, type Row } from "./columns.ts";
import { type Part, partsOf } from "./parts.ts";
import type { LedgerRelease, PastPage } from "./past.ts";

type Team = Omit<Atom, "sums">;

/** A page of other respondents that an earlier release showed of the same team and wave. */
export interface EarlierPage extends Pick<PastPage, "scales" | "answers"> {
  readonly release: string;
  /** Respondents by scale, then. */
  readonly n: Readonly<Record<string, number>>;
  /** Respondents who are not there any more, and who are new, with a correction in both. */
  readonly gone: number;
  readonly added: number;
}

/** What a leader's own page may say of one wave. */
export interface PageDecision {
  /** The release whose numbers stand; null where they are as they are now. */
  readonly kept: string | null;
  /** Respondents by scale behind the numbers that stand. */
  readonly n: Readonly<Record<string, number>>;
  readonly earlier: readonly EarlierPage[];
}

interface Shown {
  readonly at: number;
  readonly page: PastPage;
}

/** A leader reads the own page: what is worked out of two of its versions is about the team, however well it is known. */
const ofNobody = (part: Part): Part => ({ ...part, leaders: [] });

const keyOf = ({ leader, wave }: Pick<Team, "leader" | "wave">): string => JSON.stringify([leader, wave]);

const byTeam = <T extends Pick<Team, "leader" | "wave">>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((each) => [keyOf(each), each]));

const isSameTeam = (a: Team | undefined, b: Team | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.members.length > 0 &&
  a.members.length === b.members.length &&
  a.members.every((member, index) => member === b.members[index]);

interface ShownTeam {
  readonly team: Team;
  readonly scales: readonly string[];
}

/** Whether the numbers of a team now may stand beside those of the teams that it was: on every scale, all or none. */
const mayReplace = (now: Team, before: readonly ShownTeam[], rules: Rules): boolean => {
  const parts = partsOf(
    [{ ...now, sums: {} }],
    before.map(({ team }, index) => ({ release: `${index}`, atoms: [team], facts: [] })),
  ).map(ofNobody);
  const rowAt = (release: number): Row => parts.flatMap(({ teams }, place) => (teams[release] ? [place] : []));
  const row = rowAt(before.length);
  return Object.entries(now.n).every(([scale, n]) => {
    if (n < rules.respondents) return true;
    const known = before.flatMap(({ scales }, release) => (scales.includes(scale) ? [rowAt(release)] : []));
    const lattice = latticeOf(parts, answeredOn(parts, scale), [...known, row], { ...rules, leaders: 1 });
    for (const each of known) lattice.add(each);
    return lattice.allows(row);
  });
};

const earlierPage = (
  { page, team }: { readonly page: PastPage; readonly team: Team },
  release: string,
  now: Team,
): EarlierPage => {
  const [old, recent] = [new Set(team.members), new Set(now.members)];
  return {
    ...{ release, scales: page.scales, answers: page.answers, n: team.n },
    gone: team.members.filter((member) => !recent.has(member)).length,
    added: now.members.filter((member) => !old.has(member)).length,
  };
};

/**
 * What every leader's own page may say of a wave beside all that earlier releases said there. A team is shown as it is
 * now where nobody came, went or was corrected since, or where no combination of its numbers then and now rests on fewer
 * respondents than the rules ask for; else the numbers that were shown last stand. A leader's page is decided by itself:
 * what management sees is decided as if every leader knew each respondent of the own team.
 */
export const decidePages = (
  atoms: readonly Team[],
  past: readonly LedgerRelease[],
  rules: Rules,
): ((leader: string, wave: string) => PageDecision) => {
  const now = byTeam(atoms);
  const teams = past.map((release) => byTeam(release.atoms));
  const shown = new Map<string, Shown[]>();
  past.forEach(({ pages }, at) => {
    for (const page of pages) {
      const key = keyOf(page);
      const found = shown.get(key);
      if (found) found.push({ at, page });
      else shown.set(key, [{ at, page }]);
    }
  });
  const decide = (key: string): PageDecision => {
    const team = now.get(key);
    const all = shown.get(key) ?? [];
    const others = all
      .filter(({ page }) => page.since === undefined)
      .flatMap(({ at, page }) => {
        const before = teams[at]!.get(key);
        return before && !isSameTeam(before, team) ? [{ at, page, team: before, scales: page.scales }] : [];
      });
    if (others.length === 0) return { kept: null, n: team?.n ?? {}, earlier: [] };
    if (team && mayReplace(team, others, rules))
      return { kept: null, n: team.n, earlier: others.map((each) => earlierPage(each, past[each.at]!.release, team)) };
    const { at, page } = all.at(-1)!;
    const kept = page.since ?? past[at]!.release;
    const release = past.findLastIndex((each, index) => index <= at && each.release === kept);
    return { kept, n: teams[release]?.get(key)?.n ?? {}, earlier: [] };
  };
  const decided = new Map<string, PageDecision>();
  return (leader, wave) => {
    const key = keyOf({ leader, wave });
    const found = decided.get(key) ?? decide(key);
    decided.set(key, found);
    return found;
  };
};
