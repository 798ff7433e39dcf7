import { serve } from "../../src/server/serve.ts";
import { problemsOf } from "../../src/store/system-fault.ts";
import { drawnElsewhere } from "./drawn-elsewhere.ts";
import type { FromDrawing, FromServer, ToServer } from "./messages.ts";

/* The server's own process: it may read the package and the releases, write its state, and load no native code. */

const tell = (message: FromServer): void => {
  if (process.connected) process.send?.(message);
};

const failed = (fault: unknown): void => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
};

const drawing = drawnElsewhere(tell);

const start = async ({ setup, invited, log }: ToServer): Promise<void> => {
  const line = (content: object): void => {
    if (log !== null) process[log].write(`${JSON.stringify(content)}\n`);
  };
  try {
    const running = await serve(setup, drawing.draw, {
      request: line,
      failed,
      anchor: ({ entries, hash }) => line({ time: new Date().toISOString(), accessLog: `${entries}:${hash}` }),
      mail: (what) => tell({ kind: "mail", what }),
    });
    let isStopping = false;
    const end = (fault: unknown): void => {
      failed(fault);
      process.exit(1);
    };
    const stop = (): void => {
      if (isStopping) return;
      isStopping = true;
      running.stop().then(() => process.exit(0), end);
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
    // Nobody is left to stop it, or to draw for it.
    process.on("disconnect", () => {
      drawing.end();
      stop();
    });
    const links = await Promise.all(
      invited.map(async ({ person, lasts }) => ({ person, link: await running.invite(person, lasts) })),
    );
    tell({ kind: "listening", port: running.port, links });
  } catch (fault) {
    const problems = problemsOf(fault);
    if (problems === null) failed(fault);
    else tell({ kind: "refused", problems });
    process.exitCode = 1;
    process.disconnect?.();
  }
};

// What was sent to a command that is gone: that it is, `disconnect` tells.
process.on("error", () => undefined);
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
process.once("message", (message) => {
  process.on("message", (heard) => drawing.heard(heard as FromDrawing));
  start(message as ToServer).catch(failed);
});
