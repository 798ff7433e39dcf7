import { write } from "../src/store/vault/build.ts";
import type { Vault } from "../src/store/vault/open.ts";
import { reportedSpan, itemScales as scalesOfItems } from "../src/study/items.ts";
import type { Instrument, Scale } from "../src/study/study.ts";
import { itemScales, scaleUnits } from "../src/tables/scored.ts";

const depthOf = (scale: Scale, scales: readonly Scale[]): number => {
  if (scale.kind !== "scales") return 0;
  const parts = scales.filter(({ id }) => scale.of.includes(id));
  return 1 + Math.max(...parts.map((part) => depthOf(part, scales)));
};

type Numbered = Extract<Scale, { kind: "items" | "scales" }>;

export interface PlacedScale {
  readonly scale: Numbered;
  /** Place in the instrument, from 1. */
  readonly place: number;
}

/** The scales that a response has scores on, parts before the scales that are made of them. */
export const scoredScales = (instrument: Instrument): readonly PlacedScale[] =>
  instrument.scales
    .map((scale, index) => ({ scale, place: index + 1 }))
    .filter((placed): placed is PlacedScale => placed.scale.kind !== "difference")
    .sort((a, b) => depthOf(a.scale, instrument.scales) - depthOf(b.scale, instrument.scales));

/** Puts into the vault what its queries need of the instrument: items of scales, units. */
export const writeCatalogue = async (vault: Vault, instrument: Instrument): Promise<void> => {
  await write(
    vault,
    itemScales,
    scalesOfItems(instrument).map(({ id, low, high, items }) => ({
      scale: id,
      low,
      high,
      items: items.length,
      reversed: items.flatMap(({ reversed }, index) => (reversed ? [index + 1] : [])),
    })),
  );
  await write(
    vault,
    scaleUnits,
    instrument.scales.map((scale) => ({
      scale: scale.id,
      span: reportedSpan(scale),
      middle: scale.kind === "difference" ? 0 : scale.index ? 50 : (scale.low + scale.high) / 2,
      minuend: scale.kind === "difference" ? scale.minuend.scale : null,
      minuend_rater: scale.kind === "difference" ? scale.minuend.rater : null,
      subtrahend: scale.kind === "difference" ? scale.subtrahend.scale : null,
      subtrahend_rater: scale.kind === "difference" ? scale.subtrahend.rater : null,
    })),
  );
};
