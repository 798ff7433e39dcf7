import { aggregate } from "../../../disclosure/aggregate.ts";
import type { Rules } from "../../../disclosure/rules.ts";
import { roundTo } from "../../../disclosure/unit.ts";
import type { Analysis } from "../../../estimation/analysis.ts";
import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import type { Study } from "../../../study/study.ts";
import { answersAt } from "../../effect/facts.ts";
import { outcomeOf, type ReportedOutcome } from "../../page/reported-outcome.ts";
import type { ArrowsPart } from "./model.ts";

/** What is drawn has no more digits than what is written: the points of the arrow as displayed, the ellipse to three figures. */
const roundedArrow = (arrow: Arrow, x: ReportedOutcome, y: ReportedOutcome): Arrow => {
  const ends = (end: Arrow["x"], decimals: number) => ({
    before: roundTo(end.before, decimals),
    after: roundTo(end.after, decimals),
  });
  const short = (value: number) => Number(value.toPrecision(3));
  const { ellipse } = arrow;
  return {
    ...arrow,
    x: ends(arrow.x, x.decimals),
    y: ends(arrow.y, y.decimals),
    ellipse: ellipse && {
      xx: short(ellipse.xx),
      xy: short(ellipse.xy),
      yy: short(ellipse.yy),
      radiusSquared: short(ellipse.radiusSquared),
    },
  };
};

export const arrowsOf = (study: Study, analysis: Analysis, seen: ReadonlySet<string>, rules: Rules): ArrowsPart => {
  if (study.arms.length === 0) return { state: "absent", why: "no-arms" };
  if (!study.figure) return { state: "absent", why: "no-figure" };
  if (study.waves.length < 2) return { state: "absent", why: "one-wave" };
  if (!study.waves.some(({ baseline }) => baseline)) return { state: "absent", why: "no-baseline" };
  const x = outcomeOf(study, { scale: study.figure.x, rater: "employee" }, "primary");
  const y = outcomeOf(study, { scale: study.figure.y, rater: "employee" }, "primary");
  const last = study.waves.at(-1)?.id ?? "";
  const arrows = analysis.arrows.flatMap((arrow) => {
    if (!seen.has(arrow.arm) || arrow.leaders < rules.leaders) return [];
    const cell = aggregate(answersAt(analysis, last, [arrow.arm]), roundedArrow(arrow, x, y), rules);
    return cell.state === "shown" ? [{ arm: arrow.arm, cell }] : [];
  });
  if (arrows.length === 0) return { state: "absent", why: "suppressed" };
  return {
    state: "shown",
    x,
    y,
    arrows: arrows.map(({ cell }) => cell),
    suppressed: study.arms.flatMap(({ id }) => (arrows.some(({ arm }) => arm === id) ? [] : [id])),
  };
};
