import { nonLinear } from "../../../disclosure/aggregate.ts";
import { suppressed } from "../../../disclosure/published.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { SurfaceParameter } from "../../../stats/regression/response-surface.ts";
import type { Study, Text } from "../../../study/study.ts";
import type { SurfaceNumber, SurfaceRow } from "./model.ts";

/** Curvatures are small in points: three figures, as slopes. */
const short = (value: number): number => Number(value.toPrecision(3));
const numberOf = ({ estimate, low, high }: SurfaceParameter): SurfaceNumber => ({
  estimate: short(estimate),
  low: short(low),
  high: short(high),
});

/** Surfaces of the primary scales over the plan's secondary outcomes, a row each. */
export const surfacesOf = (study: Study, analysis: Analysis, rules: Rules): readonly SurfaceRow[] => {
  const nameOf = (id: string): Text =>
    study.instrument.scales.find((scale) => scale.id === id)?.name ?? { da: id, en: id };
  return analysis.intendedPerceived
    .filter(({ wave }) => wave === study.waves.at(-1)?.id)
    .filter(({ scale }) => study.plan.primary.some((outcome) => outcome.scale === scale))
    .flatMap(({ scale, surfaces }) =>
      surfaces.map(({ outcome, leaders, surface, status }) => ({
        scale,
        name: nameOf(scale),
        outcome,
        outcomeName: nameOf(outcome),
        leaders,
        status,
        parameters:
          surface === null
            ? suppressed
            : nonLinear(
                { n: leaders, leaders, largest: 1 },
                {
                  a1: numberOf(surface.a1),
                  a2: numberOf(surface.a2),
                  a3: numberOf(surface.a3),
                  a4: numberOf(surface.a4),
                  a5: numberOf(surface.a5),
                },
                rules,
              ),
      })),
    );
};
