import type { ArmStyle } from "./arms.ts";
import { type Html, html, trusted } from "./html.ts";

const markerPaths = {
  square: "M2 2H12V12H2Z",
  "triangle-up": "M7 1L13 12H1Z",
  "triangle-down": "M7 13L13 2H1Z",
  circle: "M7 1A6 6 0 1 1 6.990 1Z",
  diamond: "M7 0L14 7L7 14L0 7Z",
  cross: "M5 1H9V5H13V9H9V13H5V9H1V5H5Z",
};

/** A key of the arms' markers. */
export const armsKey = (arms: readonly ArmStyle[], name: (arm: string) => string): Html =>
  html`${arms.map(
    ({ arm, color, shape }) =>
      html`<span>${trusted(`<svg width="14" height="14" aria-hidden="true"><path d="${markerPaths[shape]}" fill="${color}"/></svg>`)}${name(arm)}</span>`,
  )}`;
