/** Items that stand empty together in records that answer others. */
export interface BlankPattern {
  /** Places of the items in the instrument, from 0. */
  readonly items: readonly number[];
  readonly rows: number;
  /** Physical line of the first of them. */
  readonly line: number;
}

/** Counts, record by record, which items stand empty together. */
export interface BlankPatterns {
  /** An item of the record is empty; items come in their order. */
  readonly blank: (item: number) => void;
  /** The record is whole, and so many of its items are read. */
  readonly close: (line: number, read: number) => void;
  readonly most: () => BlankPattern | null;
}

/** Where people leave out what they like, the patterns are many: a rare one is not looked for beyond these. */
const mostPatterns = 1 << 12;

export const blankPatterns = (): BlankPatterns => {
  const patterns = new Map<string, BlankPattern & { rows: number }>();
  let items: number[] = [];
  return {
    blank: (item) => void items.push(item),
    close: (line, read) => {
      if (items.length === 0) return;
      if (items.length < read) {
        const key = items.join();
        const found = patterns.get(key);
        if (found) found.rows += 1;
        else if (patterns.size < mostPatterns) patterns.set(key, { items, rows: 1, line });
      }
      items = [];
    },
    most: () => {
      const found = [...patterns.values()].filter((pattern) => pattern.items.length > 1);
      return found.reduce<BlankPattern | null>((most, each) => (most && most.rows >= each.rows ? most : each), null);
    },
  };
};
