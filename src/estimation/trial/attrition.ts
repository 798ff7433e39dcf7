import { equalProportions } from "../../stats/trial/contingency.ts";
import type { Study } from "../../study/study.ts";
import type { RosterRow } from "../../tables/roster.ts";
import { type Design, followUpWaves, isByUnit } from "../design/design.ts";
import { employeeAnswers, type ResponseCount, rosterOf } from "../design/presence.ts";
import type { Status } from "../design/status.ts";
import { shareFit, shareTest } from "./share-test.ts";

/** Leaders of one arm who are lost at one wave; `share` from 0 to 1, null for an arm without leaders. */
export interface Attrition {
  readonly arm: string;
  readonly wave: string;
  readonly leaders: number;
  readonly lost: number;
  readonly share: number | null;
  /**
   * Test of equal loss in all arms, the same on each row of a wave: Fisher's or χ² where leaders were drawn; where whole
   * units were, cluster-robust over the units.
   */
  readonly p: number | null;
  readonly status: Status;
}

/**
 * Leaders of the roster without any accepted employee answer at a follow-up wave, by arm, with one test per wave of
 * equal loss in all arms (`equalProportions`). Empty for a study without arms; `arm-empty` for an arm without leaders.
 */
export function attrition(
  study: Study,
  design: Design,
  roster: readonly RosterRow[],
  responses: readonly ResponseCount[],
): readonly Attrition[] {
  const answers = employeeAnswers(responses);
  return followUpWaves(study).flatMap((index) => {
    const wave = study.waves[index]!.id;
    const groups = study.arms.map((arm) => {
      const leaders = rosterOf(roster, arm.id);
      return {
        arm: arm.id,
        n: leaders.length,
        events: leaders.filter((row) => answers(row.leader, wave) === 0).length,
      };
    });
    const lost = (leader: string): number => Number(answers(leader, wave) === 0);
    const alike = groups.every(({ events }) => events === 0) || groups.every(({ n, events }) => events === n);
    const shares = design.leaders.map((id, leader) => ({ leader, rows: 1, events: lost(id) }));
    const fitted = isByUnit(design) && !alike ? shareFit(design, shares) : null;
    const p = isByUnit(design) && !alike ? ((fitted && shareTest(fitted)?.p) ?? null) : equalProportions(groups);
    return groups.map(
      ({ arm, n, events }): Attrition => ({
        arm,
        wave,
        leaders: n,
        lost: events,
        share: n > 0 ? events / n : null,
        p: n > 0 ? p : null,
        status: n > 0 ? "estimated" : "arm-empty",
      }),
    );
  });
}
