import { describe, expect, it } from "vitest";
import { meanAgreement } from "../agreement-reference.ts";
import { csvOf, type Line, numbersFrom } from "../made-survey.ts";
import { folderOf, stagesOf } from "../staged-study.ts";

const study = (deliveries: string): string => `study: planned
title: { da: Prøve, en: Trial }
language: en
waves: [{ id: now, from: 2020-01-01, to: 2020-01-31, name: { da: Nu, en: Now } }]
instrument: instrument.yaml
deliveries: [${deliveries}]
`;

const instrument = `instrument: planned
answers: { 1: { da: A, en: A }, 2: { da: B, en: B }, 3: { da: C, en: C }, 4: { da: D, en: D }, 5: { da: E, en: E } }
missing: { 8: dont-know, 99: not-asked }
scales:
  - id: vision
    name: { da: Vision, en: Vision }
    range: [1, 5]
    answered: 0.75
    items: [{ id: v1 }, { id: v2 }, { id: v3 }, { id: v4 }]
`;

const all = ["v1", "v2", "v3", "v4"] as const;
const draw = numbersFrom(11);
const answer = (level: number): string => String(Math.min(5, Math.max(1, level + draw(3) - 1)));

/** Three of ten leaders' employees get the short questionnaire only, three the long one only, four of each. */
const lines: readonly (Line & { readonly form: string })[] = Array.from({ length: 10 }, (_, leader) =>
  Array.from({ length: 6 }, (_, each) => {
    const form = leader < 3 ? "short" : leader < 6 ? "long" : each % 2 === 0 ? "short" : "long";
    const level = 1 + draw(5);
    const row = Object.fromEntries(all.map((item) => [item, answer(level)]));
    if (form === "short") row["v3"] = row["v4"] = "99";
    // Of two asked, one is half: less than the three quarters that the scale wants.
    if (each === 5) row["v2"] = "8";
    return { respondent: `R${leader}-${each}`, leader: `L${leader}`, form, ...row } as Line & { form: string };
  }),
).flat();

const coded = {
  "study.yaml": study("{ file: all.csv, wave: now, rater: employee }"),
  "instrument.yaml": instrument,
  "all.csv": csvOf(lines),
};

const without = ({ v3: _, v4: __, ...line }: Line): Line => line;
const twoForms = {
  "study.yaml": study(
    "{ file: long.csv, wave: now, rater: employee }, { file: short.csv, wave: now, rater: employee, notAsked: [v3, v4] }",
  ),
  "instrument.yaml": instrument,
  "long.csv": csvOf(lines.filter(({ form }) => form === "long")),
  "short.csv": csvOf(lines.filter(({ form }) => form === "short").map(without)),
};

const measuredOf = async (files: Readonly<Record<string, string>>) =>
  (await stagesOf(folderOf(files))).scored.scales.find(({ scale }) => scale === "vision")!;

const cellsOf = (line: Line, items: readonly string[]) =>
  items.map((item) => (line[item] === "99" ? "not-asked" : line[item] === "8" ? null : Number(line[item])));

const cells = (line: Line) => cellsOf(line, all);

const teamsOf = (items: readonly string[], forms: readonly string[]) =>
  [...new Set(lines.map((line) => line["leader"]))].map((leader) =>
    lines.filter((line) => line["leader"] === leader && forms.includes(line.form)).map((line) => cellsOf(line, items)),
  );

describe("questions left out by design", () => {
  it("take no score from those who got the short questionnaire", async () => {
    const measured = await measuredOf(coded);
    const means = lines.flatMap((line) => {
      const asked = cells(line).filter((cell) => cell !== "not-asked");
      const answered = asked.filter((cell): cell is number => cell !== null);
      return answered.length >= 0.75 * asked.length ? [answered.reduce((a, b) => a + b, 0) / answered.length] : [];
    });
    expect(means.length).toBeGreaterThan(lines.filter(({ form }) => form === "long").length);
    expect(measured.respondents).toBe(means.length);
    expect(measured.leaders).toBe(10);
    // A stored score is a whole step of a range cut into 5.4 thousand millions.
    expect(measured.mean).toBeCloseTo(25 * (means.reduce((a, b) => a + b, 0) / means.length - 1), 6);
  });

  it("are counted apart from answers that are missing, item by item", async () => {
    const { itemStatistics } = await measuredOf(coded);
    for (const [i, { item, n, mean, missing }] of itemStatistics.entries()) {
      const column = lines.map((line) => cells(line)[i]);
      const answers = column.filter((cell): cell is number => typeof cell === "number");
      expect([item, n]).toEqual([all[i], answers.length]);
      // As for the scores: whole steps.
      expect(mean).toBeCloseTo(answers.reduce((a, b) => a + b, 0) / n, 8);
      const notAsked = column.filter((cell) => cell === "not-asked").length;
      const unknown = column.filter((cell) => cell === null).length;
      expect(missing).toEqual({
        ...(unknown > 0 ? { "dont-know": unknown } : {}),
        ...(notAsked > 0 ? { "not-asked": notAsked } : {}),
      });
    }
  });

  it("leave agreement to those who got the long questionnaire, as R leaves out incomplete rows", async () => {
    const measured = await measuredOf(coded);
    expect(measured.rwg).toBeCloseTo(meanAgreement(teamsOf(all, ["short", "long"]), 2), 10);
    expect(measured.rwgSlightlySkewed).toBeCloseTo(meanAgreement(teamsOf(all, ["short", "long"]), 1.34), 10);
  });

  it("leave a wave in which nobody got the long questionnaire its agreement", async () => {
    const { "long.csv": _, ...short } = twoForms;
    const deliveries = study("{ file: short.csv, wave: now, rater: employee, notAsked: [v3, v4] }");
    const measured = await measuredOf({ ...short, "study.yaml": deliveries });
    const teams = teamsOf(["v1", "v2"], ["short"]);
    expect(measured.rwg).toBeCloseTo(meanAgreement(teams, 2), 10);
    expect(measured.itemStatistics[3]).toMatchObject({
      n: 0,
      mean: null,
      missing: { "not-asked": teams.flat().length },
    });
  });

  it("are the same whether a code says so or the file has no such column", async () => {
    expect(await measuredOf(twoForms)).toEqual(await measuredOf(coded));
  });
});
