const [LF, CR] = [10, 13];

/** Counts the physical lines of a text, whatever it holds: a count of its own beside that of the records. */
export const lineEnds = () => {
  let ends = 0;
  let last = LF;
  const add = (chunk: Uint8Array): void => {
    let [found, before] = [0, last];
    for (let k = 0; k < chunk.length; k += 1) {
      const byte = chunk[k] as number;
      if (byte === CR || (byte === LF && before !== CR)) found += 1;
      before = byte;
    }
    [ends, last] = [ends + found, before];
  };
  return { add, count: (): number => ends + Number(last !== LF && last !== CR) };
};
