import { answerCode, codes, constructs, selfConstructs } from "./answers.ts";
import { cellBytes, type Dialect, endRow, put, type Sink } from "./deliveries.ts";
import { departments, leaderId } from "./organisation.ts";
import type { SyntheticWave } from "./programme.ts";
import type { Random } from "./random.ts";
import { type Employee, elapsed } from "./team.ts";

/** The bytes of the cells that every row repeats, made once per dialect. */
interface Stamps {
  readonly answers: readonly Buffer[];
  readonly woman: Buffer;
  readonly man: Buffer;
  readonly departments: readonly Buffer[];
}

const stampsOf = (dialect: Dialect): Stamps => ({
  answers: Array.from({ length: codes.notAsked + 1 }, (_, code) =>
    cellBytes(dialect, [code === codes.blank ? "" : String(code)]),
  ),
  woman: cellBytes(dialect, ["1"]),
  man: cellBytes(dialect, ["2"]),
  departments: departments.map((name) => cellBytes(dialect, [name])),
});

const stamps = new Map<Dialect, Stamps>();
function stampsFor(dialect: Dialect): Stamps {
  const known = stamps.get(dialect) ?? stampsOf(dialect);
  stamps.set(dialect, known);
  return known;
}

const decimal = (tenths: number, dialect: Dialect): string =>
  `${Math.floor(tenths / 10)}${dialect.decimal}${tenths % 10}`;

/** One employee's row: who, about whom, background, and an answer drawn for each item from the trait of its construct. */
export function writeEmployee(
  sink: Sink,
  employee: Employee,
  leader: { readonly index: number; readonly department: number },
  wave: SyntheticWave,
  traits: Float64Array,
  shortForm: boolean,
  random: Random,
): void {
  const { dialect } = sink;
  const stamp = stampsFor(dialect);
  put(sink, cellBytes(dialect, [employee.id, leaderId(leader.index)]));
  put(sink, stamp.departments[leader.department]!);
  put(sink, random.uniform() < 0.01 ? stamp.answers[codes.blank]! : employee.woman ? stamp.woman : stamp.man);
  const tenure = Math.max(0, employee.tenure + elapsed(wave));
  put(sink, cellBytes(dialect, [random.uniform() < 0.015 ? "" : decimal(tenure, dialect)]));
  for (let c = 0; c < constructs.length; c++)
    for (const item of constructs[c]!.items) {
      const code = answerCode(item, traits[c]!, random.uniform(), random.uniform());
      put(sink, stamp.answers[shortForm && item.long ? codes.notAsked : code]!);
    }
  endRow(sink);
}

/** One leader's row about the own leadership. */
export function writeSelf(sink: Sink, leader: number, traits: Float64Array, random: Random): void {
  const stamp = stampsFor(sink.dialect);
  put(sink, cellBytes(sink.dialect, [leaderId(leader)]));
  selfConstructs.forEach(({ items }, c) => {
    for (const item of items)
      put(sink, stamp.answers[answerCode(item, traits[c]!, random.uniform(), random.uniform())]!);
  });
  endRow(sink);
}
