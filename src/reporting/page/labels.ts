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
  /** Points of the line from the label to what it names; empty where it lies close enough to need none. */
  readonly line: readonly Point[];
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
/** A label nearer than this to what it names needs no line to it. */
const nearEnough = 22;

/** The line from a label to what it names: from the label's edge to the nearest point of the outline. */
export const lineTo = (box: Box, outline: readonly Point[]): readonly [Point, Point] => {
  const edge = ({ x, y }: Point): Point => ({
    x: Math.min(Math.max(x, box.left), box.right),
    y: Math.min(Math.max(y, box.top), box.bottom),
  });
  const length = (point: Point) => Math.hypot(point.x - edge(point).x, point.y - edge(point).y);
  const near = outline.reduce((best, point) => (length(point) < length(best) ? point : best));
  return [edge(near), near];
};

const sampled = ([from, to]: readonly [Point, Point]): readonly Point[] =>
  Math.hypot(to.x - from.x, to.y - from.y) < nearEnough
    ? []
    : [0.1, 0.25, 0.4, 0.55, 0.7, 0.85].map((share) => ({
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
      }));

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
        const line = sampled(lineTo(box, item.outline));
        const away = line.length > 0 ? 60 : 0;
        return { box, line, cost: 1000 * covered + 50 * blocked + 2 * distance + away - 8 * turned };
      }),
    )
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 60);

/** What two labels cost each other: shared ground, or one's line through the other. */
const clash = (a: Candidate, b: Candidate): number =>
  50 * overlap(grown(a.box, clear), b.box) +
  400 * (a.line.filter((point) => holds(b.box, point)).length + b.line.filter((point) => holds(a.box, point)).length);

/** From each label's own best place, labels move in turn to the cheapest one beside the others until none wants to. */
const settled = (choices: readonly (readonly Candidate[])[], first: number): readonly Candidate[] => {
  const placed = choices.map((choice) => choice[0]!);
  const total = (candidate: Candidate, own: number) =>
    placed.reduce((sum, other, at) => (at === own ? sum : sum + clash(candidate, other)), candidate.cost);
  for (let turn = 0; turn < 12 * choices.length; turn += 1) {
    const own = (first + turn) % choices.length;
    placed[own] = choices[own]!.reduce((least, each) => (total(each, own) < total(least, own) ? each : least));
  }
  return placed;
};

const costOf = (placed: readonly Candidate[]): number =>
  placed.reduce(
    (sum, candidate, index) =>
      sum + candidate.cost + placed.slice(index + 1).reduce((clashes, other) => clashes + clash(candidate, other), 0),
    0,
  );

/**
 * A box for each label, in order: outside every ellipse, off every arrow, inside the frame, clear of the other labels
 * and their lines, and as near as that allows. The best of as many searches as there are labels.
 */
export const placeLabels = (items: readonly Labelled[], obstacles: Obstacles): readonly Box[] => {
  const choices = items.map((item) => candidates(item, obstacles));
  const searches = items.map((_, first) => settled(choices, first));
  const best = searches.reduce((least, search) => (costOf(search) < costOf(least) ? search : least), searches[0] ?? []);
  return best.map(({ box }) => box);
};
