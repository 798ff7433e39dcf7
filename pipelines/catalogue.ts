import { type Vault, write } from "../src/store/vault.ts";
import { placedItems, itemScales as scalesOfItems } from "../src/study/items.ts";
import type { Instrument, Scale } from "../src/study/study.ts";
import { compositeParts, itemScales, scaleUnits } from "../src/tables/scored.ts";

const depthOf = (scale: Scale, scales: readonly Scale[]): number => {
  if (scale.kind !== "scales") return 0;
  const parts = scales.filter(({ id }) => scale.of.includes(id));
  return 1 + Math.max(...parts.map((part) => depthOf(part, scales)));
};

/** Greatest depth of scales made of scales; 0 where there is none. */
export const depthOfInstrument = (instrument: Instrument): number =>
  Math.max(0, ...instrument.scales.map((scale) => depthOf(scale, instrument.scales)));

/** Puts into the vault what its queries need of the instrument: items in place, parts of scales, units. */
export const writeCatalogue = async (vault: Vault, instrument: Instrument): Promise<void> => {
  const placed = placedItems(instrument);
  await write(
    vault,
    itemScales,
    scalesOfItems(instrument).map(({ id, low, high, answered }) => {
      const own = placed.filter(({ scale }) => scale.id === id);
      const positions = (reversed: boolean | null) =>
        own.filter(({ item }) => reversed === null || item.reversed === reversed).map(({ position }) => position);
      const items = own.map(({ item }) => item.id);
      return {
        scale: id,
        low,
        high,
        answered,
        positions: positions(null),
        plain: positions(false),
        reversed: positions(true),
        items,
      };
    }),
  );
  await write(
    vault,
    compositeParts,
    instrument.scales.flatMap((scale) =>
      scale.kind === "scales"
        ? scale.of.map((part) => ({
            scale: scale.id,
            part,
            depth: depthOf(scale, instrument.scales),
            parts: scale.of.length,
            answered: scale.answered,
          }))
        : [],
    ),
  );
  await write(
    vault,
    scaleUnits,
    instrument.scales.map((scale) => ({
      scale: scale.id,
      span: scale.index ? (scale.kind === "difference" ? 200 : 100) : scale.high - scale.low,
      middle: scale.kind === "difference" ? 0 : scale.index ? 50 : (scale.low + scale.high) / 2,
      minuend: scale.kind === "difference" ? scale.minuend.scale : null,
      minuend_rater: scale.kind === "difference" ? scale.minuend.rater : null,
      subtrahend: scale.kind === "difference" ? scale.subtrahend.scale : null,
      subtrahend_rater: scale.kind === "difference" ? scale.subtrahend.rater : null,
    })),
  );
};
