import { Buffer } from "node:buffer";

const [LF, CR] = [10, 13];

/** Counts the physical lines of a text, whatever it holds: a count of its own beside that of the records. */
export const lineEnds = () => {
  let ends = 0;
  let last = LF;
  const add = (chunk: Uint8Array): void => {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (last === CR && bytes[0] === LF) ends -= 1;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) ends += 1;
    for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) ends += 1;
    last = bytes.at(-1) ?? last;
  };
  return { add, count: (): number => ends + Number(last !== LF && last !== CR) };
};
