/** Places as near to the wanted ones as a gap between them allows. */
export const apart = (wanted: readonly number[], gap: number): readonly number[] => {
  const order = wanted.map((y, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  const placed = order.map(({ y }) => y);
  for (let round = 0; round < 50; round += 1)
    for (let index = 1; index < placed.length; index += 1) {
      const short = gap - (placed[index]! - placed[index - 1]!);
      if (short > 0) {
        placed[index - 1]! -= short / 2;
        placed[index]! += short / 2;
      }
    }
  const out = [...wanted];
  for (const [at, { index }] of order.entries()) out[index] = placed[at]!;
  return out;
};
