/** What a change to a file leaves to be expected of its reading. */
export interface Bound {
  /** The same answers as before, and nothing refused. */
  readonly same: boolean;
  /** Rows whose answers may be read that nobody gave; all others are as they were given, or not accepted. */
  readonly strays: number;
}

/** A change and what it is called. */
export interface Faulty<T> extends Bound {
  readonly name: string;
  readonly made: T;
}

export const harmless: Bound = { same: true, strays: 0 };
/** Rows may be lost, but none is read otherwise. */
export const losing: Bound = { same: false, strays: 0 };
export const straying = (strays: number): Bound => ({ same: false, strays });
export const anything: Bound = straying(Number.POSITIVE_INFINITY);

export const both = (one: Bound, other: Bound): Bound => ({
  same: one.same && other.same,
  strays: one.strays + other.strays,
});
