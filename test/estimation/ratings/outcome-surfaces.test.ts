import { describe, expect, it } from "vitest";
import type { LeaderMeans } from "../../../src/estimation/design/leader-means.ts";
import { outcomeSurfaces } from "../../../src/estimation/ratings/outcome-surfaces.ts";
import { responseSurface } from "../../../src/stats/regression/response-surface.ts";
import type { Study } from "../../../src/study/study.ts";

const own = [52, 61, 70, 48, 66, 75, 58, 69];
const perceived = [50, 49, 72, 60, 55, 71, 66, 45];
const outcome = [40, 51, 49, 62, 47, 70, 55, 66];

const means = (values: readonly number[], missing = -1): LeaderMeans => ({
  n: Float64Array.from(values, (_, leader) => (leader === missing ? 0 : 3)),
  mean: Float64Array.from(values),
});

const study = (...secondary: readonly { readonly scale: string; readonly rater: string }[]) =>
  ({ plan: { secondary, confidence: 0.95 } }) as unknown as Study;
const motivation = { scale: "motivation", rater: "employee" };

const surfaces = (leaders: number, given = study(motivation), missing = -1) => {
  const first = (values: readonly number[]) => values.slice(0, leaders);
  return outcomeSurfaces(given, () => means(first(outcome)), {
    scale: "vision",
    wave: 1,
    own: means(first(own), missing),
    employees: means(first(perceived)),
    middle: 50,
  });
};

describe("the response surface of another outcome", () => {
  it("is that of both ratings from the middle of the scale", () => {
    const centred = (values: readonly number[]) => Float64Array.from(values, (value) => value - 50);
    const expected = responseSurface(centred(own), centred(perceived), Float64Array.from(outcome), 0.95);
    expect(surfaces(8)).toEqual([{ outcome: "motivation", leaders: 8, surface: expected, status: "estimated" }]);
  });

  it("takes seven leaders who have all three means", () => {
    expect(surfaces(8, study(motivation), 2)[0]).toMatchObject({ leaders: 7, status: "estimated" });
    expect(surfaces(7, study(motivation), 2)).toEqual([
      { outcome: "motivation", leaders: 6, surface: null, status: "too-few-leaders" },
    ]);
    expect(surfaces(0)[0]).toMatchObject({ leaders: 0, status: "no-data" });
  });

  it("is of what employees rate, and not of the scale itself", () => {
    const others = study({ scale: "vision", rater: "employee" }, { scale: "motivation", rater: "self" });
    expect(surfaces(8, others)).toEqual([]);
  });
});
