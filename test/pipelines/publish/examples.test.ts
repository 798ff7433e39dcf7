import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, it } from "vitest";

/** Leaders of the wave "after": employees who answered, and whether the leader did. */
type Leaders = Readonly<Record<string, { readonly employees: number; readonly own: boolean }>>;

const examplesAmong = async (leaders: Leaders) => {
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run("create table response_counts (leader varchar, wave varchar, rater varchar, n integer)");
  const add = (leader: string, wave: string, rater: string, n: number) =>
    connection.run("insert into response_counts values ($leader, $wave, $rater, $n)", { leader, wave, rater, n });
  for (const [leader, { employees, own }] of Object.entries(leaders)) {
    // Answers of another wave make nobody an example of this one.
    await add(leader, "before", "employee", 50);
    await add(leader, "before", "self", 1);
    if (employees > 0) await add(leader, "after", "employee", employees);
    if (own) await add(leader, "after", "self", 1);
  }
  const sql = readFileSync("pipelines/publish/examples.sql", "utf8");
  const rows = (await connection.runAndReadAll(sql, { wave: "after", respondents: 5 })).getRowObjectsJS();
  return Object.fromEntries(rows.map(({ state, leader }) => [String(state), leader]));
};

it("shows the report of the first leader with answers in plenty, and of the first with too few; both with an own answer", async () => {
  const leaders: Leaders = {
    A: { employees: 9, own: true },
    B: { employees: 12, own: false },
    C: { employees: 4, own: false },
    D: { employees: 0, own: true },
    E: { employees: 5, own: true },
  };
  expect(await examplesAmong(leaders)).toEqual({});
  const both = { ...leaders, F: { employees: 10, own: true }, G: { employees: 4, own: true } };
  expect(await examplesAmong(both)).toEqual({ shown: "F", suppressed: "G" });
  expect(await examplesAmong({ ...both, B: { employees: 30, own: true }, D: { employees: 1, own: true } })).toEqual({
    shown: "B",
    suppressed: "D",
  });
});
