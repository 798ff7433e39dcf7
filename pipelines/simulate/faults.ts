import { cellText, type Dialect, endRow, put, type Sink } from "./deliveries.ts";

type Kind =
  | "answer-out-of-range"
  | "answer-not-a-number"
  | "leader-unknown"
  | "too-few-cells"
  | "duplicate"
  | "conflicting-duplicate"
  | "number-with-letters";

/** A broken row and where it stands, counted in physical lines. */
export interface Fault {
  readonly file: string;
  readonly line: number;
  readonly kind: Kind;
}

/** By number of the employee file: after which record a broken one is slipped in. The same in a study of any size. */
const plan: readonly (readonly { readonly after: number; readonly kind: Kind }[])[] = [
  [
    { after: 5, kind: "answer-out-of-range" },
    { after: 9, kind: "leader-unknown" },
    { after: 14, kind: "too-few-cells" },
    { after: 20, kind: "duplicate" },
    { after: 26, kind: "conflicting-duplicate" },
    { after: 31, kind: "number-with-letters" },
  ],
  [
    { after: 8, kind: "too-few-cells" },
    { after: 17, kind: "leader-unknown" },
  ],
  [
    { after: 6, kind: "answer-out-of-range" },
    { after: 13, kind: "answer-not-a-number" },
  ],
];

const respondent = 0;
const leader = 1;
const tenure = 4;
const firstItem = 5;

function broken(kind: Kind, cells: readonly string[], dialect: Dialect, stranger: string): readonly string[] {
  const text = (value: string) => cellText(dialect, value);
  const other = cells.with(respondent, text(stranger));
  switch (kind) {
    case "answer-out-of-range":
      return other.with(firstItem, text("8"));
    case "answer-not-a-number":
      return other.with(firstItem + 1, text("4a"));
    case "leader-unknown":
      return other.with(leader, text("L0000"));
    case "too-few-cells":
      return other.slice(0, firstItem + 4);
    case "number-with-letters":
      return other.with(tenure, text("fire"));
    case "duplicate":
      return cells;
    case "conflicting-duplicate":
      return cells.with(firstItem, cells[firstItem] === text("2") ? text("4") : text("2"));
  }
}

/** Slips in the broken copy of the record just written, if the plan has one there; call after `endRow`. */
export function breakRow(sink: Sink, start: number, fileNumber: number): Kind | null {
  const fault = plan[fileNumber]?.find(({ after }) => after === sink.rows);
  if (fault === undefined) return null;
  // The bytes of these rows are the same in both encodings or kept as they are, so latin1 carries them unharmed.
  const { separator } = sink.dialect;
  const cells = sink.buffer.toString("latin1", start, sink.rowStart - 2).split(separator);
  const stranger = String(9_000_000_001 + 100 * fileNumber + fault.after);
  const row = broken(fault.kind, cells, sink.dialect, stranger).join(separator) + separator;
  put(sink, Buffer.from(row, "latin1"));
  endRow(sink);
  return fault.kind;
}
