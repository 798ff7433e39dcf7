import type { Arrow } from "../../estimation/trial/change-arrows.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

type Shape = NonNullable<Arrow["ellipse"]>;

/** Outline of { p : (p − centre)' Σ⁻¹ (p − centre) = radius² }, in the unit of the centre, as `corners` points, not closed. */
export const outline = (centre: Point, { xx, xy, yy, radiusSquared }: Shape, corners: number): readonly Point[] => {
  const radius = Math.sqrt(radiusSquared);
  const l11 = Math.sqrt(xx);
  const l21 = l11 > 0 ? xy / l11 : 0;
  const l22 = Math.sqrt(Math.max(0, yy - l21 * l21));
  return Array.from({ length: corners }, (_, index) => {
    const angle = (2 * Math.PI * index) / corners;
    const [u, v] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return { x: centre.x + l11 * u, y: centre.y + l21 * u + l22 * v };
  });
};

/** Whether the ellipse around `centre` covers `point`; a flat ellipse covers everything, since it cannot exclude anything. */
export const covers = (centre: Point, { xx, xy, yy, radiusSquared }: Shape, point: Point): boolean => {
  const determinant = xx * yy - xy * xy;
  if (determinant <= 1e-12 * xx * yy) return true;
  const [dx, dy] = [point.x - centre.x, point.y - centre.y];
  return (yy * dx * dx - 2 * xy * dx * dy + xx * dy * dy) / determinant <= radiusSquared;
};
