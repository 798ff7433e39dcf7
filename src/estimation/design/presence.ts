import type { Wave } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import type { responseCounts } from "../../tables/scored.ts";
import type { Row } from "../../tables/table.ts";

/** Accepted answers of one leader, wave and rater. */
export type ResponseCount = Row<typeof responseCounts>;

/** Accepted employee answers by leader and wave, 0 where there are none. */
export function employeeAnswers(counts: readonly ResponseCount[]): (leader: string, wave: string) => number {
  const answers = new Map<string, Map<string, number>>();
  for (const { leader, wave, rater, n } of counts) {
    if (rater !== "employee") continue;
    const ofWave = answers.get(wave) ?? new Map<string, number>();
    ofWave.set(leader, (ofWave.get(leader) ?? 0) + n);
    answers.set(wave, ofWave);
  }
  return (leader, wave) => answers.get(wave)?.get(leader) ?? 0;
}

/** Whether a leader did not lead when a wave opened: it had left, or came later. */
export const away = (row: RosterRow, wave: Wave): boolean =>
  (row.to_date !== null && row.to_date < wave.from) || (row.from_date !== null && row.from_date > wave.from);

/** Leaders of the roster by arm, in the order of the arms. */
export const rosterOf = (roster: readonly RosterRow[], arm: string): readonly RosterRow[] =>
  roster.filter((row) => row.arm === arm);
