import { expect, it } from "vitest";
import type { Analysis } from "../../src/estimation/analysis.ts";
import { smallStudy } from "./small-study.ts";
import { spejl, spejlJson } from "./spejl.ts";

const earlier = (text: string): string =>
  text
    .replace(
      "waves:\n",
      "waves:\n  - { id: early, from: 2019-01-01, to: 2019-01-31, name: { da: Tidlig, en: Early } }\n",
    )
    .replace("deliveries:\n", "deliveries:\n  - { file: early.csv, wave: early, rater: employee }\n");

/** Answers of one wave: leaders differ, and so do their employees. */
const answers = (wave: number): string => {
  const rows = Array.from({ length: 96 }, (_, k) => {
    const leader = Math.floor(k / 6);
    const answer = 1 + ((leader * (leader % 3) + wave * (1 + (leader % 2)) + ((k * k) % 5)) % 3);
    return `L${leader + 1}-${k % 6},L${leader + 1},${answer},${1 + ((k + wave * (leader % 2)) % 3)}`;
  });
  return `respondent,leader,s1,s2\n${rows.join("\n")}\n`;
};
const files = { "early.csv": answers(0), "before.csv": answers(1), "after.csv": answers(2) };

it("a study whose arms nobody drew shows how they moved before the baseline, and its clusters", () => {
  const folder = smallStudy({
    ...files,
    "study.yaml": (text) => `${earlier(text)}allocation: { randomised: false }\n`,
  });
  const { status, document } = spejlJson<Analysis>("estimate", folder);
  expect(status).toBe(0);
  expect(document.preTrends).toMatchObject([{ outcome: "support", arm: "training", from: "early", to: "before" }]);
  expect(document.preTrends[0]).toMatchObject({ status: "estimated", estimate: expect.any(Number) });
  const clusters = document.clusters.filter(({ arm }) => arm === null);
  expect(
    clusters.map(({ wave, leaders, units, respondents, clusterSize }) => ({
      wave,
      leaders,
      units,
      respondents,
      clusterSize,
    })),
  ).toEqual(
    ["early", "before", "after"].map((wave) => ({
      wave,
      leaders: 16,
      units: 16,
      respondents: 96,
      clusterSize: { mean: 6, cv: 0 },
    })),
  );
  expect(document.balance[0]).toMatchObject({ covariate: "support:employee", p: expect.any(Number) });
  expect(document.balanceTest).toMatchObject({
    status: "estimated",
    df: 1,
    draws: 9999,
    covariates: ["support:employee"],
  });
  const { stdout } = spejl("estimate", folder);
  expect(stdout).toMatch(/All characteristics at once, arms drawn again: d² \d/);
  expect(stdout).toMatch(/^support +training +early +before /m);
  expect(stdout).toMatch(/^support +after +leader +16 +16 +96 +6\.0 +0\.00 /m);
});

it("a study whose arms were drawn has no trend to fear", () => {
  const folder = smallStudy({ ...files, "study.yaml": earlier });
  expect(spejlJson<Analysis>("estimate", folder).document.preTrends).toEqual([]);
  expect(spejl("estimate", folder).stdout).not.toContain("Did the arms move alike");
});
