import type { Cells } from "../../stats/moments/moments.ts";
import type { Study, Wave } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import { type Design, followUpWaves } from "../design/design.ts";
import { away, employeeAnswers, type ResponseCount, rosterOf } from "../design/presence.ts";

/** Of one arm (null in a study without arms), the way from the roster to the analysis. Employees count answers, not persons. */
export interface FlowArm {
  readonly arm: string | null;
  readonly randomised: { readonly leaders: number; readonly employees: number | null };
  readonly waves: readonly {
    readonly wave: string;
    /** Leaders who had left (roster `to` before the wave opens) or come later. */
    readonly moved: number;
    /** Still there, but nobody answered. */
    readonly unanswered: number;
    /** Some answers, but fewer than the disclosure threshold; they are analysed all the same. */
    readonly underThreshold: number;
    readonly measured: number;
    readonly employees: number;
  }[];
  /**
   * Attendance of the leaders whose sessions the roster knows: mean sessions, and how many count as trained. A
   * description, never an effect: nobody drew how often to attend. Null where it knows none.
   */
  readonly takeUp: { readonly known: number; readonly trained: number; readonly sessions: number } | null;
  /** In the primary estimate of the last wave. */
  readonly analysed: { readonly leaders: number; readonly employees: number };
  /** Employees of the leader with the most of them, by wave and in the primary estimate; for disclosure control alone. */
  readonly largest: { readonly waves: Readonly<Record<string, number>>; readonly analysed: number };
}

/** What the flow is counted from; `analysed` are the cells of the primary estimate. */
export interface FlowSource {
  readonly study: Study;
  readonly design: Design;
  readonly roster: readonly RosterRow[];
  readonly responses: readonly ResponseCount[];
  readonly analysed: Cells | null;
}

function flowOfWave(
  study: Study,
  leaders: readonly RosterRow[],
  answers: (leader: string, wave: string) => number,
  wave: Wave,
): FlowArm["waves"][number] {
  const counts = { moved: 0, unanswered: 0, underThreshold: 0, measured: 0, employees: 0 };
  for (const row of leaders) {
    const n = answers(row.leader, wave.id);
    counts.employees += n;
    if (n >= study.disclosure.respondents) counts.measured++;
    else if (n > 0) counts.underThreshold++;
    else if (away(row, wave)) counts.moved++;
    else counts.unanswered++;
  }
  return { wave: wave.id, ...counts };
}

/** Leaders and rows at the last wave in the cells, of one arm (−1: of everyone). */
function analysedOf({ study, design, analysed }: FlowSource, arm: number) {
  const last = followUpWaves(study).at(-1);
  const leaders = new Map<number, number>();
  analysed?.leader.forEach((leader, c) => {
    if (analysed.wave[c] !== last || analysed.n[c] === 0 || (arm >= 0 && design.arm[leader] !== arm)) return;
    leaders.set(leader, (leaders.get(leader) ?? 0) + analysed.n[c]!);
  });
  const teams = [...leaders.values()];
  return {
    analysed: { leaders: leaders.size, employees: teams.reduce((sum, n) => sum + n, 0) },
    largest: teams.reduce((most, n) => Math.max(most, n), 0),
  };
}

function takeUpOf({ plan }: Study, leaders: readonly RosterRow[]): FlowArm["takeUp"] {
  const sessions = leaders.flatMap(({ attended }) => attended ?? []);
  if (sessions.length === 0) return null;
  return {
    known: sessions.length,
    trained: sessions.filter((count) => count >= plan.trainedFrom).length,
    sessions: sessions.reduce((sum, count) => sum + count, 0) / sessions.length,
  };
}

/** Employees as the roster counts them; null unless it does so for every leader. */
function employeesOf(leaders: readonly RosterRow[]): number | null {
  if (leaders.length === 0 || leaders.some((row) => row.employees === null)) return null;
  return leaders.reduce((sum, row) => sum + row.employees!, 0);
}

/**
 * The way from the roster to the analysis, by arm (CONSORT). In every wave randomised = moved + unanswered +
 * underThreshold + measured: a leader with answers is never counted as moved, whatever the roster says.
 */
export function flow(source: FlowSource): readonly FlowArm[] {
  const { study, roster, responses } = source;
  const answers = employeeAnswers(responses);
  const largestAt = (leaders: readonly RosterRow[]) =>
    Object.fromEntries(
      study.waves.map(({ id }) => [id, leaders.reduce((most, { leader }) => Math.max(most, answers(leader, id)), 0)]),
    );
  const ofArm = (arm: string | null, leaders: readonly RosterRow[], index: number): FlowArm => {
    const { analysed, largest } = analysedOf(source, index);
    return {
      arm,
      randomised: { leaders: leaders.length, employees: employeesOf(leaders) },
      waves: study.waves.map((wave) => flowOfWave(study, leaders, answers, wave)),
      takeUp: takeUpOf(study, leaders),
      analysed,
      largest: { waves: largestAt(leaders), analysed: largest },
    };
  };
  if (study.arms.length === 0) return [ofArm(null, roster, -1)];
  return study.arms.map((arm, index) => ofArm(arm.id, rosterOf(roster, arm.id), index));
}
