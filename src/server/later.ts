import { randomInt } from "node:crypto";

/** Work that waits a while of no telling length; what has not begun when a server stops is done then. */
export const openLater = (failed: (fault: unknown) => void) => {
  const waiting = new Map<NodeJS.Timeout, () => Promise<void>>();
  const begun = new Set<Promise<void>>();
  const begin = (timer: NodeJS.Timeout, work: () => Promise<void>): void => {
    clearTimeout(timer);
    waiting.delete(timer);
    const running = work()
      .catch(failed)
      .finally(() => begun.delete(running));
    begun.add(running);
  };
  return {
    run: (work: () => Promise<void>): void => {
      const timer = setTimeout(() => begin(timer, work), randomInt(1000, 3000));
      waiting.set(timer, work);
    },
    /** Ends with the work, or once that has lasted too long. */
    done: async (longest: number): Promise<void> => {
      for (const [timer, work] of waiting) begin(timer, work);
      let late: NodeJS.Timeout | undefined;
      const over = new Promise<void>((resolve) => {
        late = setTimeout(resolve, longest);
      });
      await Promise.race([Promise.all(begun), over]);
      clearTimeout(late);
    },
  };
};
