import { Buffer } from "node:buffer";
import { beforeAll, describe, expect, it } from "vitest";
import { chanceOf } from "../../../pipelines/fuzz/chance.ts";
import { type Bound, harmless, losing, straying } from "../../../pipelines/fuzz/faults.ts";
import type { HostileStudy } from "../../../pipelines/fuzz/hostile-study.ts";
import { makeStudy, type Table } from "../../../pipelines/fuzz/made-study.ts";
import { brokenPromises } from "../../../pipelines/fuzz/promises.ts";
import { type Outcome, runStudy } from "../../../pipelines/fuzz/run-study.ts";

const made = makeStudy(chanceOf(1, 1));
const csvOf = ({ header, rows }: Table): string =>
  [header, ...rows].map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(";")}\n`).join("");
const withBound = (bound: Bound): HostileStudy => ({
  index: 0,
  made,
  files: Object.fromEntries(
    Object.entries(made.tables).map(([name, table]) => [
      name,
      { name: "", made: Buffer.from(csvOf(table)), records: table.rows.length, ...bound },
    ]),
  ),
});

let outcome: Outcome;
beforeAll(async () => {
  outcome = await runStudy(withBound(harmless));
});

const brokenWith = (changed: Partial<Outcome>, bound = harmless) =>
  brokenPromises(withBound(bound), { ...outcome, ...changed });
const report = () => outcome.report ?? expect.unreachable("the study was refused");
/** The same of `check` and `ingest`. */
const reporting = (deliveries: ReturnType<typeof report>["deliveries"]): Partial<Outcome> => {
  const changed = { ...report(), deliveries };
  return { report: changed, check: { ...outcome.check, report: changed } };
};
const warning = { code: "letters-lost", place: { file: "roster.csv", line: 2 } } as const;

describe("the promises", () => {
  it("are kept where nothing is wrong", () => {
    expect(outcome.accepted.length).toBeGreaterThan(10);
    expect(brokenWith({})).toEqual([]);
  });

  it("are broken by an answer that is lost, unless rows may be lost", () => {
    const accepted = outcome.accepted.slice(1);
    expect(brokenWith({ accepted })).toEqual([expect.stringContaining("1 answers lost and 0 made up")]);
    expect(brokenWith({ accepted }, losing)).toEqual([]);
  });

  it("are broken by answers that nobody gave, unless so many may stray", () => {
    const [first, second, ...others] = outcome.accepted;
    const accepted = [{ ...first!, answers: [2, 2, 2, 2, 2, 2] }, { ...second!, weight: 7 }, ...others];
    expect(brokenWith({ accepted }, straying(1))).toEqual([
      expect.stringContaining("2 rows of answers that nobody gave"),
    ]);
    expect(brokenWith({ accepted }, straying(2))).toEqual([]);
  });

  it("are broken by rows that do not add up, and by a quarantine that lists others", () => {
    const deliveries = report().deliveries.with(0, { ...report().deliveries[0]!, rejected: 1 });
    expect(brokenWith(reporting(deliveries))).toEqual([
      expect.stringContaining("rows ≠"),
      expect.stringContaining("1 rejected, 0 in quarantine"),
    ]);
  });

  it("are broken by a record that is not counted", () => {
    const first = report().deliveries[0]!;
    const deliveries = report().deliveries.with(0, { ...first, rows: first.rows - 1, accepted: first.accepted - 1 });
    expect(brokenWith(reporting(deliveries))).toEqual([expect.stringContaining("rows of")]);
    expect(brokenWith({ report: { ...report(), deliveries } })[0]).toContain("check foresees another fate");
  });

  it("are broken by a place that is not in the file", () => {
    const far = { ...warning, place: { file: "roster.csv", line: 500 } };
    const changed = { report: { ...report(), warnings: [far] }, check: { ...outcome.check, warnings: [far] } };
    expect(brokenWith(changed)).toEqual(["roster.csv has no line 500"]);
  });

  it("are broken by a problem of no file", () => {
    const refused = [{ code: "memory-full", cause: "" }] as const;
    const changed = { refused, report: null, check: { ...outcome.check, problems: refused } };
    expect(brokenWith(changed, losing)).toEqual(["memory-full has no place", "memory-full has no place"]);
  });

  it("are broken where check and ingest say different things, or one refuses", () => {
    expect(brokenWith({ check: { ...outcome.check, warnings: [warning] } })).toEqual([
      "check says letters-lost, ingest ",
    ]);
    expect(brokenWith({ check: { ...outcome.check, problems: [warning] } })).toEqual([
      "check refuses what ingest accepts: letters-lost",
    ]);
    expect(brokenWith({ report: null, refused: [warning] })).toEqual([
      "check says , ingest letters-lost",
      "refused although nothing is wrong: letters-lost",
    ]);
  });
});
