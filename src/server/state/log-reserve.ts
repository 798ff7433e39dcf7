import { Buffer } from "node:buffer";
import { constants, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { problemsOf } from "../../store/system-fault.ts";

/** Some three thousand entries. */
const reserveBytes = 1024 * 1024;
const space = 0x20;
/** How every line of a log begins. */
const beginning = Buffer.from('{"hash":"');

const fileIn = (stateFolder: string): string => join(stateFolder, "access.reserve");

export const isDiskFull = (fault: unknown): boolean => problemsOf(fault)?.[0]?.code === "disk-full";

/** The whole lines at the beginning of a reserve; after them come spaces, or what is left of a line that a stop has cut. */
const linesIn = (bytes: Buffer): Buffer => {
  let end = 0;
  while (bytes.indexOf(10, end) >= 0 && bytes.subarray(end, end + beginning.length).equals(beginning))
    end = bytes.indexOf(10, end) + 1;
  return bytes.subarray(0, end);
};

/** The lines that a full disk has kept out of their log until now. */
export const reservedIn = async (stateFolder: string): Promise<Buffer> =>
  readFile(fileIn(stateFolder)).then(linesIn, (fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return Buffer.alloc(0);
    throw fault;
  });

/** Space that a log has on a disk that is full: a file whose bytes are there already, and are written over. */
export interface LogReserve {
  /** What was in it when it was opened. */
  readonly found: Buffer;
  /** Adds lines, on disk when this returns; whether there was room. */
  readonly add: (lines: Buffer) => Promise<boolean>;
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const { O_RDWR, O_CREAT, O_DSYNC } = constants;

export const openReserve = async (stateFolder: string): Promise<LogReserve> => {
  const file = await open(fileIn(stateFolder), O_RDWR | O_CREAT | O_DSYNC, 0o600);
  const found = linesIn(await file.readFile());
  let at = found.length;
  const write = async (bytes: Buffer, place: number): Promise<void> => {
    for (let done = 0; done < bytes.length; )
      done += (await file.write(bytes, done, bytes.length - done, place + done)).bytesWritten;
  };
  const fill = async (): Promise<void> => {
    const { size } = await file.stat();
    await write(Buffer.alloc(Math.max(0, reserveBytes - size), space), size).catch((fault: unknown) => {
      if (!isDiskFull(fault)) throw fault;
    });
  };
  await fill();
  return {
    found,
    add: async (lines) => {
      if (at + lines.length > (await file.stat()).size) return false;
      await write(lines, at);
      at += lines.length;
      return true;
    },
    clear: async () => {
      await write(Buffer.alloc(at, space), 0);
      at = 0;
      await fill();
    },
    close: () => file.close(),
  };
};
