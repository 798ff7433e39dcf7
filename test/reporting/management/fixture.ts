import type { ManagementFacts } from "../../../src/reporting/management/model.ts";
import type { CellMean } from "../../../src/tables/aggregated.ts";

/** Made-up facts of the study in `research-fixture.ts`; every number here is invented. */
const waves = ["baseline", "midway", "endline"];

interface Part {
  readonly cell: string;
  readonly leaders: number;
  readonly means: readonly number[];
}

export const departments: readonly Part[] = [
  { cell: "Børn og Unge", leaders: 168, means: [60.7, 62.9, 65.1] },
  { cell: "Kultur og Fritid", leaders: 37, means: [62.4, 61.7, 62.5] },
  { cell: "Social og Beskæftigelse", leaders: 78, means: [60.2, 63.8, 65.3] },
  { cell: "Stab og Ledelse", leaders: 2, means: [71.37, 72.37, 73.37] },
  { cell: "Sundhed og Omsorg", leaders: 211, means: [61.3, 62.2, 63.6] },
  { cell: "Teknik og Miljø", leaders: 64, means: [59.4, 62.4, 64.1] },
];
const arms: readonly Part[] = [
  { cell: "control", leaders: 138, means: [60.2, 59.4, 58.8] },
  { cell: "transactional", leaders: 141, means: [60.5, 61.3, 62.3] },
  { cell: "transformational", leaders: 139, means: [61.3, 64.2, 67.0] },
  { cell: "combined", leaders: 142, means: [61.9, 63.8, 66.2] },
];
const whole: Part = { cell: "", leaders: 560, means: [60.9, 62.4, 63.6] };

const meansOf = (grouping: string, { cell, leaders, means }: Part): readonly CellMean[] =>
  means.map((mean, index) => ({
    ...{ grouping, cell, wave: waves[index]!, scale: "transformational", n: 11 * leaders, leaders, largest: 20, mean },
    se: 8.5 / Math.sqrt(leaders),
  }));

const groups: readonly (readonly [string, readonly Part[]])[] = [
  ["organisation", [whole]],
  ["arm", arms],
  ["department", departments],
];

export const facts: ManagementFacts = {
  means: groups.flatMap(([grouping, parts]) => parts.flatMap((part) => meansOf(grouping, part))),
  responses: groups.flatMap(([grouping, parts]) =>
    parts.flatMap(({ cell, leaders }, part) =>
      waves.map((wave, index) => ({
        ...{ grouping, cell, wave, leaders, measured: leaders - 1, largest: 20, invited: 16 * leaders },
        answered: (11 + (part % 3) - index) * leaders,
        answered_of_invited: (11 + (part % 3) - index) * leaders,
      })),
    ),
  ),
};
