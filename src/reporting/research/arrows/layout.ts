import type { Arrow } from "../../../estimation/trial/change-arrows.ts";
import type { ArmStyle } from "../../page/arms.ts";
import type { Range } from "../../page/axis.ts";
import type { Point } from "../../page/ellipse.ts";
import { type Box, lineTo, placeLabels } from "../../page/labels.ts";
import type { Measure } from "../../page/measure.ts";
import { type Domain, outlineOf, start, tip } from "./domain.ts";

export interface ArrowsLayout {
  readonly width: number;
  readonly narrow: boolean;
  /** Whether the axes show less than the whole scales. */
  readonly excerpt: boolean;
  /** Room left of the plot, where the title of the upright axis begins. */
  readonly left: number;
  readonly titles: { readonly x: string; readonly y: readonly string[] };
  /** Text beside the locator; empty on narrow screens. */
  readonly locator: readonly string[];
  readonly nameOf: (style: ArmStyle) => string;
  readonly countOf: (arrow: Arrow) => string;
  readonly measure: Measure;
}

interface Plane {
  readonly width: number;
  readonly height: number;
  readonly place: (point: Point) => Point;
}

const planeOf = (domain: Domain, scales: Domain, width: number): Plane => {
  const share = (range: Range, scale: Range) => (range.high - range.low) / (scale.high - scale.low);
  const height = Math.round((width * share(domain.y, scales.y)) / share(domain.x, scales.x));
  const place = ({ x, y }: Point): Point => ({
    x: ((x - domain.x.low) / (domain.x.high - domain.x.low)) * width,
    y: height - ((y - domain.y.low) / (domain.y.high - domain.y.low)) * height,
  });
  return { width, height, place };
};

const ring = 4.6;

/** Shaft and head of an arrow in pixels: the tip lies on the true value, and short arrows get a smaller head. */
const drawn = (from: Point, to: Point) => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const unit = length > 0 ? { x: (to.x - from.x) / length, y: (to.y - from.y) / length } : { x: 1, y: 0 };
  const grown = Math.min(1, Math.max(0.4, (length - ring) / 18));
  const back = (by: number): Point => ({ x: to.x - unit.x * by, y: to.y - unit.y * by });
  const end = back(Math.min(11 * grown, length));
  return {
    shaft: { x: from.x + unit.x * ring, y: from.y + unit.y * ring, x2: end.x, y2: end.y },
    shaftVisible: length > ring + 11 * grown,
    head: { ...back(7 * grown), size: 300 * grown * grown, angle: 90 + (Math.atan2(unit.y, unit.x) * 180) / Math.PI },
  };
};

const along = (from: Point, to: Point): readonly Point[] =>
  Array.from({ length: 25 }, (_, index) => ({
    x: from.x + ((to.x - from.x) * index) / 24,
    y: from.y + ((to.y - from.y) * index) / 24,
  }));

const filled = (centre: Point, edge: readonly Point[]): readonly Point[] =>
  [0.3, 0.6, 0.85, 1].flatMap((share) =>
    edge.map(({ x, y }) => ({ x: centre.x + (x - centre.x) * share, y: centre.y + (y - centre.y) * share })),
  );

/** The corner with the fewest drawn points in it; bottom right where several are free. */
const corner = (plane: Plane, size: { width: number; height: number }, points: readonly Point[]): Box => {
  const inset = 10;
  const lefts = [plane.width - inset - size.width, inset];
  const tops = [plane.height - inset - size.height, inset];
  const boxes = tops.flatMap((top) =>
    lefts.map((left) => ({ left, top, right: left + size.width, bottom: top + size.height })),
  );
  const crowd = (box: Box) =>
    points.filter(({ x, y }) => x > box.left - 12 && x < box.right + 12 && y > box.top - 12 && y < box.bottom + 12)
      .length;
  return boxes.reduce((best, box) => (crowd(box) < crowd(best) ? box : best));
};

const locatorOf = (plane: Plane, domain: Domain, scales: Domain, layout: ArrowsLayout, points: readonly Point[]) => {
  const side = layout.narrow ? 34 : 66;
  const textWidth = Math.max(0, ...layout.locator.map((line) => layout.measure(line, 12, 400)));
  const box = corner(plane, { width: side + (textWidth > 0 ? textWidth + 10 : 0), height: side + 16 }, points);
  const right = box.left > plane.width / 2;
  const left = right ? box.right - side : box.left;
  const share = (value: number, scale: Range) => (value - scale.low) / (scale.high - scale.low);
  return {
    box,
    squares: [
      { part: "scale", x: left, y: box.top, x2: left + side, y2: box.top + side },
      {
        part: "excerpt",
        x: left + side * share(domain.x.low, scales.x),
        x2: left + side * share(domain.x.high, scales.x),
        y: box.top + side * (1 - share(domain.y.high, scales.y)),
        y2: box.top + side * (1 - share(domain.y.low, scales.y)),
      },
    ],
    texts: [
      { text: String(scales.x.low), x: left, y: box.top + side + 9, align: "left", size: 10.5 },
      { text: String(scales.x.high), x: left + side, y: box.top + side + 9, align: "right", size: 10.5 },
      ...layout.locator.map((text, index) => ({
        text,
        x: right ? left - 10 : left + side + 10,
        y: box.top + side / 2 + (index - (layout.locator.length - 1) / 2) * 15,
        align: right ? "right" : "left",
        size: 12,
      })),
    ],
  };
};

const breaks = (plane: Plane, domain: Domain, scales: Domain) => [
  ...(domain.y.low > scales.y.low
    ? [14, 19].map((up) => ({ x: -5, y: plane.height - up + 3, x2: 5, y2: plane.height - up - 4 }))
    : []),
  ...(domain.x.low > scales.x.low
    ? [14, 19].map((right) => ({ x: right - 3, y: plane.height + 5, x2: right + 4, y2: plane.height - 5 }))
    : []),
];

interface Drawn {
  readonly arrow: Arrow;
  readonly style: ArmStyle;
  readonly from: Point;
  readonly to: Point;
  readonly edge: readonly Point[];
}

const labelsOf = (marks: readonly Drawn[], plane: Plane, blocked: Box, layout: ArrowsLayout) => {
  const size = layout.narrow ? 13 : 14.5;
  const line = layout.narrow ? 16 : 19;
  const text = ({ arrow, style }: Drawn) => ({ name: layout.nameOf(style), count: layout.countOf(arrow) });
  const items = marks.map((mark) => {
    const { name, count } = text(mark);
    const turned = { x: mark.to.x - mark.from.x, y: mark.to.y - mark.from.y };
    const length = Math.hypot(turned.x, turned.y) || 1;
    return {
      outline: mark.edge.length > 1 ? mark.edge : [mark.from, mark.to],
      direction: { x: turned.x / length, y: turned.y / length },
      width: Math.ceil(Math.max(layout.measure(name, size, 650), layout.measure(count, 12.5, 400))) + 2,
      height: 2 * line,
    };
  });
  const boxes = placeLabels(items, {
    frame: { left: 4, top: 4, right: plane.width - 2, bottom: plane.height - 6 },
    points: marks.flatMap(({ from, to, edge }) => [...along(from, to), ...filled(to, edge)]),
    boxes: [blocked],
  });
  return marks.map((mark, index) => {
    const box = boxes[index]!;
    const target = items[index]!.outline;
    const middle = target.reduce((sum, point) => sum + point.x, 0) / target.length;
    const align = box.left > middle ? "left" : box.right < middle ? "right" : "center";
    const x = align === "left" ? box.left : align === "right" ? box.right : (box.left + box.right) / 2;
    return { mark, box, target, ...text(mark), align, x, y: box.top + line / 2, y2: box.top + line * 1.5, size };
  });
};

/** A label that touches what it names needs no line to it. */
const shortest = 4;

/** A thin line from a label to its ellipse. */
const connectorOf = ({ box, target, mark }: ReturnType<typeof labelsOf>[number]) => {
  const [from, to] = lineTo(box, target);
  if (Math.hypot(to.x - from.x, to.y - from.y) < shortest) return [];
  return [{ x: from.x, y: from.y, x2: to.x, y2: to.y, color: mark.style.color }];
};

/** Rows of every layer of the effects figure. Positions on the two scales are in their unit, the rest in pixels. */
export const arrowsData = (
  arrows: readonly Arrow[],
  styles: readonly ArmStyle[],
  domain: Domain,
  scales: Domain,
  layout: ArrowsLayout,
) => {
  const plane = planeOf(domain, scales, layout.width);
  const marks = styles.flatMap((style): Drawn[] => {
    const arrow = arrows.find(({ arm }) => arm === style.arm);
    if (!arrow) return [];
    const edge = arrow.ellipse ? outlineOf(arrow).map(plane.place) : [];
    return [{ arrow, style, from: plane.place(start(arrow)), to: plane.place(tip(arrow)), edge }];
  });
  const points = marks.flatMap(({ from, to, edge }) => [...along(from, to), ...edge]);
  const locator = locatorOf(plane, domain, scales, layout, points);
  const labels = labelsOf(marks, plane, locator.box, layout);
  const heads = marks.map((mark) => ({ ...mark, ...drawn(mark.from, mark.to) }));
  return {
    height: plane.height,
    data: {
      frame: [
        { x: domain.x.low, y: domain.y.low },
        { x: domain.x.high, y: domain.y.high },
      ],
      titles: [
        ...layout.titles.y.map((text, index) => ({
          text,
          x: -layout.left,
          y: -14 - 17 * (layout.titles.y.length - 1 - index),
          align: "left",
        })),
        { text: layout.titles.x, x: plane.width, y: plane.height + 34, align: "right" },
      ],
      ellipses: marks.flatMap(({ arrow, style }) =>
        outlineOf(arrow).length > 1
          ? [...outlineOf(arrow), outlineOf(arrow)[0]!].map(({ x, y }, corner) => ({
              arm: style.arm,
              corner,
              x,
              y,
              color: style.color,
            }))
          : [],
      ),
      shafts: heads
        .filter(({ shaftVisible }) => shaftVisible)
        .map(({ style, shaft }) => ({ arm: style.arm, ...shaft, color: style.color, dash: style.dash })),
      heads: heads.map(({ style, head }) => ({ arm: style.arm, ...head, color: style.color })),
      rings: marks.map(({ arrow, style }) => ({ arm: style.arm, ...start(arrow), color: style.color })),
      breaks: breaks(plane, domain, scales),
      squares: layout.excerpt ? locator.squares : [],
      notes: layout.excerpt ? locator.texts : [],
      connectors: labels.flatMap(connectorOf),
      labels: labels.map(({ mark, name, count, x, y, y2, align, size }) => ({
        arm: mark.style.arm,
        name,
        count,
        x,
        y,
        y2,
        align,
        size,
        color: mark.style.textColor,
      })),
    },
  };
};
