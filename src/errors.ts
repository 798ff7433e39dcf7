/** Where a fault lies: a file as the user named it, a physical line, and a column (number in the study file, header name in a delivery). */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number | string;
}

/** A part of a file that is not made of lines: which of its kind, counted from 1, and the byte at which it begins. */
export interface FileRecord {
  readonly kind:
    | "header"
    | "variable"
    | "value-labels"
    | "documents"
    | "integers"
    | "special-numbers"
    | "long-names"
    | "very-long-strings"
    | "encoding"
    | "long-string-labels"
    | "long-string-missing"
    | "extension"
    | "dictionary"
    | "case"
    | "zlib-header"
    | "zlib-trailer"
    | "zlib-block";
  readonly number?: number;
  readonly byte?: number;
}

export type Language = "da" | "en";

/** Everything that Spejl refuses. A problem never carries a response value or a name. */
export type Problem =
  | { readonly code: "file-missing"; readonly place: Place }
  | { readonly code: "file-unreadable"; readonly place: Place; readonly cause: string }
  | { readonly code: "file-outside"; readonly place: Place }
  | { readonly code: "file-changing"; readonly place: Place }
  | { readonly code: "record-cut"; readonly place: Place; readonly rows: number }
  | { readonly code: "rows-fewer"; readonly place: Place; readonly rows: number; readonly before: number }
  | { readonly code: "rows-incomplete"; readonly place: Place; readonly rows: number; readonly complete: number }
  | { readonly code: "leaders-cut"; readonly place: Place; readonly rows: number; readonly leaders: number }
  | {
      readonly code: "leaders-few";
      readonly place: Place;
      readonly rows: number;
      readonly answered: number;
      readonly expected: number;
    }
  | { readonly code: "file-empty"; readonly place: Place }
  | { readonly code: "file-binary"; readonly place: Place }
  | {
      readonly code: "format-differs";
      readonly place: Place;
      readonly declared: string;
      readonly found: string;
    }
  | { readonly code: "not-a-table"; readonly place: Place; readonly what: ForeignFile }
  | {
      readonly code: "file-damaged";
      readonly place: Place;
      readonly format: string;
      readonly cause: string;
      readonly record?: FileRecord;
    }
  | { readonly code: "limit-exceeded"; readonly place: Place; readonly what: Limited; readonly limit: number }
  | { readonly code: "header-absent"; readonly place: Place; readonly expected: readonly string[] }
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
      readonly why: "out-of-range" | "declared-missing" | "characters-unreadable" | "unusable";
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
  | {
      readonly code: "answers-perhaps-shifted";
      readonly place: Place;
      readonly low: number;
      readonly high: number;
      readonly by: -1 | 1;
      /** Records with the code that may be an answer instead of missing, and all with a code. */
      readonly records: number;
      readonly answered: number;
    }
  | {
      readonly code: "code-undeclared";
      readonly place: Place;
      readonly answer: string;
      readonly low: number;
      readonly high: number;
      readonly records: number;
    }
  | { readonly code: "fractions-few"; readonly place: Place; readonly records: number }
  | { readonly code: "labels-partly"; readonly place: Place }
  | { readonly code: "scores-contradict"; readonly place: Place }
  | { readonly code: "labels-strange"; readonly place: Place; readonly codes: readonly string[] }
  | { readonly code: "rows-shared"; readonly place: Place }
  | { readonly code: "where-none"; readonly place: Place; readonly skipped: number }
  | { readonly code: "item-reversed"; readonly place: Place; readonly item: string }
  | {
      readonly code: "items-blank-together";
      readonly place: Place;
      readonly columns: readonly string[];
      readonly rows: number;
      readonly of: number;
    }
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
      readonly code: "rows-unfinished";
      readonly place: Place;
      readonly rows: number;
      /** What leaves them out, as the study file has it. */
      readonly where: string;
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
  | { readonly code: "names-alike"; readonly place: Place; readonly names: number }
  | {
      readonly code: "respondents-otherwise";
      readonly place: Place;
      readonly other: string;
      readonly respondents: number;
    }
  | { readonly code: "missing-code-in-range"; readonly place: Place; readonly answer: string }
  | {
      readonly code: "sessions-overlap";
      readonly place: Place;
      readonly sessions: readonly [string, string];
      readonly of: "coach" | "group";
    }
  | {
      readonly code: "coaches-several";
      readonly place: Place;
      readonly group: string;
      readonly coaches: readonly [string, string];
    }
  | {
      readonly code: "group-unusual";
      readonly place: Place;
      readonly group: string;
      readonly leaders: number;
      readonly why: "size" | "one-department" | "no-coach";
    }
  | { readonly code: "marks-unplaced"; readonly place: Place; readonly marks: number }
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
  | { readonly code: "release-damaged"; readonly place: Place }
  | { readonly code: "release-outdated"; readonly place: Place }
  | { readonly code: "vault-damaged"; readonly place: Place }
  | { readonly code: "kept-damaged"; readonly place: Place }
  | { readonly code: "key-altered"; readonly place: Place }
  | { readonly code: "key-missing"; readonly place: Place }
  | {
      readonly code: "ledger-damaged";
      readonly place: Place;
      readonly cause: "absent" | "altered" | "unreadable";
    }
  | { readonly code: "ledger-outdated"; readonly place: Place; readonly form: number; readonly expected: number }
  | { readonly code: "ledger-missing"; readonly study: string }
  | { readonly code: "candidate-leaks"; readonly place: Place; readonly facts: readonly string[] }
  | { readonly code: "release-leaks"; readonly place: Place; readonly facts: readonly string[] }
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
  | { readonly code: "rows-erased"; readonly place: Place; readonly rows: number }
  | { readonly code: "record-damaged"; readonly place: Place }
  | { readonly code: "key-other"; readonly place: Place }
  | { readonly code: "lock-damaged"; readonly place: Place }
  | { readonly code: "log-missing"; readonly place: Place }
  | { readonly code: "log-broken"; readonly place: Place; readonly lines: readonly number[] }
  | { readonly code: "log-differs"; readonly place: Place; readonly entry: number; readonly entries: number }
  | { readonly code: "entry-pruned"; readonly place: Place; readonly entry: number; readonly pruned: number }
  | { readonly code: "erasures-other-key"; readonly place: Place; readonly persons: number }
  | { readonly code: "erasures-missing"; readonly place: Place; readonly persons: number }
  | { readonly code: "person-absent"; readonly place: Place }
  | { readonly code: "traces-left"; readonly place: Place; readonly traces: number }
  | { readonly code: "unconfirmed"; readonly command: string }
  | { readonly code: "retention-ended"; readonly place: Place; readonly what: RetentionClass; readonly date: string }
  | {
      readonly code: "retention-overdue";
      readonly place: Place;
      readonly what: RetentionClass | "texts";
      readonly date: string;
    }
  | { readonly code: "backup-absent"; readonly place: Place }
  | { readonly code: "backup-damaged"; readonly place: Place }
  | { readonly code: "backup-locked"; readonly place: Place }
  | { readonly code: "secret-weak"; readonly place: Place; readonly cause: "short" | "readable" }
  | { readonly code: "server-running"; readonly study: string; readonly pid: number }
  | { readonly code: "store-of-another"; readonly place: Place; readonly user: number }
  | { readonly code: "port-taken"; readonly port: number }
  | { readonly code: "demo-not-synthetic"; readonly study: string }
  | { readonly code: "person-unknown"; readonly person: string; readonly nearest?: string }
  | { readonly code: "usage"; readonly cause: string; readonly hint: string }
  | { readonly code: "package-missing"; readonly name: string }
  | { readonly code: "study-held"; readonly pid: number }
  | { readonly code: "disk-full"; readonly cause: string }
  | { readonly code: "memory-full"; readonly cause: string }
  | { readonly code: "handles-full"; readonly cause: string }
  | { readonly code: "path-unusable"; readonly place: Place; readonly cause: string };

/** What of a study is kept for a time: deliveries as they came, the key of the pseudonyms, responses in the vault. */
export type RetentionClass = "raw" | "key" | "responses";

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
  | "id-too-long"
  | "leader-missing"
  | "leader-not-in-roster"
  | "leader-not-in-post"
  | "unit-unknown"
  | "answer-not-a-number"
  | "answer-out-of-range"
  | "answer-fraction"
  | "answer-date"
  | "answer-missing-text"
  | "answer-not-declared"
  | "answer-unlabelled"
  | "weight-invalid"
  | "duplicate"
  | "duplicate-conflict";
