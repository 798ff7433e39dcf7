import type { Language } from "../../src/errors.ts";
import type { Invariance } from "../../src/estimation/measurement/invariance.ts";
import { number, textTable } from "./text-table.ts";
import { say, type Word } from "./words.ts";

const kinds: Readonly<Record<Invariance["over"], Word>> = {
  wave: "waves",
  arm: "arms",
  rater: "leadersAgainstEmployees",
};

const raters: Readonly<Record<NonNullable<Invariance["rater"]>, Word>> = {
  self: "leaders",
  employee: "employees",
  superior: "superiors",
  indicator: "indicator",
};

const keyOf = ({ over, rater }: Invariance): string => `${over} ${rater ?? ""}`;

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

const heading = ({ over, rater }: Invariance, language: Language): string =>
  rater === null ? say(kinds[over], language) : `${say(kinds[over], language)} (${say(raters[rater], language)})`;

/** What a scale shares over all comparisons of one kind: `2/3` where not all of them could be made. */
const cell = (steps: readonly Invariance[], language: Language): string => {
  const first = steps[0];
  if (first === undefined) return "–";
  const metric = steps.filter(({ level, holds }) => level === "metric" && holds !== null);
  if (metric.length === 0) return steps.find(({ status }) => status !== "estimated")?.status ?? "–";
  const holdsAt = (level: Invariance["level"]): boolean =>
    steps.filter((step) => step.level === level && step.holds === true).length === metric.length;
  const level = !holdsAt("metric") ? "configural" : !holdsAt("scalar") ? "metric" : "scalar";
  const fall = Math.min(0, ...steps.flatMap(({ changeCfi }) => changeCfi ?? []));
  const rise = Math.max(0, ...steps.flatMap(({ changeRmsea }) => changeRmsea ?? []));
  const all = steps.filter((step) => step.level === "metric").length;
  const some = metric.length < all ? ` ${metric.length}/${all}` : "";
  const changes = `${number(fall, 3, language)} / +${number(rise, 3, language)}`;
  return `${say(level, language)} ${changes}${some}`;
};

const lowestCfi = (steps: readonly Invariance[], language: Language): string => {
  const found = steps.flatMap(({ level, cfi }) => (level === "configural" && cfi !== null ? [cfi] : []));
  return number(found.length > 0 ? Math.min(...found) : null, 3, language);
};

/** One line per scale; nothing where nothing can be compared. */
export const invarianceTable = (steps: readonly Invariance[], language: Language): string => {
  if (steps.length === 0) return "";
  const columns = distinct(steps.map(keyOf)).map((key) => steps.find((step) => keyOf(step) === key) as Invariance);
  const table = textTable([
    [say("scale", language), say("oneFactorCfi", language), ...columns.map((column) => heading(column, language))],
    ...distinct(steps.map(({ scale }) => scale)).map((scale) => {
      const own = steps.filter((step) => step.scale === scale);
      const cells = columns.map((column) => own.filter((step) => keyOf(step) === keyOf(column)));
      return [scale, lowestCfi(own, language), ...cells.map((some) => cell(some, language))];
    }),
  ]);
  return `${say("invariance", language)}\n${table}\n${say("invarianceLegend", language)}`;
};
