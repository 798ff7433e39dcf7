/** Where a fault lies: a file as the user named it, a physical line, and a column (number in the study file, header name in a delivery). */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number | string;
}

export type Language = "da" | "en";

/** Everything that Spejl refuses. A problem never carries a response value or a name. */
export type Problem =
  | { readonly code: "file-missing"; readonly place: Place }
  | { readonly code: "file-unreadable"; readonly place: Place; readonly cause: string }
  | { readonly code: "file-empty"; readonly place: Place }
  | { readonly code: "file-binary"; readonly place: Place }
  | {
      readonly code: "format-differs";
      readonly place: Place;
      readonly declared: string;
      readonly found: string;
    }
  | { readonly code: "not-a-table"; readonly place: Place; readonly what: ForeignFile }
  | { readonly code: "file-damaged"; readonly place: Place; readonly format: string; readonly cause: string }
  | { readonly code: "limit-exceeded"; readonly place: Place; readonly what: Limited; readonly limit: number }
  | { readonly code: "header-duplicate"; readonly place: Place }
  | { readonly code: "quote-unclosed"; readonly place: Place }
  | { readonly code: "quote-stray"; readonly place: Place }
  | { readonly code: "line-too-long"; readonly place: Place; readonly bytes: number }
  | {
      readonly code: "column-absent";
      readonly place: Place;
      readonly nearest?: string;
      readonly available: readonly string[];
    }
  | {
      readonly code: "no-row-accepted";
      readonly place: Place;
      readonly rejected: number;
      readonly first?: QuarantineCode;
      readonly nearest?: string;
    }
  | { readonly code: "study-syntax"; readonly place: Place; readonly cause: string }
  | {
      readonly code: "unknown-key";
      readonly place: Place;
      readonly key: string;
      readonly nearest?: string;
      readonly allowed: readonly string[];
    }
  | { readonly code: "value-invalid"; readonly place: Place; readonly key: string; readonly expected: string }
  | { readonly code: "value-missing"; readonly place: Place; readonly key: string }
  | {
      readonly code: "reference-unknown";
      readonly place: Place;
      readonly kind: string;
      readonly id: string;
      readonly nearest?: string;
      readonly allowed: readonly string[];
    }
  | { readonly code: "id-duplicate"; readonly place: Place; readonly kind: string; readonly id: string }
  | { readonly code: "baselines-several"; readonly place: Place; readonly waves: readonly string[] }
  | { readonly code: "parts-disagree"; readonly place: Place; readonly scale: string }
  | { readonly code: "label-ambiguous"; readonly place: Place; readonly codes: readonly [string, string] }
  | {
      readonly code: "column-mapped-twice";
      readonly place: Place;
      readonly column: string;
      readonly meanings: readonly [string, string];
    }
  | { readonly code: "lines-quoted"; readonly place: Place }
  | { readonly code: "encodings-mixed"; readonly place: Place }
  | { readonly code: "letters-lost"; readonly place: Place }
  | { readonly code: "letters-doubled"; readonly place: Place }
  | { readonly code: "bytes-undefined"; readonly place: Place }
  | { readonly code: "mark-missing"; readonly place: Place }
  | { readonly code: "column-nested"; readonly place: Place }
  | { readonly code: "sheet-note"; readonly place: Place; readonly what: string; readonly count: number }
  | { readonly code: "code-page-guessed"; readonly place: Place }
  | {
      readonly code: "cells-emptied";
      readonly place: Place;
      readonly cells: number;
      readonly why: "out-of-range" | "declared-missing" | "characters-unreadable";
    }
  | { readonly code: "lines-swallowed"; readonly place: Place; readonly lines: number }
  | { readonly code: "codebook-unknown"; readonly place: Place }
  | { readonly code: "header-elsewhere"; readonly place: Place }
  | { readonly code: "no-answers"; readonly place: Place }
  | { readonly code: "no-leaders"; readonly place: Place }
  | {
      readonly code: "numbers-mixed";
      readonly place: Place;
      /** Lines on which a decimal point and a decimal comma stand first. */
      readonly lines: readonly [number, number];
    }
  | { readonly code: "month-first"; readonly place: Place }
  | { readonly code: "numbers-ambiguous"; readonly place: Place }
  | { readonly code: "values-many"; readonly place: Place; readonly limit: number }
  | {
      readonly code: "answers-shifted";
      readonly place: Place;
      readonly low: number;
      readonly high: number;
      readonly by: -1 | 1;
    }
  | { readonly code: "fractions-few"; readonly place: Place; readonly records: number }
  | { readonly code: "labels-partly"; readonly place: Place }
  | { readonly code: "labels-strange"; readonly place: Place; readonly codes: readonly string[] }
  | { readonly code: "rows-shared"; readonly place: Place }
  | { readonly code: "where-none"; readonly place: Place; readonly skipped: number }
  | { readonly code: "item-reversed"; readonly place: Place; readonly item: string }
  | {
      readonly code: "covariate-missing-code";
      readonly place: Place;
      readonly answer: string;
      readonly records: number;
    }
  | { readonly code: "same-file"; readonly place: Place; readonly other: string }
  | {
      readonly code: "where-near";
      readonly place: Place;
      readonly wanted: string;
      readonly rows: number;
    }
  | {
      readonly code: "rows-unusable";
      readonly place: Place;
      readonly rejected: number;
      readonly rows: number;
      readonly limit: number;
      readonly reasons: readonly QuarantineCode[];
    }
  | { readonly code: "leaders-scientific"; readonly place: Place; readonly rows: number }
  | { readonly code: "missing-code-in-range"; readonly place: Place; readonly answer: string }
  | { readonly code: "waves-overlap"; readonly place: Place; readonly waves: readonly string[] }
  | {
      readonly code: "not-built-yet";
      readonly place: Place;
      readonly what: string;
      readonly available: readonly string[];
    }
  | { readonly code: "arm-unknown"; readonly place: Place; readonly arm: string; readonly allowed: readonly string[] }
  | { readonly code: "leader-unknown"; readonly leader: string; readonly nearest?: string }
  | { readonly code: "release-missing"; readonly study: string }
  | { readonly code: "ledger-missing"; readonly study: string }
  | { readonly code: "ledger-damaged"; readonly place: Place }
  | { readonly code: "figure-missing"; readonly study: string }
  | { readonly code: "folder-occupied"; readonly place: Place }
  | { readonly code: "file-exists"; readonly place: Place }
  | {
      readonly code: "import-no-item";
      readonly place: Place;
      readonly items: readonly string[];
      readonly nearest?: string;
    }
  | { readonly code: "import-open"; readonly place: Place; readonly open: readonly OpenPart[] }
  | { readonly code: "import-files"; readonly place: Place; readonly answers: readonly string[] }
  | { readonly code: "import-unconfirmed"; readonly place: Place }
  | { readonly code: "delivery-listed"; readonly place: Place; readonly wave: string; readonly rater: string }
  | { readonly code: "scales-unseen"; readonly place: Place }
  | { readonly code: "assignment-exists"; readonly place: Place }
  | {
      readonly code: "plan-locked";
      readonly place: Place;
      readonly locked: string;
      readonly differences: readonly string[];
    }
  | { readonly code: "plan-lock-altered"; readonly place: Place }
  | { readonly code: "arms-absent"; readonly study: string }
  | { readonly code: "arms-assigned"; readonly place: Place }
  | { readonly code: "row-unusable"; readonly place: Place; readonly fault: QuarantineCode }
  | { readonly code: "unit-across-blocks"; readonly place: Place; readonly unit: string }
  | { readonly code: "assignment-missing"; readonly place: Place }
  | {
      readonly code: "assignment-differs";
      readonly place: Place;
      readonly differences: readonly AssignmentDifference[];
    }
  | { readonly code: "usage"; readonly cause: string; readonly hint: string }
  | { readonly code: "package-missing"; readonly name: string }
  | { readonly code: "study-held"; readonly pid: number }
  | { readonly code: "disk-full"; readonly cause: string }
  | { readonly code: "memory-full"; readonly cause: string };

/** What of a file has to be said before it can be a delivery, and the columns or ids that it may be. */
export interface OpenPart {
  readonly what: "leader" | "item" | "wave" | "rater";
  /** The item; empty for the others. */
  readonly id: string;
  readonly candidates: readonly string[];
}

/** What a delivered file is that holds no table to read. */
export type ForeignFile =
  | "gzip"
  | "zip"
  | "html"
  | "pdf"
  | "encrypted-workbook"
  | "old-workbook"
  | "macro-workbook"
  | "other-spreadsheet";

/** Of what a file holds more than is read. */
export type Limited = "columns" | "rows" | "bytes" | "entries" | "cell" | "compression" | "values" | "descriptions";

/** In what an assignment is not as its record has it, and of how many leaders. */
export interface AssignmentDifference {
  readonly what: "record" | "by" | "shares" | "list" | "arm" | "left" | "joined" | "moved" | "roster-arm";
  readonly leaders: readonly string[];
}

/** Thrown where the input is at fault: carries what is wrong, all of it where more than one thing is. */
export class Refusal extends Error {
  readonly problems: readonly Problem[];
  constructor(...problems: readonly Problem[]) {
    super(problems.map((problem) => problem.code).join(", "));
    this.problems = problems;
  }
}

/** Why a row was not accepted; its place says where. */
export type QuarantineCode =
  | "too-few-cells"
  | "too-many-cells"
  | "quotes-malformed"
  | "record-malformed"
  | "leader-missing"
  | "leader-not-in-roster"
  | "unit-unknown"
  | "answer-not-a-number"
  | "answer-out-of-range"
  | "answer-fraction"
  | "answer-date"
  | "answer-missing-text"
  | "answer-not-declared"
  | "covariate-invalid"
  | "weight-invalid"
  | "value-invalid"
  | "duplicate"
  | "duplicate-conflict";
