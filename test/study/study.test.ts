import { describe, expect, it } from "vitest";
import { planHash } from "../../src/study/plan-hash.ts";
import { parse } from "./parse.ts";
import * as worked from "./worked-example.ts";

const minimal = (more = ""): string =>
  `study: s\nwaves: [{ id: w, from: 2020-01-01, to: 2020-01-31 }]\ninstrument: i.yaml\n${more}`;
const twoScales = `instrument: i
scales:
  - { id: vision, range: [1, 5], items: [{ id: a }, { id: b }] }
  - { id: absence, range: [0, 365], index: false, items: [{ id: days }] }
`;
const delivery = (rater: string, more = ""): string => `  - { file: ${rater}.csv, wave: w, rater: ${rater}${more} }\n`;

describe("the worked example", () => {
  const { study, warnings } = parse(worked.study);

  it("is a study in which every reference resolves", () => {
    expect(warnings).toEqual([]);
    expect(study.arms.map(({ id, control }) => [id, control])).toEqual([
      ["control", true],
      ["transactional", false],
      ["transformational", false],
      ["combined", false],
    ]);
    expect(study.waves[0]).toMatchObject({ from: "2018-06-01", to: "2018-06-22", baseline: true });
    expect(study.plan.primary).toEqual([
      { scale: "transformational", rater: "employee" },
      { scale: "transactional", rater: "employee" },
    ]);
    expect(study.plan.secondary).toEqual([
      { scale: "gap", rater: null },
      { scale: "motivation", rater: "employee" },
    ]);
  });

  it("keeps the order in which codes are written, so that the first is the reference", () => {
    expect(study.covariates[0]).toMatchObject({ values: [{ code: "2" }, { code: "1" }] });
  });

  it("takes range and index of scales of scales and differences from their parts", () => {
    const find = (id: string) => study.instrument.scales.find((scale) => scale.id === id);
    expect(find("transactional")).toMatchObject({ kind: "scales", low: 1, high: 5, index: true });
    expect(find("gap")).toMatchObject({ kind: "difference", low: -4, high: 4, index: true });
  });

  it("reads one language for both, and wordings by rater and by variant", () => {
    expect(study.instrument.answers[1]).toEqual({ code: "2", label: { da: "Uenig", en: "Uenig" } });
    const [scale] = study.instrument.scales;
    const items = scale?.kind === "items" ? scale.items : [];
    expect(items[0]?.wording).toEqual({ employee: { da: "Min leder", en: "My leader" }, self: { da: "Jeg", en: "I" } });
    expect(items[2]?.wording).toHaveProperty("daycare", { da: "I huset", en: "I huset" });
  });

  it("means the same with the instrument inside the study file, as JSON, and with Windows line ends", () => {
    const indented = worked.instrument.replace(/^/gm, "  ").trimEnd();
    const inline = worked.study.replace("instrument: instrument.yaml", `instrument:\n${indented}`);
    expect(parse(inline, null).study).toEqual(study);
    expect(parse(worked.study.replaceAll("\n", "\r\n"), `\uFEFF${worked.instrument}`).study).toEqual(study);
    const json = { study: "s", seed: 7, waves: [{ id: "1", from: "2020-01-01", to: "2020-01-31" }], instrument: "i" };
    const fromJson = parse(JSON.stringify(json, null, "\t"), twoScales).study;
    expect(fromJson).toMatchObject({ seed: 7, waves: [{ id: "1" }] });
  });
});

describe("ids are the text they were written as", () => {
  it.each(["1e3", "007", "no", "on", "2018-06-01", "0x1F", "1.0", "true", "'007'", '"no"'])("%s", (written) => {
    const text = written.replace(/['"]/g, "");
    const { study } = parse(
      minimal(`covariates: [{ id: x, from: self, values: { ${written}: a, z: b } }]`).replace(
        "id: w",
        `id: ${written}`,
      ),
      twoScales,
    );
    expect(study.waves[0]?.id).toBe(text);
    expect(study.covariates[0]).toMatchObject({ values: [{ code: text }, { code: "z" }] });
  });
});

describe("a study that names no plan", () => {
  const planOf = (deliveries: string, instrument = twoScales) =>
    parse(minimal(deliveries === "" ? "" : `deliveries:\n${deliveries}`), instrument).study;

  it("has every standing scale as employees perceive it, and the differences second", () => {
    const { plan, figure } = parse(worked.study.replace(/^analysis:[\s\S]*?\n\n/m, "").replace(/^figure.*/m, "")).study;
    expect(plan.primary.map(({ scale }) => scale)).toEqual(["transformational", "transactional", "motivation"]);
    expect(plan.secondary).toEqual([{ scale: "gap", rater: null }]);
    expect(plan).toMatchObject({ estimator: "ancova", standardErrors: "CR2", multiplicity: "holm", confidence: 0.95 });
    expect(figure).toEqual({ x: "transactional", y: "transformational" });
  });

  it("takes a scale as an indicator where only a delivery of indicators names its items", () => {
    const { plan } = planOf(delivery("employee") + delivery("indicator", ", items: { days: dage }"));
    expect(plan.primary).toEqual([
      { scale: "vision", rater: "employee" },
      { scale: "absence", rater: "indicator" },
    ]);
  });

  it("asks the leaders where only leaders answered, and nobody where nobody can have", () => {
    expect(planOf(delivery("self")).plan.primary.map(({ rater }) => rater)).toEqual(["self", "self"]);
    const worded = twoScales.replace("{ id: days }", "{ id: days, self: Dage }");
    expect(planOf(delivery("employee"), worded).plan.primary).toEqual([{ scale: "vision", rater: "employee" }]);
  });

  it("has a figure of the first two scales, or none", () => {
    expect(planOf("").figure).toEqual({ x: "vision", y: "absence" });
    expect(planOf("", twoScales.split("\n").slice(0, 3).join("\n")).figure).toBeNull();
  });
});

describe("what a study leaves out", () => {
  it("is an ordinary study without arms, roster, baseline and deliveries", () => {
    const { study } = parse(minimal(), twoScales);
    expect(study).toMatchObject({ arms: [], roster: null, deliveries: [], language: "da", synthetic: false });
    expect(study.waves[0]?.baseline).toBe(false);
    expect(study.disclosure).toEqual({ respondents: 5, leaders: 3, strict: false });
  });

  it("finds leaders and levels in the columns of their own names", () => {
    const levels = "organisation: [område]\nroster: { file: r.csv, columns: { leader: id } }\n";
    const { study } = parse(minimal(`${levels}deliveries:\n${delivery("employee")}`), twoScales);
    expect(study.roster?.columns).toEqual({ leader: "id", område: "område" });
    expect(study.deliveries[0]?.columns).toEqual({ leader: "leader" });
  });

  it("never publishes less strictly than strict rules say", () => {
    const { study } = parse(minimal("disclosure: { respondents: 5, strict: true }"), twoScales);
    expect(study.disclosure).toEqual({ respondents: 7, leaders: 4, strict: true });
  });

  it("warns of a code for missing that could be an answer", () => {
    const { warnings } = parse(minimal(), `${twoScales}missing: { 99: not-asked }\n`);
    expect(warnings).toMatchObject([{ code: "missing-code-in-range", place: { line: 5, column: 12 } }]);
  });
});

describe("the hash of the plan", () => {
  const hash = (study: string, instrument = worked.instrument): string => planHash(parse(study, instrument).study);
  const base = hash(worked.study);

  it("does not change with names, wordings, comments and the order of keys", () => {
    expect(hash(worked.study.replace("Kontrolgruppe", "Kontrol"))).toBe(base);
    expect(hash(`# comment\n${worked.study}`, worked.instrument.replace("Min leder", "Lederen"))).toBe(base);
    expect(hash(worked.study.replace("from: 2018-06-01, to: 2018-06-22", "to: 2018-06-22, from: 2018-06-01"))).toBe(
      base,
    );
  });

  it.each([
    ["an outcome", "primary: [transformational, transactional]", "primary: [transformational]"],
    ["the order of primary outcomes", "[transformational, transactional]", "[transactional, transformational]"],
    ["the standard errors", "CR2", "CR1"],
    ["the seed", "20180601\n", "1\n"],
    ["a wave", "to: 2018-06-22", "to: 2018-06-23"],
    ["the reference of a covariate", "{ 2: man, 1: woman }", "{ 1: woman, 2: man }"],
  ])("changes with %s", (_, from, to) => {
    expect(worked.study).toContain(from);
    expect(hash(worked.study.replace(from, to))).not.toBe(base);
  });

  it("changes with the scoring of an item", () => {
    expect(hash(worked.study, worked.instrument.replace("reversed: true, ", ""))).not.toBe(base);
  });
});
