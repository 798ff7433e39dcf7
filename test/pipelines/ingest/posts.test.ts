import { describe, expect, it } from "vitest";
import { awayAt, foremostPost } from "../../../pipelines/ingest/roster/posts.ts";
import type { Refusal } from "../../../src/errors.ts";
import { explain } from "../../../src/explain/explain.ts";
import { openVault } from "../../../src/store/vault/open.ts";
import { smallStudy } from "../small-study.ts";
import { ingestOf, rowsOf } from "../staged-study.ts";

/** The roster of the small study with dates; lines put in the place of a leader's. */
const dated = (lines: Readonly<Record<string, readonly string[]>>) =>
  smallStudy({
    "study.yaml": (text) => text.replace("department: department }", "department: department, from: from, to: to }"),
    "roster.csv": (text) =>
      text
        .replace("department\n", "department,from,to\n")
        .replaceAll(/^(L\d+),.*$/gm, (line, id: string) => lines[id]?.join("\n") ?? `${line},,`),
  });

describe("a leader is who led when the wave opened", () => {
  it("so that answers about one who came later, or had left, do not count, and are counted as moved", async () => {
    const folder = dated({
      L1: ["L1,control,D0,2020-01-02,"],
      L2: ["L2,training,D1,,2020-12-31"],
      L3: ["L3,control,D2,2020-01-01,2021-01-01"],
    });
    const { deliveries, quarantine } = await ingestOf(folder);
    expect(deliveries.map(({ accepted, rejected, moved }) => [accepted, rejected, moved])).toEqual([
      [90, 6, 6],
      [90, 6, 6],
    ]);
    expect(new Set(quarantine.map(({ file, code }) => `${file} ${code}`))).toEqual(
      new Set(["before.csv leader-not-in-post", "after.csv leader-not-in-post"]),
    );
    using vault = await openVault(folder);
    const found = await rowsOf(vault, "(select distinct wave, leader from responses where leader in ('L1', 'L2'))");
    expect(found).toEqual([
      { wave: "after", leader: "L1" },
      { wave: "before", leader: "L2" },
    ]);
  });

  it("in one post after another: arm and place are of the first one, and between them the leader led nobody", async () => {
    const folder = dated({
      L1: ["L1,training,D9,2021-01-02,", "L1,control,D0,,2020-12-31"],
      L2: ["L2,training,D1,2020-06-01,", "L2,training,D2,,2020-05-31"],
    });
    const { roster, deliveries } = await ingestOf(folder);
    expect(roster).toMatchObject({ rows: 18, accepted: 18, rejected: 0 });
    expect(deliveries.map(({ moved }) => moved)).toEqual([0, 6]);
    using vault = await openVault(folder);
    expect(
      await rowsOf(
        vault,
        "(select leader, arm, unit from roster join placements using (leader) where leader in ('L1', 'L2'))",
      ),
    ).toEqual([
      { leader: "L1", arm: "control", unit: "D0" },
      { leader: "L2", arm: "training", unit: "D2" },
    ]);
  });

  it("and lines whose periods overlap are refused", async () => {
    const folder = dated({ L1: ["L1,control,D0,,2020-12-31", "L1,control,D1,2020-12-31,"] });
    await expect(ingestOf(folder)).rejects.toThrow("id-duplicate");
    const { problems } = (await ingestOf(folder).catch((fault: unknown) => fault)) as Refusal;
    expect(explain(problems[0]!, "en").hint).toContain("`from` and `to`");
  });

  it("and answers about one who has left name no other leader as the nearest", async () => {
    const folder = dated({ L1: ["L1,control,D0,,2020-12-31"] });
    const { quarantine } = await ingestOf(folder);
    const gone = quarantine.filter(({ code }) => code === "leader-not-in-post");
    expect(gone.length).toBe(6);
    expect(gone.filter(({ nearest }) => nearest !== undefined)).toEqual([]);
  });

  it("on the very days on which a post begins and ends", () => {
    const wave = { id: "w", from: "2020-06-01", to: "2020-06-30", baseline: true, name: { da: "w", en: "w" } };
    const awayIn = (from: string | null, to: string | null) =>
      awayAt(new Map([["A", [{ from, to }]]]), [wave]).get("w")?.size;
    expect([awayIn("2020-06-01", null), awayIn(null, "2020-06-01"), awayIn(null, null)]).toEqual([0, 0, 0]);
    expect([awayIn("2020-06-02", null), awayIn(null, "2020-05-31")]).toEqual([1, 1]);
    const [old, next] = [
      { from: null, to: "2020-05-31" },
      { from: "2020-07-01", to: null },
    ];
    expect([foremostPost([next, old], "2020-06-01"), foremostPost([old], "2020-06-01")]).toEqual([next, old]);
  });
});
