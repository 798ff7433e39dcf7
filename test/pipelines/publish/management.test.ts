import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { managementFacts } from "../../../pipelines/publish/management.ts";
import type { ManagementFacts } from "../../../src/reporting/management/facts.ts";
import { write } from "../../../src/store/vault/build.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { placements, roster } from "../../../src/tables/roster.ts";
import { responseCounts, scoreMoments } from "../../../src/tables/scored.ts";
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
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "management-"));
  using vault = await openVault(folder);
  const none = { block: null, class: null, sparring_group: null, attended: null, from_date: null };
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
    answers.map(({ leader, wave, n, sum }) => ({
      ...{ leader, wave, rater: "employee", scale: "transformational", n, shift: 50, sum, sum_of_squares: 0 },
    })),
  );
  facts = await managementFacts(vault, study);
});
afterAll(() => rmSync(folder, { recursive: true }));

const members = (grouping: string, cell: string) =>
  leaders.filter(({ arm, department }) =>
    grouping === "organisation" ? true : grouping === "arm" ? arm === cell : department === cell,
  );

describe("the facts of the dashboard", () => {
  it("are means with leader-clustered standard errors, as ten lines have them", () => {
    expect(facts.means.length).toBe(3 * (1 + 2 + 3));
    for (const { grouping, cell, wave, n, leaders: count, largest, mean, se } of facts.means) {
      const own = new Set(members(grouping, cell).map(({ leader }) => leader));
      const teams = answers
        .filter((row) => row.wave === wave && own.has(row.leader))
        .map((row) => ({ n: row.n, total: row.sum + 50 * row.n }));
      const all = teams.reduce((sum, team) => sum + team.n, 0);
      const expected = teams.reduce((sum, team) => sum + team.total, 0) / all;
      const variance = teams.reduce((sum, team) => sum + ((team.total - team.n * expected) / all) ** 2, 0);
      expect([n, count, largest]).toEqual([all, teams.length, Math.max(...teams.map((team) => team.n))]);
      expect(mean).toBeCloseTo(expected, 10);
      expect(se).toBeCloseTo(Math.sqrt((variance * count) / (count - 1)), 10);
    }
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
