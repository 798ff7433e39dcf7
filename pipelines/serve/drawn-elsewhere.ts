import { Buffer } from "node:buffer";
import { Refusal } from "../../src/errors.ts";
import type { Draw, ServedPage } from "../../src/server/pages/report-pages.ts";
import type { FromDrawing, ToDrawing } from "./messages.ts";

interface Waiting {
  readonly done: (page: ServedPage | null) => void;
  readonly failed: (fault: unknown) => void;
}

/** Pages that another process draws: what is sent to it, what is heard from it, and that nothing more will come. */
export const drawnElsewhere = (send: (message: ToDrawing) => void) => {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const draw: Draw = (wanted) =>
    new Promise((done, failed) => {
      asked += 1;
      waiting.set(asked, { done, failed });
      send({ kind: "draw", number: asked, wanted });
    });
  return {
    draw,
    heard: (message: FromDrawing): void => {
      const one = waiting.get(message.number);
      waiting.delete(message.number);
      if ("problems" in message) one?.failed(new Refusal(...message.problems));
      else if ("fault" in message) one?.failed(new Error(message.fault));
      // What was heard is part of a larger piece of memory.
      else one?.done(message.page && { ...message.page, body: Buffer.from(message.page.body) });
    },
    end: (): void => {
      for (const { failed } of waiting.values()) failed(new Error("The process that draws pages is gone"));
      waiting.clear();
    },
  };
};
