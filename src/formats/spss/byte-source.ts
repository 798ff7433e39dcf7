/** Bytes of a file from its beginning, taken by count. */
export interface ByteSource {
  /** How many bytes were taken or skipped. */
  readonly position: () => number;
  /** The next bytes; fewer only where the file ends. */
  readonly take: (count: number) => Promise<Buffer>;
  /** Passes over bytes; false where the file ends before. */
  readonly skip: (count: number) => Promise<boolean>;
  /** All that is left, as it comes. */
  readonly rest: () => AsyncGenerator<Buffer>;
  readonly close: () => Promise<void>;
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Never holds more than what is asked for and one chunk, whatever sizes a file declares. */
export const byteSource = (chunks: AsyncIterable<Uint8Array>): ByteSource => {
  const iterator = chunks[Symbol.asyncIterator]();
  let pending: Buffer = Buffer.alloc(0);
  let position = 0;

  const more = async (): Promise<boolean> => {
    const next = await iterator.next();
    if (next.done === true) return false;
    pending = asBuffer(next.value);
    return true;
  };
  const cut = (count: number): Buffer => {
    const part = pending.subarray(0, count);
    pending = pending.subarray(part.length);
    position += part.length;
    return part;
  };
  const take = async (count: number): Promise<Buffer> => {
    if (pending.length >= count) return cut(count);
    const parts: Buffer[] = [];
    let missing = count;
    do {
      const part = cut(missing);
      missing -= part.length;
      parts.push(part);
    } while (missing > 0 && (await more()));
    return Buffer.concat(parts);
  };
  const skip = async (count: number): Promise<boolean> => {
    let missing = count - cut(count).length;
    while (missing > 0 && (await more())) missing -= cut(missing).length;
    return missing <= 0;
  };
  const rest = async function* (): AsyncGenerator<Buffer> {
    do {
      if (pending.length > 0) yield cut(pending.length);
    } while (await more());
  };
  const close = async (): Promise<void> => {
    await iterator.return?.();
  };
  return { position: () => position, take, skip, rest, close };
};
