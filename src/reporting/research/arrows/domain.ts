import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import type { Range } from "../../page/axis.ts";
import { outline, type Point } from "../../page/ellipse.ts";

export interface Domain {
  readonly x: Range;
  readonly y: Range;
}

const corners = 72;
/** Room for the labels beyond the ellipses, as a share of the scale. */
const margin = 0.025;
const ratios = { least: 0.72, most: 1 };

const stepOf = ({ low, high }: Range): number => 10 ** Math.ceil(Math.log10((high - low) / 100) - 1e-9);
const tidy = (value: number): number => Number(value.toPrecision(12));

/** `range` made `span` wide around its middle in whole steps, pushed back inside the scale where it leaves it. */
const widened = (range: Range, span: number, scale: Range): Range => {
  const step = stepOf(scale);
  const wanted = Math.min(Math.ceil(span / step - 1e-9) * step, scale.high - scale.low);
  const extra = Math.max(0, wanted - (range.high - range.low));
  const low = Math.floor((range.low - extra / 2) / step + 1e-9) * step;
  const inside = Math.min(Math.max(low, scale.low), scale.high - wanted);
  return extra === 0 ? range : { low: tidy(inside), high: tidy(inside + wanted) };
};

const excerpt = (values: readonly number[], scale: Range): Range => {
  const step = stepOf(scale);
  const room = margin * (scale.high - scale.low);
  const low = Math.floor((Math.min(...values) - room) / step + 1e-9) * step;
  const high = Math.ceil((Math.max(...values) + room) / step - 1e-9) * step;
  return { low: tidy(Math.max(low, scale.low)), high: tidy(Math.min(high, scale.high)) };
};

/** Where an arrow ends and begins, and the outline of its ellipse (its tip alone where it has none), on the scales. */
export const tip = ({ x, y }: Arrow): Point => ({ x: x.after, y: y.after });
export const start = ({ x, y }: Arrow): Point => ({ x: x.before, y: y.before });
export const outlineOf = (arrow: Arrow): readonly Point[] =>
  arrow.ellipse ? outline(tip(arrow), arrow.ellipse, corners) : [tip(arrow)];

/** The excerpt of both scales that holds every arrow and ellipse with a margin, in whole steps and nearly square. */
export const arrowsDomain = (arrows: readonly Arrow[], scales: Domain): Domain => {
  const points = arrows.flatMap((arrow) => [start(arrow), ...outlineOf(arrow)]);
  const x = excerpt(
    points.map((point) => point.x),
    scales.x,
  );
  const y = excerpt(
    points.map((point) => point.y),
    scales.y,
  );
  const full = { x: scales.x.high - scales.x.low, y: scales.y.high - scales.y.low };
  const ratio = (y.high - y.low) / full.y / ((x.high - x.low) / full.x);
  const wide = {
    x: ((y.high - y.low) / full.y / ratios.most) * full.x,
    y: ((x.high - x.low) / full.x) * ratios.least * full.y,
  };
  return {
    x: ratio > ratios.most ? widened(x, wide.x, scales.x) : x,
    y: ratio < ratios.least ? widened(y, wide.y, scales.y) : y,
  };
};
