import type { Language } from "../../src/errors.ts";
import type { Departures } from "../../src/estimation/trial/allocation.ts";
import type { Response } from "../../src/estimation/trial/response.ts";
import { interval, number, probability, textTable } from "./text-table.ts";
import { heads, say, type Word } from "./words.ts";

const columns: readonly Word[] = [
  "arm",
  "wave",
  "leaders",
  "withoutHeadcount",
  "beyondHeadcount",
  "employees",
  "answered",
  "perCent",
  "againstControl",
  "p",
];

const most = 12;
const named = (leaders: readonly string[]): string =>
  leaders.length > most ? `${leaders.slice(0, most).join(", ")}, …` : leaders.join(", ");

/** How the roster departs from the record of the draw; empty where it does not. */
export const allocationText = (allocation: Departures | null, language: Language): string => {
  if (allocation === null) return "";
  const changed = allocation.changed.map(({ leader }) => leader);
  return [
    changed.length > 0 ? `${changed.length} ${say("armChanged", language)}: ${named(changed)}` : "",
    allocation.joined.length > 0
      ? `${allocation.joined.length} ${say("armJoined", language)}: ${named(allocation.joined)}`
      : "",
    allocation.departed.length > 0
      ? `${allocation.departed.length} ${say("armDeparted", language)}: ${named(allocation.departed.map(({ leader }) => leader))}`
      : "",
  ]
    .filter((line) => line !== "")
    .join("\n");
};

const hundred = (share: number | null): number | null => share && 100 * share;

const responseRow = (one: Response, language: Language): readonly string[] => [
  one.arm,
  one.wave,
  number(one.leaders, 0, language),
  number(one.withoutHeadcount, 0, language),
  number(one.beyondHeadcount, 0, language),
  number(one.invited, 0, language),
  number(one.answered, 0, language),
  number(hundred(one.share), 1, language),
  one.difference === null
    ? "–"
    : `${number(100 * one.difference.estimate, 1, language)} ${interval(hundred(one.difference.low), hundred(one.difference.high), 1, language)}`,
  probability(one.p, language),
];

/** Response by arm and wave; empty where the roster has no headcounts. */
export const responseTable = (response: readonly Response[], language: Language): string =>
  response.every(({ invited }) => invited === 0)
    ? ""
    : `${say("employeeResponse", language)}\n${textTable([heads(columns, language), ...response.map((one) => responseRow(one, language))])}`;
