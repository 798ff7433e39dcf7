import type { DataFrame } from "danfojs";

/**
 * Columns as a danfo.js frame, for exploring in a notebook. Nothing that is published goes through a frame: its medians
 * are slow on tied data and some of its methods change their input. The library is loaded only here, when asked for.
 */
export const toDataFrame = async (columns: Readonly<Record<string, readonly unknown[]>>): Promise<DataFrame> => {
  const { DataFrame: Frame } = await import("danfojs");
  return new Frame(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]])));
};
