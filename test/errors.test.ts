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
  "file-outside": { code: "file-outside", place },
  "file-changing": { code: "file-changing", place },
  "record-cut": { code: "record-cut", place, rows: 38 },
  "rows-fewer": { code: "rows-fewer", place, rows: 38, before: 40 },
  "rows-incomplete": { code: "rows-incomplete", place, rows: 38, complete: 40 },
  "leaders-cut": { code: "leaders-cut", place, rows: 38, leaders: 12 },
  "leaders-few": { code: "leaders-few", place, rows: 38, answered: 9, expected: 20 },
  "file-empty": { code: "file-empty", place },
  "file-binary": { code: "file-binary", place },
  "format-differs": { code: "format-differs", place, declared: "xlsx", found: "csv" },
  "not-a-table": { code: "not-a-table", place, what: "gzip" },
  "file-damaged": { code: "file-damaged", place, format: "spss", cause: "truncated" },
  "limit-exceeded": { code: "limit-exceeded", place, what: "columns", limit: 2000 },
  "header-absent": { code: "header-absent", place, expected: ["id", "q41"] },
  "header-duplicate": { code: "header-duplicate", place: cell },
  "quote-unclosed": { code: "quote-unclosed", place },
  "quote-stray": { code: "quote-stray", place },
  "lines-quoted": { code: "lines-quoted", place },
  "encodings-mixed": { code: "encodings-mixed", place },
  "letters-lost": { code: "letters-lost", place },
  "letters-doubled": { code: "letters-doubled", place },
  "bytes-undefined": { code: "bytes-undefined", place },
  "mark-missing": { code: "mark-missing", place },
  "code-page-guessed": { code: "code-page-guessed", place },
  "cells-emptied": { code: "cells-emptied", place: cell, cells: 3, why: "out-of-range" },
  "column-nested": { code: "column-nested", place: cell },
  "sheet-note": { code: "sheet-note", place: cell, what: "formulas", count: 2 },
  "lines-swallowed": { code: "lines-swallowed", place, lines: 3 },
  "header-elsewhere": { code: "header-elsewhere", place },
  "codebook-unknown": { code: "codebook-unknown", place },
  "no-answers": { code: "no-answers", place },
  "no-leaders": { code: "no-leaders", place },
  "numbers-mixed": { code: "numbers-mixed", place: cell, lines: [2, 4] },
  "numbers-ambiguous": { code: "numbers-ambiguous", place: cell },
  "month-first": { code: "month-first", place: cell },
  "values-many": { code: "values-many", place: cell, limit: 9 },
  "answers-shifted": { code: "answers-shifted", place: cell, low: 1, high: 5, by: -1 },
  "fractions-few": { code: "fractions-few", place: cell, records: 2 },
  "labels-partly": { code: "labels-partly", place: cell },
  "scores-contradict": { code: "scores-contradict", place: cell },
  "labels-strange": { code: "labels-strange", place: cell, codes: ["5"] },
  "rows-shared": { code: "rows-shared", place },
  "where-none": { code: "where-none", place, skipped: 9 },
  "answers-perhaps-shifted": {
    code: "answers-perhaps-shifted",
    place: cell,
    low: 1,
    high: 5,
    by: 1,
    records: 60,
    answered: 300,
  },
  "code-undeclared": { code: "code-undeclared", place: cell, answer: "0", low: 1, high: 5, records: 40 },
  "rows-unfinished": { code: "rows-unfinished", place: cell, rows: 4, where: "Finished: 1" },
  "items-blank-together": {
    code: "items-blank-together",
    place: cell,
    columns: ["q3", "q4", "q5", "q6", "q7"],
    rows: 50,
    of: 100,
  },
  "item-reversed": { code: "item-reversed", place: cell, item: "tf3" },
  "covariate-missing-code": { code: "covariate-missing-code", place: cell, answer: "99", records: 6 },
  "same-file": { code: "same-file", place, other: "before.csv" },
  "where-near": { code: "where-near", place: cell, wanted: "after", rows: 3 },
  "rows-unusable": {
    ...{ code: "rows-unusable", place, rejected: 30, rows: 40, limit: 0.5 },
    reasons: ["answer-out-of-range"],
  },
  "leaders-scientific": { code: "leaders-scientific", place, rows: 3 },
  "label-ambiguous": { code: "label-ambiguous", place, codes: ["2", "4"] },
  "column-mapped-twice": { code: "column-mapped-twice", place: cell, column: "q1", meanings: ["leader", "q1"] },
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
  "sessions-overlap": { code: "sessions-overlap", place: cell, sessions: ["m1", "m2"], of: "coach" },
  "coaches-several": { code: "coaches-several", place: cell, group: "A", coaches: ["eva", "bo"] },
  "group-unusual": { code: "group-unusual", place, group: "A", leaders: 3, why: "one-department" },
  "marks-unplaced": { code: "marks-unplaced", place, marks: 2 },
  "names-alike": { code: "names-alike", place: cell, names: 2 },
  "respondents-otherwise": { code: "respondents-otherwise", place: cell, other: "foer.csv", respondents: 12 },
  "missing-code-in-range": { code: "missing-code-in-range", place, answer: "99" },
  "waves-overlap": { code: "waves-overlap", place, waves: ["a", "b"] },
  "not-built-yet": { code: "not-built-yet", place, what: ".sav", available: [".csv"] },
  "arm-unknown": { code: "arm-unknown", place, arm: "x", allowed: ["control"] },
  "leader-unknown": { code: "leader-unknown", leader: "L1" },
  "figure-missing": { code: "figure-missing", study: "demo-study" },
  "rows-erased": { code: "rows-erased", place: { file: "svar.csv" }, rows: 2 },
  "record-damaged": { code: "record-damaged", place },
  "key-other": { code: "key-other", place },
  "lock-damaged": { code: "lock-damaged", place },
  "log-missing": { code: "log-missing", place },
  "log-broken": { code: "log-broken", place, lines: [3, 4] },
  "log-differs": { code: "log-differs", place, entry: 9, entries: 7 },
  "entry-pruned": { code: "entry-pruned", place, entry: 3, pruned: 7 },
  "erasures-other-key": { code: "erasures-other-key", place, persons: 1 },
  "erasures-missing": { code: "erasures-missing", place, persons: 1 },
  "person-absent": { code: "person-absent", place },
  "traces-left": { code: "traces-left", place, traces: 1 },
  unconfirmed: { code: "unconfirmed", command: "spejl erase ID" },
  "retention-ended": { code: "retention-ended", place, what: "key", date: "2024-01-31" },
  "retention-overdue": { code: "retention-overdue", place, what: "raw", date: "2024-01-31" },
  "backup-absent": { code: "backup-absent", place },
  "backup-damaged": { code: "backup-damaged", place },
  "backup-locked": { code: "backup-locked", place },
  "ledger-damaged": {
    code: "ledger-damaged",
    place: { file: "demo-study/.spejl/ledger/ledger.jsonl", line: 2 },
    cause: "unreadable",
  },
  "ledger-outdated": {
    code: "ledger-outdated",
    place: { file: "demo-study/.spejl/ledger/ledger.jsonl", line: 1 },
    form: 2,
    expected: 3,
  },
  "release-missing": { code: "release-missing", study: "demo-study" },
  "candidate-leaks": {
    code: "candidate-leaks",
    place: { file: "demo-study/.spejl/releases/after-0123456789ab" },
    facts: ["mean|vision|after|arm|a", "trend/extra"],
  },
  "release-leaks": { code: "release-leaks", place: { file: "demo-study" }, facts: ["mean|vision|after|arm|a"] },
  "ledger-missing": { code: "ledger-missing", study: "demo-study" },
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
  "secret-weak": { code: "secret-weak", place, cause: "readable" },
  "store-of-another": { code: "store-of-another", place: { file: ".spejl" }, user: 998 },
  "server-running": { code: "server-running", study: "small", pid: 42 },
  "port-taken": { code: "port-taken", port: 8400 },
  "demo-not-synthetic": { code: "demo-not-synthetic", study: "small" },
  "person-unknown": { code: "person-unknown", person: "anna", nearest: "anne" },
  usage: { code: "usage", cause: "Unknown command: rnu.", hint: "Did you mean run?" },
  "package-missing": { code: "package-missing", name: "danfojs" },
  "study-held": { code: "study-held", pid: 42 },
  "disk-full": { code: "disk-full", cause: "vault" },
  "memory-full": { code: "memory-full", cause: "vault" },
  "release-damaged": { code: "release-damaged", place },
  "release-outdated": { code: "release-outdated", place },
  "vault-damaged": { code: "vault-damaged", place },
  "kept-damaged": { code: "kept-damaged", place },
  "key-altered": { code: "key-altered", place },
  "key-missing": { code: "key-missing", place },
  "handles-full": { code: "handles-full", cause: "" },
  "path-unusable": { code: "path-unusable", place, cause: "EIO" },
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
      ["unconfirmed", 2],
      ["import-unconfirmed", 2],
      ["server-running", 4],
      ["usage", 2],
      ["study-held", 4],
      ["disk-full", 5],
      ["memory-full", 5],
      ["handles-full", 5],
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
    "record-malformed": true,
    "answer-fraction": true,
    "answer-date": true,
    "answer-missing-text": true,
    "answer-not-declared": true,
    "answer-unlabelled": true,
    "id-too-long": true,
    "leader-not-in-post": true,
    "leader-missing": true,
    "leader-not-in-roster": true,
    "unit-unknown": true,
    "answer-not-a-number": true,
    "answer-out-of-range": true,
    "weight-invalid": true,
    duplicate: true,
    "duplicate-conflict": true,
  };
  it.each(Object.keys(codes) as QuarantineCode[])("%s is said in both languages", (code) => {
    expect(explainQuarantine(code, "da")).toMatch(/^\S.+/);
    expect(explainQuarantine(code, "en")).not.toBe(explainQuarantine(code, "da"));
  });
});
