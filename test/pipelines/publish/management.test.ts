import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { managementFacts } from "../../../pipelines/publish/management.ts";
import type { Atom } from "../../../src/disclosure/lattice/atoms.ts";
import type { ManagementFacts } from "../../../src/reporting/management/facts.ts";
import { write } from "../../../src/store/vault/build.ts";
import { openVault, type Vault } from "../../../src/store/vault/open.ts";
import { placedItems } from "../../../src/study/items.ts";
import { placements, roster } from "../../../src/tables/roster.ts";
import { responseCounts, scoreMoments } from "../../../src/tables/scored.ts";
import { responses, responseWidth } from "../../../src/tables/staged.ts";
import { study } from "../../reporting/research/fixture.ts";

const leaders = Array.from({ length: 24 }, (_, index) => ({
  leader: `L${index}`,
  arm: index % 5 === 4 ? null : (["control", "combined"][index % 2] ?? null),
  department: index % 7 === 6 ? null : `D${index % 3}`,
  employees: index % 6 === 5 ? null : 20 + index,
  to_date: index === 3 ? "2019-01-31" : null,
}));
const answers = leaders.flatMap(({ leader }, index) =>
  study.waves.flatMap(({ id: wave }, time) =>
    (index + time) % 8 === 7
      ? []
      : [{ leader, wave, n: 1 + ((index * 5 + time) % 17), sum: (index - 11) * 13.7 + time * 30 }],
  ),
);

let folder: string;
let facts: ManagementFacts;
let vault: Vault;

const width = responseWidth(study);
const person = (respondent: string | null, answer: number) => ({
  ...{ delivery: 1, line: 1, leader: "L0", respondent, wave: study.waves[0]!.id, rater: "employee", weight: 1 },
  ...Object.fromEntries(
    width.coded.flatMap((_, k) => [
      [`a${k + 1}`, answer],
      [`k${k + 1}`, 0],
    ]),
  ),
  ...Object.fromEntries(study.covariates.map((_, k) => [`c${k + 1}`, null])),
});
/** Two of them without an id who answered alike. */
let people = [person("someone", 1), person("other", 1), person(null, 3), person(null, 3)];
/** A leader who answered in two rows, of whom each is the same person. */
const ownRows = [1, 5].map((answer, k) => ({ ...person(null, answer), line: 10 + k, leader: "L2", rater: "self" }));
const writePeople = () => write(vault, responses(width), [...people, ...ownRows]);
const factsOf = (key: string) => managementFacts(vault, study, { key, past: [] });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "management-"));
  vault = await openVault(folder);
  const none = {
    roster_arm: null,
    allocation_unit: null,
    block: null,
    class: null,
    sparring_group: null,
    attended: null,
    from_date: null,
  };
  await write(
    vault,
    roster,
    leaders.map(({ leader, arm, employees, to_date }) => ({ ...none, leader, arm, employees, to_date })),
  );
  await write(
    vault,
    placements,
    leaders.flatMap(({ leader, department }) =>
      department ? [{ leader, level: "department", unit: department }] : [],
    ),
  );
  await write(
    vault,
    responseCounts,
    answers.map(({ leader, wave, n }) => ({ leader, wave, rater: "employee", n })),
  );
  await write(
    vault,
    scoreMoments,
    [
      ...answers.map((each) => ({ ...each, rater: "employee" })),
      { leader: "L2", wave: study.waves[0]!.id, rater: "self", n: 2, sum: 44 },
    ].map((each) => ({ ...each, scale: "transformational", shift: 50, sum_of_squares: 0 })),
  );
  await writePeople();
  facts = await factsOf("key");
});
afterAll(() => {
  vault[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const members = (grouping: string, cell: string) =>
  leaders.filter(({ arm, department }) =>
    grouping === "organisation" ? true : grouping === "arm" ? arm === cell : department === cell,
  );

describe("the facts of the dashboard", () => {
  it("are teams with their scores, their groups and who they are of", () => {
    expect(facts.atoms.length).toBe(answers.length);
    for (const { leader, wave, groups, n, sums, members } of facts.atoms) {
      const row = answers.find((each) => each.leader === leader && each.wave === wave)!;
      const { arm, department } = leaders.find((each) => each.leader === leader)!;
      expect(groups).toEqual({ organisation: "", arm, department, unit: null });
      expect(n).toEqual({ transformational: row.n });
      expect(sums["transformational"]).toBeCloseTo(row.sum + 50 * row.n, 10);
      expect(new Set(members).size).toBe(leader === "L0" && wave === study.waves[0]!.id ? 4 : 0);
    }
  });
  it("know by scale who gave which answers to it: an answer to another scale changes nothing of them", async () => {
    const own = (found: ManagementFacts) => found.atoms.find(({ leader }) => leader === "L0")!;
    const first = own(await factsOf("key"));
    const versions = (of: Atom) => of.versions!["transformational"]!;
    expect([new Set(versions(first)).size, versions(first).includes(null)]).toEqual([4, false]);
    const items = placedItems(study.instrument);
    const placeOf = (isOn: boolean) => items.find(({ scale }) => (scale.id === "transformational") === isOn)!.position;
    const before = people;
    const changedTo = async (changed: Readonly<Record<string, number | null>>) => {
      people = [{ ...before[0]!, ...changed }, ...before.slice(1)];
      await writePeople();
      return own(await factsOf("key"));
    };
    const apart = (of: Atom) => versions(of).filter((each) => each === null || !versions(first).includes(each)).length;
    const [same, other] = [
      await changedTo({ [`a${placeOf(false)}`]: 2 }),
      await changedTo({ [`a${placeOf(true)}`]: 2 }),
    ];
    expect([apart(same), apart(other)]).toEqual([0, 1]);
    expect([same, other].map(({ members }) => members.filter((each) => !first.members.includes(each)).length)).toEqual([
      1, 1,
    ]);
    const none = items.filter(({ scale }) => scale.id === "transformational");
    const left = await changedTo(Object.fromEntries(none.map(({ position }) => [`a${position}`, null])));
    expect(versions(left).filter((each) => each === null).length).toBe(1);
    people = before;
    await writePeople();
  });
  it("are beside what leaders answered themselves, each one person with one answer", () => {
    const [own, ...others] = facts.own;
    expect(others).toEqual([]);
    expect(own).toMatchObject({ leader: "L2", rater: "self", n: { transformational: 1 } });
    expect(own!.sums["transformational"]).toBeCloseTo(72, 10);
    expect(own!.members.length).toBe(1);
    expect(own!.groups).toEqual(facts.atoms.find(({ leader }) => leader === "L2")!.groups);
  });
  it("have a token a respondent: the same for the same answers, another for others, and never a name", async () => {
    const own = (found: ManagementFacts) => found.atoms.find(({ leader }) => leader === "L0")!.members;
    const [again, otherKey] = [await factsOf("key"), await factsOf("another")];
    expect(own(again)).toEqual(own(facts));
    expect(own(facts).some((token) => own(otherKey).includes(token))).toBe(false);
    expect(JSON.stringify(facts.atoms)).not.toContain("someone");
    people = [person("someone", 2), ...people.slice(1)];
    await writePeople();
    const changed = own(await factsOf("key"));
    expect(changed.filter((token) => own(facts).includes(token)).length).toBe(3);
    // Other answers of the same person name the same person.
    const personsOf = (tokens: readonly string[]) =>
      tokens.filter((token) => token.includes(".")).map((token) => token.split(".")[0]);
    expect(personsOf(changed).length).toBeGreaterThan(0);
    expect(personsOf(changed).sort()).toEqual(personsOf(own(facts)).sort());
    people = [{ ...people[0]!, leader: "L1" }, ...people.slice(1)];
    await writePeople();
    const moved = (await factsOf("key")).atoms.filter(({ leader }) => leader === "L0" || leader === "L1");
    expect(moved.flatMap(({ members }) => members).sort()).toEqual([...changed].sort());
    expect(own({ ...facts, atoms: moved }).length).toBe(3);
  });
  it("count the invited of leaders who were there, and answers of leaders with a known number of employees", () => {
    for (const { grouping, cell, wave, ...row } of facts.responses) {
      const { from } = study.waves.find(({ id }) => id === wave)!;
      const there = members(grouping, cell).filter(({ to_date }) => to_date === null || to_date >= from);
      const n = (leader: string) => answers.find((each) => each.leader === leader && each.wave === wave)?.n ?? 0;
      const known = there.filter(({ employees }) => employees !== null);
      expect(row).toEqual({
        leaders: there.length,
        measured: there.filter(({ leader }) => n(leader) >= 5).length,
        answered: there.reduce((sum, { leader }) => sum + n(leader), 0),
        largest: Math.max(...there.map(({ leader }) => n(leader))),
        invited: known.reduce((sum, { employees }) => sum + employees!, 0),
        answered_of_invited: known.reduce((sum, { leader }) => sum + n(leader), 0),
      });
    }
  });
});
