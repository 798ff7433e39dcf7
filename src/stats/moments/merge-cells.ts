import type { Cells, WeightedCells } from "./moments.ts";

/** Position of each part's cells among the merged ones, and how many of those there are. */
interface Places {
  readonly places: readonly Int32Array[];
  readonly leader: readonly number[];
  readonly wave: readonly number[];
}

function placesOf(parts: readonly Cells[]): Places {
  const known = new Map<string, number>();
  const leader: number[] = [];
  const wave: number[] = [];
  const places = parts.map((part) =>
    part.leader.map((ofLeader, c) => {
      const key = `${ofLeader} ${part.wave[c]}`;
      const place = known.get(key) ?? known.size;
      if (place === known.size) {
        known.set(key, place);
        leader.push(ofLeader);
        wave.push(part.wave[c]!);
      }
      return place;
    }),
  );
  return { places, leader, wave };
}

/**
 * Adds up moments that were made apart (files, machines, organisations): cells of the same leader and wave become one.
 * All parts have the columns and shifts of the first; anything else is a mistake of the caller and throws.
 */
export function mergeCells(parts: readonly [Cells, ...Cells[]]): Cells {
  const [{ columns, shift }] = parts;
  for (const part of parts) {
    if (part.columns.join() !== columns.join() || part.shift.join() !== shift.join()) {
      throw new RangeError("Moments of different columns or shifts cannot be added.");
    }
  }
  const { places, leader, wave } = placesOf(parts);
  const add = (key: "n" | "sums" | "products", width: number): Float64Array => {
    const total = new Float64Array(leader.length * width);
    for (const [index, part] of parts.entries()) {
      for (let c = 0; c < part.n.length; c++) {
        const from = c * width;
        const to = places[index]![c]! * width;
        for (let k = 0; k < width; k++) total[to + k]! += part[key][from + k]!;
      }
    }
    return total;
  };
  return {
    columns,
    shift,
    leader: Int32Array.from(leader),
    wave: Int32Array.from(wave),
    n: add("n", 1),
    sums: add("sums", columns.length),
    products: add("products", (columns.length * (columns.length + 1)) / 2),
    dropped: parts.reduce((sum, part) => sum + part.dropped, 0),
  };
}

/** As `mergeCells`, with the plain and the squared moments. */
export function mergeWeightedCells(parts: readonly [WeightedCells, ...WeightedCells[]]): WeightedCells {
  const [first, ...others] = parts;
  return {
    ...mergeCells(parts),
    plain: mergeCells([first.plain, ...others.map(({ plain }) => plain)]),
    squared: mergeCells([first.squared, ...others.map(({ squared }) => squared)]),
  };
}
