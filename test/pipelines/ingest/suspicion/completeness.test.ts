import { expect, it } from "vitest";
import type { RosterReading } from "../../../../pipelines/ingest/roster/roster.ts";
import { rosterCompleteness } from "../../../../pipelines/ingest/suspicion/completeness.ts";
import type { Roster } from "../../../../src/study/study.ts";

it.each([
  ["whole", null, 30, null, []],
  ["whole by the study file, though it ends in a record", 30, 30, 31, []],
  ["not so by the study file", 31, 30, null, [{ code: "rows-incomplete", rows: 30, complete: 31 }]],
  ["longer than the study file says", 29, 30, null, [{ code: "rows-incomplete", rows: 30, complete: 29 }]],
  ["cut", null, 30, 31, [{ code: "record-cut", rows: 30 }]],
])("a roster is %s", (_, complete, rows, cutOff, problems) => {
  const reading = { counts: { rows }, cutOff } as RosterReading;
  const place = { file: "r.csv", ...(problems[0]?.code === "record-cut" ? { line: cutOff } : {}) };
  const found = rosterCompleteness({ file: "r.csv", complete } as Roster, reading);
  expect(found).toEqual(problems.map((problem) => ({ ...problem, place })));
});
