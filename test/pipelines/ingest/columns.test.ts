import { expect, it } from "vitest";
import { findColumn, requireColumns } from "../../../pipelines/ingest/columns.ts";
import { openBytes } from "../../store/deliveries/read-file.ts";

const refused = (work: () => unknown): unknown => {
  try {
    work();
  } catch (fault) {
    return (fault as { problems: unknown }).problems;
  }
  throw new Error("nothing was refused");
};

it("says of JSON lines which columns they lack and which hold lists", async () => {
  const file = await openBytes('{"id": 1, " leader ": "L1", "all": [1]}\n');
  expect(file.columns.map(({ name }) => name)).toEqual(["id", "leader", "all"]);
  expect(refused(() => requireColumns(file, ["id", "leder"]))).toEqual([
    {
      ...{ code: "column-absent", place: { file: "file.csv", line: 1, column: "leder" } },
      ...{ nearest: "leader", available: ["id", "leader", "all"] },
    },
  ]);
  expect(refused(() => findColumn(file, "all"))).toEqual([
    { code: "column-nested", place: { file: "file.csv", column: "all" } },
  ]);
});

it("names the line of a header that stands below, where all of two or more names stand on it", async () => {
  const file = await openBytes("Udtræk;fra\nid;leder\n1;A\n");
  expect(refused(() => requireColumns(file, ["id", "leder"]))).toEqual([
    { code: "header-elsewhere", place: { file: "file.csv", line: 2 } },
  ]);
  expect(refused(() => requireColumns(file, ["id", "x"]))).toMatchObject([
    { code: "column-absent", place: { column: "id" } },
    { code: "column-absent", place: { column: "x" } },
  ]);
  expect(refused(() => requireColumns(file, ["id"]))).toMatchObject([{ code: "column-absent" }]);
});

it("prefers a name that differs by marks to one that differs by a letter, and gives columns in the order asked", async () => {
  const file = await openBytes("id;q12;q_1;;x\n1;2;3;4;5\n");
  expect(refused(() => requireColumns(file, ["q1"]))).toMatchObject([
    { nearest: "q_1", available: ["id", "q12", "q_1", "x"] },
  ]);
  expect(requireColumns(file, ["x", " id ", "x"]).map(({ column }) => column)).toEqual([4, 0, 4]);
});
