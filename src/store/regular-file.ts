import { stat } from "node:fs/promises";
import { Refusal } from "../errors.ts";

/** Refuses what is there and is no file: a pipe that nobody writes to would be waited for without end. */
export const refuseIrregular = async (file: string): Promise<void> => {
  const found = await stat(file).catch(() => null);
  if (found !== null && !found.isFile())
    throw new Refusal({ code: "file-unreadable", place: { file }, cause: "not a file" });
};
