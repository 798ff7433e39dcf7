import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** Seconds to wait; null where there is nothing to wait for. */
type Wait = number | null;

/** How often somebody may come. A whole office can stand behind one address, so looking is counted apart from asking. */
export interface Limits {
  readonly person: (id: string) => Promise<Wait>;
  readonly lookFrom: (address: string) => Promise<Wait>;
  readonly askFrom: (address: string) => Promise<Wait>;
  /** Mails to one address, however often it is asked for. */
  readonly mailTo: (address: string) => Promise<Wait>;
}

const limiter = (points: number, seconds: number): ((key: string) => Promise<Wait>) => {
  const memory = new RateLimiterMemory({ points, duration: seconds });
  return async (key) => {
    try {
      await memory.consume(key);
      return null;
    } catch (full) {
      if (full instanceof RateLimiterRes) return Math.max(1, Math.ceil(full.msBeforeNext / 1000));
      throw full;
    }
  };
};

const minute = 60;

export const openLimits = (): Limits => ({
  person: limiter(120, minute),
  lookFrom: limiter(120, minute),
  askFrom: limiter(20, minute),
  mailTo: limiter(5, 15 * minute),
});
