import { describe, expect, it } from "vitest";
import type { Problem, QuarantineCode } from "../src/errors.ts";
import { exitCode, explain } from "../src/explain/explain.ts";
import { explainQuarantine } from "../src/explain/quarantine.ts";

type Samples = { readonly [C in Problem["code"]]: Extract<Problem, { code: C }> };

const place = { file: "study.yaml", line: 8, column: 11 };
const cell = { file: "svar.csv", line: 1, column: "q4_1" };
const samples: Samples = {
  "file-missing": { code: "file-missing", place },
  "file-unreadable": { code: "file-unreadable", place, cause: "EACCES" },
  "file-empty": { code: "file-empty", place },
  "file-binary": { code: "file-binary", place },
  "format-unsupported": { code: "format-unsupported", place, format: ".abc", supported: [".csv"] },
  "not-a-table": { code: "not-a-table", place, what: "gzip" },
  "file-damaged": { code: "file-damaged", place, format: "spss", cause: "truncated" },
  "limit-exceeded": { code: "limit-exceeded", place, what: "columns", limit: 2000 },
  "header-duplicate": { code: "header-duplicate", place: cell },
  "quote-unclosed": { code: "quote-unclosed", place },
  "line-too-long": { code: "line-too-long", place, bytes: 9 },
  "column-absent": { code: "column-absent", place: cell, nearest: "q41", available: ["id", "q41"] },
  "no-row-accepted": { code: "no-row-accepted", place, rejected: 3 },
  "study-syntax": { code: "study-syntax", place, cause: "DUPLICATE_KEY" },
  "unknown-key": { code: "unknown-key", place, key: "langage", nearest: "language", allowed: ["study", "language"] },
  "value-invalid": { code: "value-invalid", place, key: "from", expected: "day" },
  "value-missing": { code: "value-missing", place, key: "waves" },
  "reference-unknown": { code: "reference-unknown", place, kind: "wave", id: "b", allowed: [] },
  "id-duplicate": { code: "id-duplicate", place, kind: "arm", id: "control" },
  "baselines-several": { code: "baselines-several", place, waves: ["a", "b"] },
  "parts-disagree": { code: "parts-disagree", place, scale: "transactional" },
  "missing-code-in-range": { code: "missing-code-in-range", place, answer: "99" },
  "waves-overlap": { code: "waves-overlap", place, waves: ["a", "b"] },
  "not-built-yet": { code: "not-built-yet", place, what: ".sav", available: [".csv"] },
  "arm-unknown": { code: "arm-unknown", place, arm: "x", allowed: ["control"] },
  "leader-unknown": { code: "leader-unknown", leader: "L1" },
  "figure-missing": { code: "figure-missing", study: "demo-study" },
  "release-missing": { code: "release-missing", study: "demo-study" },
  "folder-occupied": { code: "folder-occupied", place: { file: "here" } },
  "import-no-item": { code: "import-no-item", place: { file: "svar.csv" }, items: ["tf1"], nearest: "tf_1" },
  "import-open": {
    code: "import-open",
    place: { file: "svar.csv" },
    open: [
      { what: "leader", id: "", candidates: [] },
      { what: "item", id: "tf1", candidates: ["q1", "q2"] },
    ],
  },
  "import-files": { code: "import-files", place: { file: "a.csv" }, answers: ["a.csv", "b.csv"] },
  "import-unconfirmed": { code: "import-unconfirmed", place: { file: "a.csv" } },
  "delivery-listed": { code: "delivery-listed", place, wave: "before", rater: "employee" },
  "scales-unseen": { code: "scales-unseen", place: { file: "svar.csv" } },
  "assignment-exists": { code: "assignment-exists", place: { file: "assignment.json" } },
  "file-exists": { code: "file-exists", place: { file: "here.csv" } },
  "plan-locked": {
    code: "plan-locked",
    place: { file: "plan.lock.json" },
    locked: "2026-01-02T03:04:05Z",
    differences: ["analysis.covariates"],
  },
  "plan-lock-altered": { code: "plan-lock-altered", place: { file: "plan.lock.json" } },
  "arms-absent": { code: "arms-absent", study: "small" },
  "arms-assigned": { code: "arms-assigned", place: cell },
  "row-unusable": { code: "row-unusable", place, fault: "leader-missing" },
  "unit-across-blocks": { code: "unit-across-blocks", place, unit: "U1" },
  "assignment-missing": { code: "assignment-missing", place: { file: "assignment.json" } },
  "assignment-differs": {
    code: "assignment-differs",
    place: { file: "assignment.json" },
    differences: [
      { what: "shares", leaders: [] },
      { what: "joined", leaders: ["L1", "L2"] },
    ],
  },
  usage: { code: "usage", cause: "Unknown command: rnu.", hint: "Did you mean run?" },
  "package-missing": { code: "package-missing", name: "danfojs" },
  "study-held": { code: "study-held", pid: 42 },
  "disk-full": { code: "disk-full", cause: "vault" },
  "memory-full": { code: "memory-full", cause: "vault" },
};

describe("every problem", () => {
  it.each(Object.values(samples))("$code is said in both languages, with what to do", (problem) => {
    const [da, en] = [explain(problem, "da"), explain(problem, "en")];
    for (const { message, hint } of [da, en]) {
      expect(message).toMatch(/^\S.*[.?]$/);
      expect(hint).toMatch(/^\S.*[.?]$/);
      expect(message + hint).not.toMatch(/undefined|null|\[object/);
    }
    if (problem.code !== "usage") expect(da.message).not.toBe(en.message);
  });

  it("ends a command with the code that scripts are told of", () => {
    const codes = Object.values(samples).map((problem): [string, number] => [problem.code, exitCode(problem)]);
    expect(codes.filter(([, code]) => code !== 3)).toEqual([
      ["import-unconfirmed", 2],
      ["usage", 2],
      ["study-held", 4],
      ["disk-full", 5],
      ["memory-full", 5],
    ]);
  });

  it("names the word that was meant, and the known ones", () => {
    expect(explain(samples["unknown-key"], "da")).toEqual({
      message: "Nøglen `langage` kendes ikke her.",
      hint: "Mente du `language`? Kendte: study, language.",
    });
    expect(explain(samples["value-invalid"], "en").hint).toBe("Write a date such as 2018-06-01.");
  });
});

describe("every reason of the quarantine", () => {
  const codes: Readonly<Record<QuarantineCode, true>> = {
    "too-few-cells": true,
    "too-many-cells": true,
    "quotes-malformed": true,
    "control-character": true,
    "leader-missing": true,
    "leader-not-in-roster": true,
    "unit-unknown": true,
    "id-invalid": true,
    "answer-not-a-number": true,
    "answer-out-of-range": true,
    "covariate-invalid": true,
    "weight-invalid": true,
    "value-invalid": true,
    duplicate: true,
    "duplicate-conflict": true,
  };
  it.each(Object.keys(codes) as QuarantineCode[])("%s is said in both languages", (code) => {
    expect(explainQuarantine(code, "da")).toMatch(/^\S.+/);
    expect(explainQuarantine(code, "en")).not.toBe(explainQuarantine(code, "da"));
  });
});
