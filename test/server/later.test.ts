import { afterEach, describe, expect, it, vi } from "vitest";
import { openLater } from "../../src/server/later.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("work that waits when a server stops", () => {
  it("is begun at once and waited for", async () => {
    const done: string[] = [];
    const later = openLater(() => done.push("failed"));
    later.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push("sent");
    });
    later.run(() => Promise.reject(new Error("refused")));
    await later.done(1e6);
    expect(done.sort()).toEqual(["failed", "sent"]);
  });
  it("is not waited for without end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const later = openLater(() => undefined);
    later.run(() => new Promise(() => undefined));
    let isOver = false;
    const over = later.done(10_000).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await over;
  });
});
