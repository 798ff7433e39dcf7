import type { Problem, RetentionClass } from "../../src/errors.ts";
import { readRetired } from "../../src/store/persons/retired.ts";
import { monthsAfter } from "../../src/study/days.ts";
import type { Study } from "../../src/study/study.ts";
import { textsOverdueSince } from "./leader-texts.ts";

type Overdue = Extract<Problem, { code: "retention-overdue" }>;

/** What of its store a study should have deleted by today: the time is counted from the last day of the last wave. */
const overdueInStore = async (study: Study, today: string): Promise<readonly Overdue[]> => {
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

/** What a study should have deleted by today. */
export const overdue = async (study: Study, today: string): Promise<readonly Overdue[]> => {
  const date = await textsOverdueSince(study.folder, today);
  const texts: readonly Overdue[] =
    date === null ? [] : [{ code: "retention-overdue", place: { file: "study.yaml" }, what: "texts", date }];
  return [...(await overdueInStore(study, today)), ...texts];
};
