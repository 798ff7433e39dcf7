import { describe, expect, it } from "vitest";
import type { Warning } from "../../../src/estimation/design/status.ts";
import type { Estimate } from "../../../src/estimation/inference/estimate.ts";
import { researchModel } from "../../../src/reporting/research/facts.ts";
import { researchFinding } from "../../../src/reporting/research/finding.ts";
import { renderResearch } from "../../../src/reporting/research/page.ts";
import { researchVoice } from "../../../src/reporting/research/voice.ts";
import { reportAssets } from "../../../src/store/report-assets.ts";
import type { Study } from "../../../src/study/study.ts";
import { rowsOf, sectionOf, words } from "../page/page-parts.ts";
import { analysis, estimateRow, measurements, plan, study, versions } from "./fixture.ts";

const modelOf = (changed: Partial<Study> = {}, found = analysis) =>
  researchModel({ ...study, ...changed }, found, measurements, versions, "2019-12-21");
const pageOf = (changed: Partial<Study> = {}, found = analysis, language: "da" | "en" = "da") =>
  renderResearch(modelOf(changed, found), language, reportAssets);
const withEstimates = (estimates: readonly Estimate[]) => ({ ...analysis, estimates });
const main = analysis.estimates.filter(({ estimator, wave }) => estimator === "ancova" && wave === "endline");
const first = plan.primary[0]!;
const unclear: Partial<Estimate> = { p: 0.4, pAdjusted: 0.8, adjusted: { low: -4, high: 9 } };
const arms = ["transactional", "transformational", "combined"] as const;

describe("one interval alone", () => {
  it("is not counted", async () => {
    const page = await pageOf({}, withEstimates(main.slice(0, 1)), "en");
    expect(words(page)).toMatch(/[Tt]he confidence interval (does not include|includes) zero/);
    expect(words(page)).not.toMatch(/\b(All|The) 1 /);
  });
  it.each([
    [
      "clear",
      "en",
      {},
      "does not include zero. For transformational training on transformational leadership it is +6.9 points (4.6 to 9.2).",
    ],
    [
      "clear",
      "da",
      {},
      "omfatter ikke nul. For transformationstræning på transformationsledelse er den +6,9 point (4,6 til 9,2).",
    ],
    ["without an interval", "en", { adjusted: null }, "is statistically significant (p below 0.05"],
    ["without an interval", "da", { adjusted: null }, "er statistisk sikker (p under 0,05"],
    [
      "unclear",
      "en",
      unclear,
      "The difference in the primary outcome is +6.9 points and is not statistically significant (p is not below",
    ],
    [
      "unclear",
      "da",
      unclear,
      "Forskellen i det primære effektmål er +6,9 point og ikke statistisk sikker (p er ikke under",
    ],
  ] as const)("is one difference in the first sentences: %s, in %s", (_, language, more, sentence) => {
    const model = modelOf({}, withEstimates([{ ...main[0]!, ...more }]));
    const { lede } = researchFinding(model, researchVoice(model, language, reportAssets));
    expect(lede).toContain(sentence);
    expect(lede).not.toMatch(/\b(of|af) 1\b/);
  });
});

describe("the robustness table", () => {
  it("has the plan's estimator first, every arm, and the numbers of the analysis", async () => {
    const [head, ancova, changes, mixed, ...rest] = rowsOf(sectionOf(await pageOf(), "robustness-2"));
    expect(head).toEqual([
      ...["Estimator", "Transaktionstræning", "Transformationstræning", "Kombineret træning", "n (ledere / svar)"],
    ]);
    expect(ancova).toEqual([
      "Kovariansanalyse (ANCOVA) planens hovedmodel",
      ...["+2,8 (0,8 til 4,9)", "+6,9 (4,9 til 8,9)", "+5,7 (3,7 til 7,7)", "482 / 6.021"],
    ]);
    expect(changes?.[2]).toBe("+6,7 (4,5 til 8,9)");
    expect(mixed?.[0]).toContain("Blandet model");
    expect(rest).toEqual([]);
  });
  it("is there for every primary outcome, numbered by itself", async () => {
    const titles = [...(await pageOf()).matchAll(/<h2[^>]*>(Tabel \d\..*?)<\/h2>/g)].map(([, title]) => title);
    expect(titles).toEqual([
      "Tabel 1. Træningsarmene parvis: 4 af 6 konfidensintervaller omfatter ikke nul",
      "Tabel 2. Transformationsledelse: de 3 forskellige estimater peger samme vej i hver arm",
      "Tabel 3. Transaktionsledelse: de 3 forskellige estimater peger samme vej i hver arm",
      "Tabel 4. Eksplorativt: 3 af 3 indirekte effekter har et interval, der ikke omfatter nul",
      "Tabel 5. Med grænser for frafaldet: 4 af 6 intervaller omfatter ikke nul",
    ]);
  });
  it("says where the estimators part, and how far", async () => {
    const others = arms.map((arm) =>
      estimateRow(first, arm, arm === "combined" ? [-1.2, 1] : [6, 1], { estimator: "mixed", pAdjusted: null }),
    );
    const part = words(sectionOf(await pageOf({}, withEstimates([...main, ...others]), "en"), "robustness-2"));
    expect(part).toContain("the estimators point the same way in 2 of 3 arms");
    expect(part).toContain("Furthest from the main model is mixed model in combined training: −6.9 points.");
    expect(part).toContain("the estimators agree in 2 of 3 arms");
  });
  it("tells why an estimator has no numbers, and counts only those that have", async () => {
    const none = { estimate: null, se: null, low: null, high: null, p: null, df: null, standardised: null };
    const failed = arms.map((arm) =>
      estimateRow(first, arm, [1, 1], { ...none, estimator: "mixed", status: "not-identified", pAdjusted: null }),
    );
    const changes = analysis.estimates.filter(({ estimator }) => estimator === "difference-in-differences");
    const part = sectionOf(await pageOf({}, withEstimates([...main, ...changes, ...failed])), "robustness-2");
    expect(words(part)).toContain("de 2 forskellige estimater");
    expect(words(part)).toContain("kan ikke estimeres: effekten kan ikke skilles fra andre led i modellen");
  });
  it("gives p where an estimator has no interval", async () => {
    const tested = arms.map((arm) =>
      estimateRow(first, arm, [2, 1], { estimator: "randomisation", low: null, high: null, se: null, p: 0.0123 }),
    );
    const robustness = ["randomisation"] as const;
    const page = await pageOf({ plan: { ...plan, robustness } }, withEstimates([...main, ...tested]));
    expect(rowsOf(sectionOf(page, "robustness-2"))[2]?.[1]).toBe("+2,0 (p = 0,012)");
  });
  it("counts estimators that share their estimates once, and says where all do", async () => {
    const again = main.map((row) => ({ ...row, estimator: "wild-bootstrap" as const, pAdjusted: null }));
    const changes = analysis.estimates.filter(({ estimator }) => estimator === "difference-in-differences");
    const robustness = ["wild-bootstrap", "difference-in-differences"] as const;
    const titled = async (estimates: typeof again) =>
      words(sectionOf(await pageOf({ plan: { ...plan, robustness } }, withEstimates(estimates), "en"), "robustness-2"));
    expect(await titled([...main, ...again, ...changes] as typeof again)).toContain("the 2 different estimates");
    expect(await titled([...main, ...again] as typeof again)).toContain("every estimator gives the same estimate");
  });
  it("is not there with one estimator alone", async () => {
    expect(sectionOf(await pageOf({ plan: { ...plan, robustness: [] } }, withEstimates(main)), "robustness-2")).toBe(
      "",
    );
  });
});

describe("all estimates", () => {
  it.each(["da", "en"] as const)("have a row each, folded by outcome, in %s", async (language) => {
    const part = sectionOf(await pageOf({}, analysis, language), "estimates");
    const folds = part.match(/<details class="tbl every">/g);
    expect(folds).toHaveLength(3);
    const rows = rowsOf(part).filter(([head]) => head !== (language === "da" ? "Måling" : "Survey round"));
    expect(rows).toHaveLength(analysis.estimates.length);
    for (const row of rows) expect(row).toHaveLength(17);
    expect(part).not.toContain("<details open");
  });
  it("keep every number that the row of an estimate had", async () => {
    const rows = rowsOf(sectionOf(await pageOf(), "estimates"));
    expect(rows).toContainEqual([
      ...["Efter", "Kovariansanalyse (ANCOVA)", "Transaktionstræning", "+2,8", "0,8 til 4,9", "1,05", "118,4"],
      ...["0,008", "0,016", "+0,15", "3,0", "uafklaret", "CR2", "482", "6.021", "estimeret", "som planlagt"],
    ]);
  });
});

describe("p", () => {
  it.each([
    ["da", 0, "<\u00a00,0001"],
    ["en", 0, "<\u00a00.0001"],
    ["da", 0.0001, "0,0001"],
    ["da", 0.0009, "0,0009"],
    ["en", 0.001, "0.001"],
    ["da", 0.0456, "0,046"],
    ["da", null, "–"],
  ] as const)("in %s of %s is %s", (language, value, written) => {
    expect(researchVoice(modelOf(), language, reportAssets).p(value)).toBe(written);
  });
  it("is nowhere zero on the page", async () => {
    expect((await pageOf()).match(/>0,0+</)).toBeNull();
  });
});

describe("covariates", () => {
  const covariates: Study["covariates"] = [
    {
      ...{ id: "gender", name: { da: "Køn", en: "Gender" }, from: "employee", kind: "categorical" },
      values: [
        { code: "1", label: { da: "kvinde", en: "woman" } },
        { code: "2", label: { da: "mand", en: "man" } },
      ],
    },
    { id: "tenure", name: { da: "Anciennitet", en: "Tenure" }, from: "employee", kind: "numeric", low: 0, high: 50 },
  ];
  const balance = analysis.balance.map((row) => ({
    ...row,
    covariate: row.covariate === "gender" ? "gender=2" : row.covariate,
  }));
  it("are told by the labels of the study file", async () => {
    const page = await pageOf({ covariates }, { ...analysis, balance });
    expect(page).toContain('<th scope="row">Køn: mand</th>');
    expect(page).toContain('<th scope="row">Anciennitet</th>');
    expect(page).not.toContain("gender=2");
  });
  it("are told so in warnings too", async () => {
    const warnings: Warning[] = [{ code: "column-dropped", names: ["gender=2"], count: 1 }];
    const page = await pageOf({ covariates }, withEstimates(main.map((each) => ({ ...each, warnings }))));
    expect(words(sectionOf(page, "warnings"))).toContain("Køn: mand. Gælder alle estimater.");
  });
});

describe("the scope of a warning", () => {
  const warned = (is: (estimate: Estimate) => boolean, code: Warning["code"] = "rows-dropped") =>
    withEstimates(
      analysis.estimates.map((each) => ({ ...each, warnings: is(each) ? [{ code, names: [], count: 28 }] : [] })),
    );
  const scopeOf = async (found: typeof analysis): Promise<string> => {
    const items = [...sectionOf(await pageOf({}, found), "warnings").matchAll(/<span class="note">(.*?)<\/span>/g)];
    expect(items).toHaveLength(1);
    return items[0]![1]!;
  };
  it.each([
    ["all", () => true, "Gælder alle estimater."],
    ["an estimator", ({ estimator }: Estimate) => estimator === "mixed", "Gælder blandet model."],
    ["a wave", ({ wave }: Estimate) => wave === "midway", "Gælder målingen “Midtvejs”."],
    [
      "single estimates",
      ({ estimator, wave, outcome }: Estimate) =>
        (estimator === "mixed" && outcome === "transactional") || (wave === "midway" && outcome === "transformational"),
      "Gælder transformationsledelse (medarbejdernes svar), midtvejs, kovariansanalyse (ANCOVA); transaktionsledelse (medarbejdernes svar), efter, blandet model.",
    ],
    [
      "many estimates",
      ({ estimator, wave, outcome }: Estimate) =>
        estimator === "mixed" || wave === "midway" || (outcome === "gap" && wave === "endline"),
      "Gælder 5 estimater.",
    ],
  ] as const)("is told in a few words: %s", async (_, is, told) => {
    expect(await scopeOf(warned(is))).toBe(told);
  });
  it("of a late covariate is all estimates with covariates", async () => {
    const found = warned(({ estimator }) => estimator !== "difference-in-differences", "covariate-after-training");
    expect(await scopeOf(found)).toBe("Gælder alle estimater med kovariater.");
  });
  it("leaves no warning out", async () => {
    const counts = [3, 11, 28];
    const found = withEstimates(
      analysis.estimates.map((each, index) => ({
        ...each,
        warnings: [{ code: "rows-dropped", names: [], count: counts[index % 3]! }],
      })),
    );
    const part = sectionOf(await pageOf({}, found), "warnings");
    expect(part.match(/<li>/g)).toHaveLength(3);
    for (const count of counts) expect(part).toContain(`<li>${count} svar er udeladt`);
  });
});

describe("attrition", () => {
  const rows = study.arms.flatMap(({ id: arm }, index) =>
    ["midway", "endline"].map((wave) => ({
      ...{ arm, wave, leaders: 140, lost: 3 + index, share: (3 + index) / 140, status: "estimated" as const },
      p: wave === "endline" ? 0.2741 : 0.00002,
    })),
  );
  const found = { ...analysis, attrition: rows };
  it("is a row for each arm and wave, and the heading adds them up", async () => {
    const part = sectionOf(await pageOf({}, found), "attrition");
    expect(part).toContain("Tabel 5. 18 af 560 ledere har ingen svar i målingen “Efter”");
    expect(rowsOf(part)).toHaveLength(1 + rows.length);
    expect(rowsOf(part)).toContainEqual(["Efter", "Kontrolgruppe", "140", "3", "2,1\u00a0%", "0,274"]);
    expect(rowsOf(part)).toContainEqual(["Midtvejs", "Kontrolgruppe", "140", "3", "2,1\u00a0%", "<\u00a00,0001"]);
  });
  it("hides a small arm, and the test that its numbers are part of", async () => {
    const flow = {
      arms: analysis.flow.arms.map((each) =>
        each.arm === "combined"
          ? { ...each, waves: each.waves.map((wave) => ({ ...wave, measured: 2, underThreshold: 0 })) }
          : each,
      ),
    };
    const small = modelOf({}, { ...found, flow });
    expect(small.attrition.filter(({ numbers }) => numbers.state === "suppressed").map(({ arm }) => arm)).toEqual([
      ...["combined", "combined"],
    ]);
    expect(small.attrition.every(({ p }) => p.state === "suppressed")).toBe(true);
    expect(JSON.stringify(small.attrition)).not.toContain("0.2741");
  });
});

describe("the words for who cannot see a figure", () => {
  it.each(["da", "en"] as const)("are short and lead to the table, in %s", async (language) => {
    const page = await pageOf({}, analysis, language);
    const alts = [
      ...page.matchAll(/<svg[^>]*role="img"[^>]*aria-label="([^"]*)"|aria-label="([^"]*)"[^>]*role="img"/g),
    ];
    expect(alts).toHaveLength(16);
    for (const [, one, two] of alts) {
      const alt = one ?? two ?? "";
      expect(alt.length, alt).toBeLessThanOrEqual(310);
      expect(alt).toMatch(language === "da" ? /tabellen\.$/ : /in the table\.$/);
    }
  });
});
