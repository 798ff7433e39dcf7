import { createHash } from "node:crypto";
import { realpath, unlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refusal } from "../errors.ts";

/** A name that the system takes back when its process ends, however it ends; elsewhere a socket that may be left over. */
const addressOf = (state: string): string => {
  const name = `spejl-${createHash("sha256").update(state).digest("hex").slice(0, 32)}`;
  if (process.platform === "linux") return `\0${name}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
};

const patience = 2_000;

/** The process that holds a lock, 0 where it does not answer; null where nobody holds it any more. */
const holderOf = (address: string): Promise<number | null> =>
  new Promise((known) => {
    let said = "";
    const socket = connect(address);
    socket.on("data", (bytes) => {
      said += bytes.toString("latin1");
    });
    socket.on("end", () => known(Number(said)));
    socket.on("error", () => known(null));
    socket.setTimeout(patience, () => {
      known(0);
      socket.destroy();
    });
  });

const listening = (address: string): Promise<Server | null> =>
  new Promise((known, failed) => {
    const server = createServer((socket) => socket.end(String(process.pid)));
    server.once("listening", () => known(server));
    server.once("error", (fault: NodeJS.ErrnoException) => (fault.code === "EADDRINUSE" ? known(null) : failed(fault)));
    server.listen(address);
  });

/** Lets one server at a time serve a study. Refuses while another does. */
export const holdStudy = async (studyFolder: string, stateFolder: string): Promise<Server> => {
  const address = addressOf(await realpath(stateFolder));
  const lock = await listening(address);
  if (lock !== null) return lock;
  const pid = await holderOf(address);
  if (pid === null) {
    await unlink(address).catch(() => undefined);
    const again = await listening(address);
    if (again !== null) return again;
  }
  throw new Refusal({ code: "server-running", study: studyFolder, pid: pid ?? 0 });
};
