import { createHmac } from "node:crypto";
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

/**
 * One text a response, from which nobody but who has the key can tell whose it is: `person.version`, where other answers
 * of the same respondent have another version, and where the respondent is moved nothing changes. A row without an id
 * names nobody: it is its answers in its team.
 */
const tokensOf = (rows: readonly Row<typeof teamMembers>[], key: string): ReadonlyMap<string, readonly string[]> => {
  const hashed = (text: string): string => createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
  const tokens = new Map<string, string[]>();
  const alike = new Map<string, number>();
  for (const { leader, wave, respondent, answers } of rows) {
    const row = JSON.stringify(["ledger", respondent, respondent === null ? leader : null, wave, answers]);
    const count = alike.get(row) ?? 0;
    alike.set(row, count + 1);
    const version = hashed(`${row} ${count}`);
    const token = respondent === null ? version : `${hashed(JSON.stringify(["person", respondent]))}.${version}`;
    const team = JSON.stringify([leader, wave]);
    const found = tokens.get(team);
    if (found) found.push(token);
    else tokens.set(team, [token]);
  }
  return tokens;
};

const atomsOf = (
  scores: readonly Row<typeof teamScores>[],
  groups: readonly Row<typeof teamGroups>[],
  members: ReadonlyMap<string, readonly string[]>,
): readonly Atom[] => {
  const cells = new Map<string, Record<string, string>>();
  for (const { leader, grouping, cell } of groups) cells.set(leader, { ...cells.get(leader), [grouping]: cell });
  const atoms = new Map<string, Atom & { n: Record<string, number>; sums: Record<string, number> }>();
  for (const { leader, wave, scale, n, sum } of scores) {
    const team = JSON.stringify([leader, wave]);
    const found = atoms.get(team) ?? {
      ...{ leader, wave, n: {}, sums: {}, members: [...(members.get(team) ?? [])].sort() },
      groups: { organisation: null, arm: null, department: null, unit: null, ...cells.get(leader) },
    };
    found.n[scale] = n;
    found.sums[scale] = sum;
    atoms.set(team, found);
  }
  return [...atoms.values()];
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
  const atomsFrom = async (scores: string, answers: string): Promise<readonly Atom[]> =>
    atomsOf(
      await read(vault, teamScores, `pipelines/publish/${scores}.sql`),
      groups,
      tokensOf(await readRepeated(vault, teamMembers, `pipelines/publish/${answers}.sql`, { items }), key),
    );
  const own = await atomsFrom("own-scores", "own-answers");
  return {
    past,
    atoms: await atomsFrom("team-scores", "team-members"),
    own: own.map((atom) => ({ ...atom, rater: "self" })),
    responses: await read(vault, cellResponses, "pipelines/publish/management-responses.sql", {
      department,
      waves: study.waves.map(({ id }) => id),
      opens: study.waves.map(({ from }) => from),
      respondents: rulesOf(study.disclosure).respondents,
    }),
  };
};
