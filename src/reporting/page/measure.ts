/** Width in pixels of a text at a size and weight, as it will be drawn. */
export type Measure = (text: string, size: number, weight: number) => number;

/** `text` in lines no wider than `width`. */
export const wrapped = (
  text: string,
  width: number,
  size: number,
  weight: number,
  measure: Measure,
): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(joined, size, weight) > width) lines.push(word);
    else lines.splice(-1, 1, joined);
  }
  return lines;
};
