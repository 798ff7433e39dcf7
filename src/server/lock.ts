import { randomBytes, randomInt } from "node:crypto";
import { closeSync, openSync, rmSync } from "node:fs";
import { mkdir, readdir, rename } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../errors.ts";
import { createFile, removeOnce } from "./state/files.ts";

/** Who holds a study; `origin` where it serves one. The process is 0 where it does not answer. */
interface Holder {
  readonly pid: number;
  readonly origin: string | null;
}

interface Lock {
  /** From now on whoever asks is told where the study is served. */
  readonly serves: (origin: string) => void;
  readonly close: () => void;
}

/** A folder of sockets, each of a process that holds the study or tries to; other names are of no account yet. */
interface Room {
  readonly folder: string;
  readonly addressOf: (name: string) => string;
  readonly leave: () => void;
}

const isWindows = process.platform === "win32";
const held = /^[0-9a-f]{16}$/;

const enter = async (stateFolder: string): Promise<Room> => {
  const folder = join(stateFolder, "lock");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // The address of a socket has about a hundred letters at most, and a study may lie deeper.
  const opened = process.platform === "linux" ? openSync(folder, "r") : null;
  const place = opened === null ? folder : `/proc/self/fd/${opened}`;
  return {
    folder,
    addressOf: (name) => (isWindows ? `\\\\.\\pipe\\spejl-${name}` : join(place, name)),
    leave: () => opened !== null && closeSync(opened),
  };
};

const patience = 500;

/** Who answers at a socket; null where the process that made it has ended. */
const holderAt = (address: string): Promise<Holder | null> =>
  new Promise((known) => {
    let said = "";
    const silent: Holder = { pid: 0, origin: null };
    const socket = connect(address);
    socket.on("data", (bytes) => {
      said += bytes.toString("utf8");
    });
    socket.on("end", () => known(said === "" ? silent : (JSON.parse(said) as Holder)));
    socket.on("error", ({ code }: NodeJS.ErrnoException) =>
      known(code === "ECONNREFUSED" || code === "ENOENT" ? null : silent),
    );
    socket.setTimeout(patience, () => {
      known(silent);
      socket.destroy();
    });
  });

/** Who else is in the room. The sockets of processes that have ended, however they did, are taken away: no name comes twice. */
const othersIn = async ({ folder, addressOf }: Room, own: string | null): Promise<readonly Holder[]> => {
  const names = (await readdir(folder)).filter((name) => held.test(name) && name !== own);
  const found = await Promise.all(
    names.map(async (name) => {
      const holder = await holderAt(addressOf(name));
      if (holder === null) await removeOnce(join(folder, name));
      return holder ?? [];
    }),
  );
  return found.flat();
};

const listening = (server: Server, address: string): Promise<void> =>
  new Promise((known, failed) => {
    server.once("error", failed);
    server.listen(address, known);
  });

/**
 * Shows itself in the room under a name of its own, and looks who else is there. A name is seen once its socket listens:
 * one that does not is a dead one's.
 */
const show = async (room: Room) => {
  const { folder, addressOf } = room;
  const name = randomBytes(8).toString("hex");
  let holder: Holder = { pid: process.pid, origin: null };
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.end(JSON.stringify(holder));
  });
  const hide = (): void => {
    server.close();
    rmSync(join(folder, name), { force: true });
  };
  try {
    await listening(server, addressOf(isWindows ? name : `${name}.new`));
    if (isWindows) await createFile(join(folder, name), "");
    else await rename(join(folder, `${name}.new`), join(folder, name));
    const [other = null] = await othersIn(room, name);
    const serves = (origin: string): void => {
      holder = { ...holder, origin };
    };
    return { serves, hide, other };
  } catch (fault) {
    hide();
    throw fault;
  }
};

const mostTries = 6;

/**
 * Lets one at a time serve a study, or change what its server keeps. Who comes shows itself first and looks around then,
 * so that of two at least one sees the other, and gives way. Sockets are found by the folder that they lie in: also from
 * another container.
 */
export const holdStudy = async (studyFolder: string, stateFolder: string): Promise<Lock> => {
  const room = await enter(stateFolder);
  for (let tries = 1; ; tries += 1) {
    const { serves, hide, other } = await show(room);
    const close = (): void => {
      hide();
      room.leave();
    };
    if (other === null) return { serves, close };
    if (tries === mostTries) {
      close();
      throw new Refusal({ code: "server-running", study: studyFolder, pid: other.pid });
    }
    hide();
    await pause(randomInt(20, 200));
  }
};

/** Where a study is served now; null where it is not. */
export const originServed = async (stateFolder: string): Promise<string | null> => {
  const room = await enter(stateFolder);
  try {
    return (await othersIn(room, null)).find(({ origin }) => origin !== null)?.origin ?? null;
  } finally {
    room.leave();
  }
};
