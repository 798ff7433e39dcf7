import { hash } from "node:crypto";
import type { Atom } from "../../src/disclosure/lattice/atoms.ts";
import type { PastRelease } from "../../src/disclosure/lattice/past.ts";
import { rulesOf } from "../../src/disclosure/rules.ts";
import type { ManagementFacts } from "../../src/reporting/management/facts.ts";
import type { Vault } from "../../src/store/vault/open.ts";
import { read, readRepeated } from "../../src/store/vault/read.ts";
import { placedItems } from "../../src/study/items.ts";
import type { Study } from "../../src/study/study.ts";
import { cellResponses, teamGroups, teamMembers, teamScores } from "../../src/tables/aggregated.ts";
import type { Row } from "../../src/tables/table.ts";

/** A response as the ledger knows it: a token, and by scale which answers to it were given; null without any. */
interface Member {
  readonly token: string;
  readonly versions: Readonly<Record<string, string | null>>;
}

/** The places of the items that a scale rests on; none of one that employees do not answer by themselves. */
const placesOf = ({ instrument }: Study): ReadonlyMap<string, readonly number[]> => {
  const items = placedItems(instrument);
  const placesIn = (id: string): readonly number[] => {
    const scale = instrument.scales.find((each) => each.id === id);
    if (scale?.kind === "scales") return scale.of.flatMap(placesIn);
    return items.filter((each) => each.scale.id === id).map(({ position }) => position - 1);
  };
  return new Map(instrument.scales.map(({ id }) => [id, placesIn(id)]));
};

/**
 * One token a response, from which nobody but who has the key can tell whose it is: `person.version`, where other answers
 * of the same respondent have another version, and where the respondent is moved nothing changes. A row without an id
 * names nobody: it is its answers in its team. The same holds of the answers to each scale.
 */
const membersOf = (
  rows: readonly Row<typeof teamMembers>[],
  places: ReturnType<typeof placesOf>,
  key: string,
): ReadonlyMap<string, readonly Member[]> => {
  const hashed = (what: readonly unknown[], length: number): string =>
    hash("sha256", JSON.stringify([key, ...what]), "base64url").slice(0, length);
  const members = new Map<string, Member[]>();
  const alike = new Map<string, number>();
  /** Rows that are alike have tokens of their own. */
  const versionOf = (what: readonly unknown[], length: number): string => {
    const row = JSON.stringify(what);
    const count = alike.get(row) ?? 0;
    alike.set(row, count + 1);
    return hashed([row, count], length);
  };
  for (const { leader, wave, respondent, answers } of rows) {
    const whose = [respondent, respondent === null ? leader : null, wave];
    const version = versionOf(["ledger", ...whose, answers], 22);
    const given = answers.split(" ");
    const versions = [...places].map(([scale, own]) => {
      const onScale = own.map((place) => given[place]!);
      const isAnswered = onScale.some((answer) => answer !== "-");
      return [scale, isAnswered ? versionOf([scale, ...whose, onScale], 8) : null] as const;
    });
    const token = respondent === null ? version : `${hashed(["person", respondent], 22)}.${version}`;
    const team = JSON.stringify([leader, wave]);
    const member = { token, versions: Object.fromEntries(versions) };
    const found = members.get(team);
    if (found) found.push(member);
    else members.set(team, [member]);
  }
  return members;
};

/** The members of a team in an order that says nothing of who they are, with their versions on the scales that were answered. */
const tokensOf = (
  members: readonly Member[],
  n: Readonly<Record<string, number>>,
): Pick<Atom, "members" | "versions"> => {
  const sorted = members.toSorted((a, b) => (a.token < b.token ? -1 : 1));
  return {
    members: sorted.map(({ token }) => token),
    versions: Object.fromEntries(
      Object.keys(n).map((scale) => [scale, sorted.map(({ versions }) => versions[scale] ?? null)]),
    ),
  };
};

const atomsOf = (
  scores: readonly Row<typeof teamScores>[],
  groups: readonly Row<typeof teamGroups>[],
  members: ReadonlyMap<string, readonly Member[]>,
): readonly Atom[] => {
  const cells = new Map<string, Record<string, string>>();
  for (const { leader, grouping, cell } of groups) cells.set(leader, { ...cells.get(leader), [grouping]: cell });
  const atoms = new Map<string, Omit<Atom, "members"> & { n: Record<string, number>; sums: Record<string, number> }>();
  for (const { leader, wave, scale, n, sum } of scores) {
    const team = JSON.stringify([leader, wave]);
    const found = atoms.get(team) ?? {
      ...{ leader, wave, n: {}, sums: {} },
      groups: { organisation: null, arm: null, department: null, unit: null, ...cells.get(leader) },
    };
    found.n[scale] = n;
    found.sums[scale] = sum;
    atoms.set(team, found);
  }
  return [...atoms].map(([team, atom]) => ({ ...atom, ...tokensOf(members.get(team) ?? [], atom.n) }));
};

/** What the dashboard rests on, before disclosure control: teams and responses, and what earlier releases let out. */
export const managementFacts = async (
  vault: Vault,
  study: Study,
  { key, past }: { readonly key: string; readonly past: readonly PastRelease[] },
): Promise<ManagementFacts> => {
  const [department = "", unit = ""] = study.organisation;
  // Leaders' own pages show all that employees answer: who gave any other answer has another version.
  const items = placedItems(study.instrument).map(({ position }) => ({ item: position }));
  const groups = await read(vault, teamGroups, "pipelines/publish/team-groups.sql", { department, unit });
  const places = placesOf(study);
  const atomsFrom = async (scores: string, answers: string): Promise<readonly Atom[]> =>
    atomsOf(
      await read(vault, teamScores, `pipelines/publish/${scores}.sql`),
      groups,
      membersOf(await readRepeated(vault, teamMembers, `pipelines/publish/${answers}.sql`, { items }), places, key),
    );
  const own = await atomsFrom("own-scores", "own-answers");
  return {
    past,
    atoms: await atomsFrom("team-scores", "team-members"),
    // Who answered in several deliveries has no one version of a scale.
    own: own.map(({ versions: _, ...atom }) => ({ ...atom, rater: "self" })),
    responses: await read(vault, cellResponses, "pipelines/publish/management-responses.sql", {
      department,
      waves: study.waves.map(({ id }) => id),
      opens: study.waves.map(({ from }) => from),
      respondents: rulesOf(study.disclosure).respondents,
    }),
  };
};
