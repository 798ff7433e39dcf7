/** The different texts that the cells of a column hold, numbered from 0 in the order in which they first stand there. */
export interface CellTexts {
  /** Number of the text in `bytes` from `start` up to `end`; the next one where it is new. */
  readonly indexOf: (bytes: Uint8Array, start: number, end: number) => number;
  readonly text: (index: number) => string;
}

const decoder = new TextDecoder();

/** A hash table by bytes: a cell that has been seen before costs no string. */
export const cellTexts = (): CellTexts => {
  let slots = new Int32Array(64).fill(-1);
  let arena = new Uint8Array(1 << 10);
  let ends = new Int32Array(64);
  let hashes = new Int32Array(64);
  let size = 0;

  const startOf = (index: number): number => (index === 0 ? 0 : (ends[index - 1] as number));

  const place = (index: number): void => {
    const mask = slots.length - 1;
    let slot = (hashes[index] as number) & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = index;
  };

  const add = (bytes: Uint8Array, start: number, end: number, hash: number): number => {
    const from = startOf(size);
    const to = from + end - start;
    if (to > arena.length) {
      const larger = new Uint8Array(2 * to);
      larger.set(arena.subarray(0, from));
      arena = larger;
    }
    arena.set(bytes.subarray(start, end), from);
    if (size === ends.length) {
      const [largerEnds, largerHashes] = [new Int32Array(2 * size), new Int32Array(2 * size)];
      largerEnds.set(ends);
      largerHashes.set(hashes);
      [ends, hashes] = [largerEnds, largerHashes];
    }
    ends[size] = to;
    hashes[size] = hash;
    size += 1;
    if (2 * size > slots.length) {
      slots = new Int32Array(2 * slots.length).fill(-1);
      for (let index = 0; index < size; index += 1) place(index);
    } else place(size - 1);
    return size - 1;
  };

  const equal = (index: number, bytes: Uint8Array, start: number, end: number): boolean => {
    let from = startOf(index);
    if ((ends[index] as number) - from !== end - start) return false;
    for (let k = start; k < end; k += 1) if (arena[from++] !== bytes[k]) return false;
    return true;
  };

  const indexOf = (bytes: Uint8Array, start: number, end: number): number => {
    let hash = 0x811c9dc5 ^ (end - start);
    for (let k = start; k < end; k += 1) hash = Math.imul(hash ^ (bytes[k] as number), 0x01000193);
    hash ^= hash >>> 15;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let index = slots[slot] as number; index !== -1; index = slots[slot] as number) {
      if (hashes[index] === hash && equal(index, bytes, start, end)) return index;
      slot = (slot + 1) & mask;
    }
    return add(bytes, start, end, hash);
  };

  return {
    indexOf,
    text: (index) => decoder.decode(arena.subarray(startOf(index), ends[index])),
  };
};
