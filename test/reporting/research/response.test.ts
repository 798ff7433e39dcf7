import { describe, expect, it } from "vitest";
import type { Analysis } from "../../../src/estimation/analysis.ts";
import type { Response } from "../../../src/estimation/trial/response.ts";
import type { ResponseBound } from "../../../src/estimation/trial/response-bounds.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import { rowsOf, sectionOf, smallAt, words } from "../page/page-parts.ts";
import { analysis, arms, measurements, study, versions } from "./fixture.ts";

const modelOf = (found: Analysis) => researchModel(study, found, measurements, versions, "2019-12-21");
const pageOf = (found: Analysis, language: "da" | "en" = "en"): Promise<string> =>
  renderResearch(modelOf(found), language, reportAssets);

/** Response by arm at the last wave: the trained arms answer less than the control arm. */
const responseWith = (p: number): readonly Response[] =>
  arms.map(({ id, control }) => ({
    arm: id,
    wave: "endline",
    leaders: 120,
    withoutHeadcount: 0,
    beyondHeadcount: 0,
    invited: 1500,
    answered: control ? 1350 : 900,
    share: control ? 0.9 : 0.6,
    difference: control ? null : { estimate: -0.3, low: -0.36, high: -0.24 },
    p,
    status: "estimated",
  }));

const bound: ResponseBound = {
  outcome: "transformational",
  rater: "employee",
  wave: "endline",
  arm: "combined",
  reference: "control",
  low: -12.34,
  high: 21.09,
  lowSe: 1,
  highSe: 1,
  interval: { low: -14.2, high: 23 },
  invited: 3000,
  answered: 2250,
  status: "estimated",
};

const uneven: Analysis = { ...analysis, response: responseWith(0.0004), responseBounds: [bound] };
const even: Analysis = { ...analysis, response: responseWith(0.4), responseBounds: [bound] };
const title = (page: string): string => words(page.match(/<h1>.*?<\/h1>/s)![0]);
const lede = (page: string): string => words(page.match(/<p class="lede">.*?<\/p>/s)![0]);

describe("where employees of the arms did not answer equally often", () => {
  it("no heading says that training increased anything, and the first sentences say why", async () => {
    for (const [language, effect, difference, why] of [
      ["en", /increased|decreased/, "higher", "did not answer equally often"],
      ["da", /øgede|sænkede/, "højere", "svarede ikke lige hyppigt"],
    ] as const) {
      const page = await pageOf(uneven, language);
      expect(title(page)).not.toMatch(effect);
      expect(title(page)).toContain(difference);
      expect(lede(page)).toContain(why);
    }
    expect(title(await pageOf(even))).toContain("increased");
    expect(lede(await pageOf(even))).not.toContain("equally often");
  });

  it("has response by arm in a table, with the bounds that silence leaves", async () => {
    const part = sectionOf(await pageOf(uneven), "response");
    expect(words(part)).toContain("did not answer equally often: After");
    const rows = rowsOf(part);
    expect(rows.slice(1, 5).map((row) => row.slice(3, 6))).toContainEqual(["1,500", "1,350", "90.0%"]);
    expect(rows[2]!.at(-2)).toBe("−30.0 (−36.0 to −24.0)");
    expect(rows.at(-1)!.slice(3)).toEqual(["−12.3 to 21.1", "−14.2 to 23.0"]);
  });

  it("an arm that is too small hides its response, the test and its bounds, and nothing is said of evenness", async () => {
    const model = modelOf(smallAt(uneven, "combined", "endline"));
    expect(model.uneven).toEqual([]);
    for (const { arm, numbers, p } of model.response) {
      expect(numbers.state).toBe(arm === "combined" ? "suppressed" : "shown");
      expect(p.state).toBe("suppressed");
    }
    expect(model.responseBounds.map(({ numbers }) => numbers.state)).toEqual(["suppressed"]);
  });

  it("employees who came later are named where a leader has more answers than headcount, except at the baseline", async () => {
    const noted = async (wave: string, language: "da" | "en") => {
      const response = even.response.map((row) => ({ ...row, wave, beyondHeadcount: row.arm === "combined" ? 2 : 0 }));
      return words(sectionOf(await pageOf({ ...even, response }, language), "response"));
    };
    expect(await noted("endline", "en")).toContain("recruitment bias");
    expect(await noted("endline", "da")).toContain("rekrutteringsskævhed");
    expect(await noted("baseline", "en")).not.toContain("recruitment bias");
    expect(words(sectionOf(await pageOf(even, "en"), "response"))).not.toContain("recruitment bias");
  });

  it("there is no table without headcounts", async () => {
    expect(sectionOf(await pageOf(analysis), "response")).toBe("");
  });
});

describe("how leaders came to their arms", () => {
  const allocated = (more: Partial<NonNullable<Analysis["allocation"]>>): Analysis => ({
    ...analysis,
    allocation: { ...analysis.allocation!, ...more },
  });

  it("is told as far as it is known: nobody is said to have stayed in an arm", async () => {
    const page = words(await pageOf(analysis));
    expect(page).toContain("no record of a draw");
    expect(page).not.toMatch(/stay in their arm/);
    const recorded = allocated({
      by: "unit",
      record: { assigned: "2018-05-01T10:00:00Z", seed: 5 },
      changed: [{ leader: "leder-7", assigned: "control", roster: "combined" }],
      joined: ["leder-8", "leder-9"],
      departed: ["leder-4", "leder-5", "leder-6"].map((leader) => ({ leader, assigned: "control" })),
    });
    const told = words(await pageOf(recorded));
    expect(told).toContain("Arms were given to whole units (unit)");
    expect(told).toContain("1 of them are in another arm");
    expect(told).toContain("cluster-robust (cluster: unit)");
    expect(told).toContain("2 leaders who came after the draw are in no arm");
    expect(told).toContain("3 leaders who were given an arm are no longer in the list of leaders");
    expect(told).not.toMatch(/leder-[4-9]/);
  });

  it("without a draw makes no effects: not in the heading, the methods nor the flow", async () => {
    const page = await pageOf(allocated({ randomised: false }));
    expect(title(page)).not.toMatch(/increased|decreased/);
    expect(lede(page)).toContain("cannot be called effects of the training");
    expect(words(page)).not.toMatch(/randomly assigned|Randomised: \d/);
    expect(words(page)).toContain("would otherwise have developed alike");
  });
});
