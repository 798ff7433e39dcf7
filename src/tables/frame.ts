import type { DataFrame } from "danfojs";
import { Refusal } from "../errors.ts";

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";

/** danfo.js is an optional peer: whoever wants frames installs it. */
async function loadDanfo(): Promise<typeof import("danfojs")> {
  try {
    return await import("danfojs");
  } catch (error) {
    throw isAbsent(error) ? new Refusal({ code: "package-missing", name: "danfojs" }) : error;
  }
}

/**
 * Columns as a danfo.js frame, for exploring in a notebook. Nothing that is published goes through a frame: its medians
 * are slow on tied data and some of its methods change their input. The library is loaded only here, when asked for.
 */
export const toDataFrame = async (columns: Readonly<Record<string, readonly unknown[]>>): Promise<DataFrame> => {
  const { DataFrame: Frame } = await loadDanfo();
  return new Frame(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]])));
};
