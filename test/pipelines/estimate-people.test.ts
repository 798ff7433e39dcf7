import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { estimate } from "../../pipelines/estimate/estimate.ts";
import { ingest } from "../../pipelines/ingest/ingest.ts";
import { score } from "../../pipelines/score/score.ts";
import { summarize } from "../../pipelines/summarize/summarize.ts";
import { readStudy } from "../../src/store/study-files.ts";
import { openVault } from "../../src/store/vault/open.ts";
import { expectClose, expected, input } from "../oracle/read.ts";
import { folderOf } from "./staged-study.ts";

const study = (columns: string): string => `study: people
title: { da: Prøve, en: Trial }
language: en
arms:
${["control", "a", "b", "c"].map((id) => `  - { id: ${id}${id === "control" ? ", control: true" : ""}, name: { da: ${id}, en: ${id} } }`).join("\n")}
waves:
  - { id: before, from: 2020-01-01, to: 2020-01-31, baseline: true, name: { da: Før, en: Before } }
  - { id: after, from: 2021-01-01, to: 2021-01-31, name: { da: Efter, en: After } }
instrument:
  instrument: one
  answers: { 50: { da: Midt, en: Middle } }
  missing: {}
  scales:
    - { id: outcome, name: { da: Udfald, en: Outcome }, range: [-50, 150], index: false, items: [{ id: y }] }
roster: { file: roster.csv, columns: { leader: leader, arm: arm, block: block } }
deliveries:
  - { file: people.csv, wave: before, rater: employee, columns: ${columns}, where: { wave: before } }
  - { file: people.csv, wave: after, rater: employee, columns: ${columns}, where: { wave: after } }
covariates:
  - { id: x1, from: employee, range: [0, 1] }
  - { id: x2, from: employee, range: [0, 50] }
analysis:
  primary: [outcome]
  robustness: [panel, sampling-weights]
  covariates: [x1, x2]
`;

const people = readFileSync(new URL("../oracle/input/people-forty.csv", import.meta.url), "utf8");
const roster = [
  "leader,arm,block",
  ...new Set(input("people-forty").map(({ leader, arm, block }) => `${leader},${arm},${block}`)),
].join("\n");

const all = "{ leader: leader, respondent: respondent, weight: weight }";

const analysed = async (columns: string, delivered = people) => {
  const folder = folderOf({ "study.yaml": study(columns), "roster.csv": `${roster}\n`, "people.csv": delivered });
  const parsed = await readStudy(folder);
  using vault = await openVault(folder);
  const silent = () => undefined;
  const first = await ingest(vault, parsed, silent);
  const second = await score(vault, parsed, first.key, silent);
  const third = await summarize(vault, parsed, second.key, silent);
  const { report } = await estimate(vault, parsed, { key: third.key, measured: second.report.scales }, silent);
  return { ingested: first.report, estimates: report.estimates };
};

type Found = Awaited<ReturnType<typeof analysed>>["estimates"];
const of = (estimates: Found, estimator: string) => estimates.filter((row) => row.estimator === estimator);

interface RAnswer {
  readonly n: number;
  readonly leaders: number;
  readonly estimate: readonly number[];
  readonly se: { readonly CR2: readonly number[] };
  readonly df: { readonly CR2: readonly number[] };
}

const r = (expected("weighted") as { readonly forty: Readonly<Record<string, RAnswer>> }).forty;

/** A stored score is a whole step of a range cut into 5.4 thousand millions. */
const steps = 1e-8;

describe("from deliveries that name respondents and weights", () => {
  it("panel and sampling weights come out as R has them", async () => {
    const { estimates } = await analysed(all);
    for (const [estimator, name] of [
      ["panel", "panel"],
      ["sampling-weights", "weighted"],
    ] as const) {
      const wanted = r[name]!;
      const rows = of(estimates, estimator);
      expect(rows).toHaveLength(3);
      rows.forEach((row, k) => {
        expect([row.status, row.leaders, row.respondents]).toEqual(["estimated", wanted.leaders, wanted.n]);
        expectClose(row.estimate, wanted.estimate[k]!, steps, `${estimator} estimate`);
        expectClose(row.se, wanted.se.CR2[k]!, steps, `${estimator} se`);
        expectClose(row.df, wanted.df.CR2[k]!, steps, `${estimator} df`);
      });
    }
  });

  it("a row whose weight is missing, zero, below zero or no number is quarantined with its place", async () => {
    const lines = people.trim().split("\n");
    const weights = ["", "0", "-1.5", "heavy"];
    const changed = lines.map((line, at) => (at > 0 && at <= 4 ? line.replace(/[^,]*$/, weights[at - 1]!) : line));
    const { ingested } = await analysed(all, `${changed.join("\n")}\n`);
    expect([...ingested.quarantine].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))).toEqual(
      [2, 3, 4, 5].map((line) => ({ file: "people.csv", line, column: "weight", code: "weight-invalid" })),
    );
  });

  it("without either, the panel says why and every weight is one", async () => {
    const nameless = people.replace("respondent", "number");
    const { estimates } = await analysed("{ leader: leader }", nameless);
    expect(new Set(of(estimates, "panel").map(({ status }) => status))).toEqual(new Set(["no-panel"]));
    const plain = of(estimates, "ancova");
    for (const [k, row] of of(estimates, "sampling-weights").entries()) {
      expect(row.respondents).toBe(plain[k]!.respondents);
      expect(row.note).toContain("All answers have the same weight");
      for (const key of ["estimate", "se", "df"] as const) expectClose(row[key], plain[k]![key]!, 1e-9, key);
    }
  });
});
