import { readFile } from "node:fs/promises";
import { Refusal } from "../../errors.ts";
import { chainedLine, type LogHead } from "../../store/log/chain.ts";
import { accessFile, followAccess, openAccessLog, prunedLine, prunedResult, readAccess } from "./access-log.ts";
import { writeStateFile } from "./files.ts";
import { reservedIn } from "./log-reserve.ts";

/** Where whole lines end, by line. */
const lineEnds = (bytes: Buffer): readonly number[] => {
  const ends: number[] = [];
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) ends.push(end + 1);
  return ends;
};

/** The log of a stopped server, whole: a line that a stop has cut is taken away and said, what a full disk has kept out of it is put in. */
const wholeLog = async (stateFolder: string, now: () => number): Promise<Buffer | null> => {
  const file = accessFile(stateFolder);
  const reading = await readAccess(stateFolder);
  if (reading === null) return null;
  const { broken, torn } = reading;
  // What a broken chain proves would be gone with its entries.
  if (broken.length > 0) throw new Refusal({ code: "log-broken", place: { file, line: broken[0]! }, lines: broken });
  const isHeld = async (): Promise<boolean> => (await reservedIn(stateFolder)).length > 0;
  if (torn > 0 || (await isHeld())) await (await openAccessLog(stateFolder, now)).close();
  if (await isHeld()) throw new Refusal({ code: "disk-full", cause: file });
  return readFile(file);
};

/** How many of the oldest entries of a log are from before a day (UTC); null where there is no log. */
export const entriesBefore = async (stateFolder: string, day: string): Promise<number | null> => {
  const reading = await readAccess(stateFolder);
  if (reading === null) return null;
  const kept = reading.entries.findIndex(({ at }) => at.slice(0, 10) >= day);
  return kept < 0 ? reading.entries.length : kept;
};

/**
 * Takes the oldest entries of a log away, up to a day (UTC). One line stays in their place with the hash of the last of
 * them, from which the chain goes on, and an entry at the end says that it was done. No server may run.
 */
export const pruneAccess = async (stateFolder: string, day: string, now: () => number): Promise<LogHead | null> => {
  const bytes = await wholeLog(stateFolder, now);
  const count = await entriesBefore(stateFolder, day);
  if (bytes === null || count === null || count === 0) return null;
  const { from, hashes, head } = followAccess(bytes);
  const pruned: LogHead = { entries: from.entries + count, hash: hashes[count - 1]! };
  const kept = bytes.subarray(lineEnds(bytes)[count - 1 + (from.entries > 0 ? 1 : 0)]!);
  const said = {
    n: head.entries + 1,
    at: new Date(now()).toISOString(),
    person: null,
    action: "prune",
    object: "log",
    release: null,
    result: prunedResult(pruned),
  };
  const text = `${prunedLine(pruned)}${kept.toString("utf8")}${chainedLine(said, head.hash)}`;
  await writeStateFile(accessFile(stateFolder), text);
  return pruned;
};
