import type { Problem, RetentionClass } from "../../src/errors.ts";
import { readRetired } from "../../src/store/persons/retired.ts";
import type { Study } from "../../src/study/study.ts";

type Overdue = Extract<Problem, { code: "retention-overdue" }>;

/** The same day some months later; the last of the month where it has no such day. */
export const monthsAfter = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
};

/** What a study should have deleted by today: its time is counted from the last day of the last wave. */
export const overdue = async (study: Study, today: string): Promise<readonly Overdue[]> => {
  const last = study.waves
    .map(({ to }) => to)
    .sort()
    .at(-1);
  const retired = await readRetired(study.folder);
  return (Object.entries(study.retention) as [RetentionClass, number | null][]).flatMap(([what, months]): Overdue[] => {
    if (months === null || last === undefined || retired[what] !== undefined) return [];
    const date = monthsAfter(last, months);
    return date < today ? [{ code: "retention-overdue", place: { file: "study.yaml" }, what, date }] : [];
  });
};

export const today = (): string => new Date().toISOString().slice(0, 10);
