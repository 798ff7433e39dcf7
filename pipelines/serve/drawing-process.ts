import { openDrawing } from "../../src/server/pages/drawing.ts";
import { problemsOf } from "../../src/store/system-fault.ts";
import type { FromDrawing, ToDrawing } from "./messages.ts";

/*
 * Draws the pages of reports, so that the server's process answers meanwhile. It may read the package and the releases
 * of the study that is its one argument, and write nothing. A thread would do, but whatever may start threads can start
 * one that is not held to what the process may.
 */

const draw = openDrawing(process.argv[2]!);

const drawn = async ({ number, wanted }: ToDrawing): Promise<FromDrawing> => {
  try {
    return { number, page: await draw(wanted) };
  } catch (fault) {
    const problems = problemsOf(fault);
    return problems === null ? { number, fault: String((fault as Error).stack ?? fault) } : { number, problems };
  }
};

// One after the other: pages that are drawn at once would all be done when the last one is.
let last: Promise<unknown> = Promise.resolve();
process.on("message", (message: ToDrawing) => {
  last = last.then(async () => {
    const answer = await drawn(message);
    if (process.connected) process.send?.(answer);
  });
});

// Ctrl-C reaches every process of a terminal; the server's still needs pages for what it has begun to answer.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit(0));
// What was sent to a command that is gone.
process.on("error", () => process.exit(0));
