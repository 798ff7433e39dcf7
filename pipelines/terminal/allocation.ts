import type { Language } from "../../src/errors.ts";
import type { Analysis } from "../../src/estimation/analysis.ts";
import type { AllocationFound } from "../../src/estimation/trial/allocation.ts";
import type { Response } from "../../src/estimation/trial/response.ts";
import { interval, number, probability, textTable } from "./tables.ts";

const words = {
  da: {
    changed:
      "ledere står i rosteren i en anden arm end den, de blev trukket til, og analyseres i den, de blev trukket til",
    joined: "ledere i rosteren var der ikke, da armene blev trukket, og er i ingen arm",
    response: "Medarbejdernes svar efter rosterens antal ansatte",
    columns: ["arm", "måling", "ledere", "uden antal", "ansatte", "svar", "svarprocent", "forskel til kontrol", "p"],
  },
  en: {
    changed:
      "leaders are in another arm in the roster than they were drawn to, and are analysed in the one they were drawn to",
    joined: "leaders of the roster were not there when arms were drawn, and are in no arm",
    response: "Response of employees by the headcounts of the roster",
    columns: ["arm", "wave", "leaders", "no headcount", "employees", "answers", "per cent", "against control", "p"],
  },
} as const;

const most = 12;
const named = (leaders: readonly string[]): string =>
  leaders.length > most ? `${leaders.slice(0, most).join(", ")}, …` : leaders.join(", ");

/** How the roster departs from the record of the draw; empty where it does not. */
export const allocationText = (allocation: AllocationFound | null, language: Language): string => {
  if (allocation === null) return "";
  const changed = allocation.changed.map(({ leader }) => leader);
  return [
    changed.length > 0 ? `${changed.length} ${words[language].changed}: ${named(changed)}` : "",
    allocation.joined.length > 0
      ? `${allocation.joined.length} ${words[language].joined}: ${named(allocation.joined)}`
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
  number(one.invited, 0, language),
  number(one.answered, 0, language),
  number(hundred(one.share), 1, language),
  one.difference === null
    ? "–"
    : `${number(100 * one.difference.estimate, 1, language)} ${interval(hundred(one.difference.low), hundred(one.difference.high), 1, language)}`,
  probability(one.p, language),
];

/** Response by arm and wave; empty where the roster has no headcounts. */
export const responseTable = ({ response }: Pick<Analysis, "response">, language: Language): string =>
  response.every(({ invited }) => invited === 0)
    ? ""
    : `${words[language].response}\n${textTable([words[language].columns, ...response.map((one) => responseRow(one, language))])}`;
