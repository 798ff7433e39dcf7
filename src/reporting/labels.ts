import type { Point } from "./ellipse.ts";

/** Pixels, y downwards. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a label names: its outline, the way it prefers to lie from it (a vector, y downwards), and the size of its text. */
export interface Labelled {
  readonly outline: readonly Point[];
  readonly direction: Point;
  readonly width: number;
  readonly height: number;
}

/** What no label may cover: points (ellipses, arrows) and boxes (the locator). */
export interface Obstacles {
  readonly frame: Box;
  readonly points: readonly Point[];
  readonly boxes: readonly Box[];
}

interface Candidate {
  readonly box: Box;
  readonly cost: number;
}

const gap = 8;
const clear = 3;
const distances = [0, 12, 28, 48, 76, 110];
const angles = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);

const grown = (box: Box, by: number): Box => ({
  left: box.left - by,
  top: box.top - by,
  right: box.right + by,
  bottom: box.bottom + by,
});
const holds = (box: Box, { x, y }: Point): boolean => x > box.left && x < box.right && y > box.top && y < box.bottom;
const overlap = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
const bounds = (points: readonly Point[]): Box => ({
  left: Math.min(...points.map(({ x }) => x)),
  right: Math.max(...points.map(({ x }) => x)),
  top: Math.min(...points.map(({ y }) => y)),
  bottom: Math.max(...points.map(({ y }) => y)),
});

/** The box of a label beside the outline in the direction of `angle`, moved into the frame where it sticks out. */
const beside = (item: Labelled, angle: number, distance: number, frame: Box): Box => {
  const reach = (point: Point) => point.x * Math.cos(angle) + point.y * Math.sin(angle);
  const edge = item.outline.reduce((furthest, point) => (reach(point) > reach(furthest) ? point : furthest));
  const centre = {
    x: edge.x + Math.cos(angle) * (gap + distance + item.width / 2),
    y: edge.y + Math.sin(angle) * (gap + distance + item.height / 2),
  };
  const left = Math.min(Math.max(centre.x - item.width / 2, frame.left), frame.right - item.width);
  const top = Math.min(Math.max(centre.y - item.height / 2, frame.top), frame.bottom - item.height);
  return { left, top, right: left + item.width, bottom: top + item.height };
};

const candidates = (item: Labelled, { frame, points, boxes }: Obstacles): readonly Candidate[] =>
  angles
    .flatMap((angle) =>
      distances.map((distance) => {
        const box = beside(item, angle, distance, frame);
        const covered = points.filter((point) => holds(grown(box, clear), point)).length;
        const blocked = boxes.reduce((sum, other) => sum + overlap(grown(box, clear), other), 0);
        const turned = item.direction.x * Math.cos(angle) + item.direction.y * Math.sin(angle);
        return { box, cost: 1000 * covered + 50 * blocked + distance - 8 * turned };
      }),
    )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 48);

/**
 * A box for each label, in order: outside every ellipse, off every arrow, inside the frame, clear of the other labels
 * and as near as that allows. Labels move in turn to the cheapest place beside the others until none wants to.
 */
export const placeLabels = (items: readonly Labelled[], obstacles: Obstacles): readonly Box[] => {
  const choices = items.map((item) => candidates(item, obstacles));
  const placed = choices.map((choice) => choice[0]!.box);
  for (let round = 0; round < 12; round += 1) {
    let moved = false;
    for (const [index, choice] of choices.entries()) {
      const total = ({ box, cost }: Candidate) =>
        placed.reduce((sum, other, at) => (at === index ? sum : sum + 50 * overlap(grown(box, clear), other)), cost);
      const best = choice.reduce((least, candidate) => (total(candidate) < total(least) ? candidate : least)).box;
      if (best !== placed[index]) moved = true;
      placed[index] = best;
    }
    if (!moved) break;
  }
  return placed;
};

/** How far a label lies from what it names, in pixels. */
export const distanceTo = (box: Box, points: readonly Point[]): number => {
  const outer = bounds(points);
  const dx = Math.max(box.left - outer.right, outer.left - box.right, 0);
  const dy = Math.max(box.top - outer.bottom, outer.top - box.bottom, 0);
  return Math.hypot(dx, dy);
};
