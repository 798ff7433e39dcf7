import { describe, expect, it } from "vitest";
import type { Refusal } from "../../src/errors.ts";
import { explain } from "../../src/explain/explain.ts";
import { faults, parse, problemsOf } from "./parse.ts";
import * as worked from "./worked-example.ts";

/** A place of the worked example written otherwise; `¤` marks where each fault should be found. */
type Wrong = readonly [what: string, from: string, to: string, ...codes: string[]];

const change = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, () => to);
};

/** The text without its marks, and where they stood. */
const marked = (file: string, text: string): { readonly text: string; readonly places: readonly string[] } => {
  const places = text.split("\n").flatMap((line, row) => {
    const parts = line.split("¤").slice(0, -1);
    return parts.map((_, index) => `${file}:${row + 1}:${parts.slice(0, index + 1).join("").length + 1}`);
  });
  return { text: text.replaceAll("¤", ""), places };
};

const wrongStudies: readonly Wrong[] = [
  ["an unknown key", "language: da", "¤langauge: da", "unknown-key"],
  ["an unknown key far inside", "baseline: true", "¤basline: true", "unknown-key"],
  ["a language in a text", "en: Before", "¤fr: Avant", "unknown-key"],
  ["an empty text", "{ da: Før, en: Before }", "¤{}", "value-invalid"],
  ["a day that no calendar has", "2018-06-22", "¤2018-06-31", "value-invalid"],
  ["a time for a day", "2018-06-22", "¤2018-06-22T10:00", "value-invalid"],
  ["a wave that ends before it starts", "2019-12-20", "¤2019-11-20", "value-invalid"],
  ["overlapping waves", "2019-12-01", "¤2018-06-22", "waves-overlap"],
  ["waves out of order", "from: 2019-12-01, to: 2019", "from: ¤2017-12-01, to: 2017", "waves-overlap"],
  ["two baselines", "to: 2019-12-20,", "to: 2019-12-20, baseline: ¤true,", "baselines-several"],
  ["a wave twice", "id: endline", "id: ¤baseline", "id-duplicate"],
  ["an arm twice", "id: combined", "id: ¤control", "id-duplicate"],
  ["two controls", "id: combined,", "id: combined, control: ¤true,", "value-invalid"],
  ["no control", "- { id: control, control: true, ", "¤- { id: control, ", "value-invalid"],
  ["an id with a blank", "id: combined", "id: ¤combined arms", "value-invalid"],
  ["a word for a truth", "baseline: true", "baseline: ¤yes", "value-invalid"],
  ["a fractional seed", "20180601", "¤1.5", "value-invalid"],
  [
    "an unknown goal of a phase",
    "en: Foundation } }",
    "en: Foundation }, goals: [transformational, ¤vison] }",
    "reference-unknown",
  ],
  ["an unknown wave", "wave: baseline\n", "wave: ¤baselin\n", "reference-unknown"],
  ["an unknown rater", "rater: employee\n", "rater: ¤emploee\n", "value-invalid"],
  ["no wave", "file: deliveries/foer-medarbejdere.csv\n    wave: baseline", "¤file: deliveries/x.csv", "value-missing"],
  ["an unknown item", "tf2: q4_2", "¤tf9: q4_2", "reference-unknown"],
  ["an item without a column", "tf2: q4_2", "¤tf2:", "value-missing"],
  ["an unknown column meaning", "respondent: id,", "¤respondant: id,", "unknown-key"],
  ["a level in an employees' file", "respondent: id,", "¤unit: id,", "unknown-key"],
  ["an unknown roster column", "block: sektor", "¤blok: sektor", "unknown-key"],
  ["no leader column in the roster", "{ leader: leder_id, ", "¤{ ", "value-missing"],
  ["no arm column in the roster", "{ leader: leder_id, arm: arm, ", "¤{ leader: leder_id, ", "value-missing"],
  ["an unknown outcome", "[transformational, tra", "[¤transformatinal, tra", "reference-unknown"],
  ["an unknown rater of an outcome", "[gap,", "[¤boss transformational,", "reference-unknown"],
  ["a difference as one rater sees it", "[gap,", "[¤self gap,", "value-invalid"],
  ["too many words for an outcome", "[gap,", "[¤self and gap,", "value-invalid"],
  ["an outcome twice", "[gap, motivation]", "[gap, ¤employee transactional]", "id-duplicate"],
  [
    "Romano and Wolf's draws of a mixed model",
    /estimator: ancova.*multiplicity: holm/s.exec(worked.study)![0],
    "estimator: mixed\n  multiplicity: ¤romano-wolf",
    "value-invalid",
  ],
  ["an unknown estimator", "estimator: ancova", "estimator: ¤anova", "value-invalid"],
  [
    "a chain that ends where it starts",
    "  multiplicity: holm",
    "  mediation: [{ mediator: motivation, outcome: ¤employee motivation }]\n  multiplicity: holm",
    "value-invalid",
  ],
  ["an unknown covariate in the plan", "covariates: [gender,", "covariates: [¤gendr,", "reference-unknown"],
  [
    "an unknown covariate of a subgroup",
    "  multiplicity: holm",
    "  subgroups: [gender, ¤tenur]\n  multiplicity: holm",
    "reference-unknown",
  ],
  ["a subgroup twice", "  multiplicity: holm", "  subgroups: [gender, ¤gender]\n  multiplicity: holm", "id-duplicate"],
  ["confidence in per cent", "confidence: 0.95", "confidence: ¤95", "value-invalid"],
  ["an unknown scale in the figure", "x: transactional", "x: ¤tranactional", "reference-unknown"],
  ["a difference in the figure", "x: transactional", "x: ¤gap", "reference-unknown"],
  ["one scale on both axes", "x: transactional, y: ", "x: transformational, y: ¤", "value-invalid"],
  ["too low a threshold", "respondents: 5", "respondents: ¤4", "value-invalid"],
  ["too few leaders", "leaders: 3", "leaders: ¤2", "value-invalid"],
  ["a covariate of one code", "{ 2: man, 1: woman }", "¤{ 2: man }", "value-invalid"],
  ["a reversed range", "[0, 50]", "¤[50, 0]", "value-invalid"],
  ["a covariate of both kinds", "range: [0, 50]", "range: ¤[0, 5], values: { 1: a, 2: b }", "value-invalid"],
  [
    "a covariate named as a level",
    "range: [0, 50] }",
    "range: [0, 50] }\n  - { id: ¤unit, from: self, range: [0, 1] }",
    "id-duplicate",
  ],
  [
    "a covariate named as a column",
    "range: [0, 50] }",
    "range: [0, 50] }\n  - { id: ¤leader, from: self, range: [0, 1] }",
    "id-duplicate",
  ],
  [
    "a delivery listed twice",
    "columns: { leader: leder } }",
    "columns: { leader: leder } }\n  - { file: ¤deliveries/foer-ledere.csv, wave: baseline, rater: self }",
    "id-duplicate",
  ],
  [
    "one file in two waves without where",
    "columns: { leader: leder } }",
    "columns: { leader: leder } }\n  - ¤{ file: deliveries/foer-ledere.csv, wave: endline, rater: self }",
    "value-missing",
  ],
  ["a key twice", "seed: 20180601", "seed: 1\n¤seed: 2", "study-syntax"],
  ["a tab for indentation", "arms:\n  - { id: control", "arms:\n¤\t- { id: control", "study-syntax"],
  ["an unclosed brace", "strict: false }\n", "strict: false\n¤", "study-syntax"],
  ["a list where keys belong", "{ x: transactional, y: transformational }", "¤[transactional]", "value-invalid"],
];

const wrongInstruments: readonly Wrong[] = [
  [
    "a scale twice",
    "id: sanctions, range: [1, 5], items: [{ id: s1 }] }\n",
    "id: sanctions, range: [1, 5], items: [{ id: s1 }] }\n  - { id: ¤sanctions, range: [1, 5], items: [{ id: s2 }] }\n",
    "id-duplicate",
  ],
  ["an item in two scales", "id: s1", "id: ¤tf1", "id-duplicate"],
  ["a part that is not there", "[verbal-rewards,", "[¤verbal-reward,", "reference-unknown"],
  ["a part twice", "material-rewards, sanctions]", "material-rewards, ¤verbal-rewards]", "id-duplicate"],
  ["a scale of itself", "[verbal-rewards,", "[¤transactional,", "reference-unknown"],
  [
    "a part with another range",
    "range: [1, 5], items: [{ id: s1 }] }\n  - id: transactional\n    of",
    "range: [1, 7], items: [{ id: s1 }] }\n  - id: transactional\n    ¤of",
    "parts-disagree",
  ],
  [
    "a part in another unit",
    "range: [1, 5], items: [{ id: s1 }] }\n  - id: transactional\n    of",
    "range: [1, 5], index: false, items: [{ id: s1 }] }\n  - id: transactional\n    ¤of",
    "parts-disagree",
  ],
  ["no range", "{ id: motivation, range: [1, 5]", "¤{ id: motivation", "value-missing"],
  ["a range the wrong way round", "range: [1, 5]\n", "range: ¤[5, 1]\n", "value-invalid"],
  ["a range beyond 1e15", "range: [1, 5]\n", "range: ¤[0, 2e15]\n", "value-invalid"],
  ["a range too far from zero for its width", "range: [1, 5]\n", "range: ¤[1e12, 1000000000005]\n", "value-invalid"],
  ["no items", "[{ id: s1 }]", "¤[]", "value-invalid"],
  [
    "neither items nor parts",
    "{ id: motivation, range: [1, 5], items: [{ id: mo1 }] }",
    "¤{ id: motivation }",
    "value-missing",
  ],
  ["a missing code that is an answer", "{ 6:", "{ ¤5:", "id-duplicate"],
  ["an unknown kind of missing", "dont-know", "¤unknown", "value-invalid"],
  ["an answer that is no number", "{ 1: {", "{ ¤A1: {", "value-invalid"],
  ["an answer without words", "2: Uenig", "¤2:", "value-missing"],
  [
    "half of a difference",
    "[self transformational, employee transformational]",
    "¤[self transformational]",
    "value-invalid",
  ],
  ["an unknown rater in a difference", "[self transf", "[¤sef transf", "reference-unknown"],
  ["an unknown key of an item", "reversed: true", "¤reverse: true", "unknown-key"],
  ["a share in per cent", "answered: 0.5", "answered: ¤50", "value-invalid"],
];

describe("a wrong study file is refused at the very place", () => {
  it.each(wrongStudies)("%s", (_, from, to, ...codes) => {
    const { text, places } = marked("study.yaml", change(worked.study, from, to));
    expect(faults(text)).toEqual(codes.map((code, index) => `${code} ${places[index]}`));
  });

  it.each(wrongInstruments)("instrument: %s", (_, from, to, ...codes) => {
    const { text, places } = marked("instrument.yaml", change(worked.instrument, from, to));
    expect(faults(worked.study, text)).toEqual(codes.map((code, index) => `${code} ${places[index]}`));
  });

  it("says in words what each value should have been", () => {
    const words = [...wrongStudies, ...wrongInstruments].flatMap(([, from, to]) => {
      const isStudy = worked.study.includes(from);
      const text = change(isStudy ? worked.study : worked.instrument, from, to.replaceAll("¤", ""));
      return problemsOf(isStudy ? text : worked.study, isStudy ? worked.instrument : text).flatMap((problem) =>
        problem.code === "value-invalid" && !/[|≥>]/.test(problem.expected) ? [problem] : [],
      );
    });
    const untranslated = words.filter((problem) => explain(problem, "en").hint === `Write ${problem.expected}.`);
    expect(untranslated.map(({ expected }) => expected)).toEqual(["gap"]);
  });

  it("finds scales that lead back to themselves", () => {
    const { text, places } = marked(
      "instrument.yaml",
      `instrument: a\nscales:\n  - { id: x, of: ¤[y] }\n  - { id: y, of: ¤[x] }\n`,
    );
    expect(faults("study: s\nwaves: [{ id: w, from: 2020-01-01, to: 2020-01-02 }]\ninstrument: i.yaml", text)).toEqual(
      places.map((place) => `value-invalid ${place}`),
    );
  });

  it("tells everything that is wrong, in both files, in the order of the lines", () => {
    const changes = [
      ["language: da", "¤langage: da"],
      ["wave: baseline\n", "wave: ¤start\n"],
      ["[gap,", "[¤gab,"],
    ] as const;
    const study = marked(
      "study.yaml",
      changes.reduce((text, [from, to]) => change(text, from, to), worked.study),
    );
    const instrument = marked("instrument.yaml", change(worked.instrument, "reversed: true", "¤revers: true"));
    const codes = ["unknown-key", "reference-unknown", "reference-unknown", "unknown-key"];
    const places = [...study.places, ...instrument.places];
    expect(faults(study.text, instrument.text)).toEqual(codes.map((code, index) => `${code} ${places[index]}`));
  });

  it("names the known word that was meant", () => {
    const wrong = change(worked.study, "standardErrors", "standarderror");
    try {
      parse(wrong);
      expect.unreachable();
    } catch (fault) {
      expect((fault as Refusal).problems[0]).toMatchObject({ key: "standarderror", nearest: "standardErrors" });
    }
  });

  it("requires a roster where there are arms", () => {
    const from = worked.study.indexOf("roster:");
    const to = worked.study.indexOf("deliveries:");
    expect(faults(worked.study.slice(0, from) + worked.study.slice(to))).toEqual(["value-missing study.yaml:1:1"]);
  });

  it("refuses what is no mapping, no text or no end", () => {
    expect(faults("- a\n- b\n")).toEqual(["study-syntax study.yaml:1:1"]);
    expect(faults("just words")).toEqual(["study-syntax study.yaml:1:1"]);
    expect(faults("study: a\n---\nstudy: b\n")).toEqual(["study-syntax study.yaml:3:1"]);
    expect(faults("# nothing\n")).toEqual(["file-empty study.yaml"]);
    expect(faults(`study: ${"[".repeat(50_000)}`)[0]).toMatch(/^study-syntax/);
    expect(faults(`study: ${"[".repeat(500)}${"]".repeat(500)}`)[0]).toMatch(/^study-syntax/);
    expect(faults("study: &a [*a]")[0]).toMatch(/^study-syntax/);
    expect(faults("study: *nowhere")[0]).toMatch(/^study-syntax/);
    expect(faults("__proto__: { a: 1 }")[0]).toMatch(/^study-syntax/);
  });

  it("does not unfold an alias bomb", () => {
    const names = [..."abcdefghi"];
    const bomb = names.map((name, index) => {
      const inner = index === 0 ? "x" : `*${names[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(",")}]`;
    });
    expect(faults(bomb.join("\n"))[0]).toMatch(/^study-syntax study.yaml:\d+:\d+$/);
  });
});
