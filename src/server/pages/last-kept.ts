/** Things made once, of which those that were made last are kept; one that could not be made is tried again. */
export const lastKept = <T>(most: number): ((key: string, make: () => Promise<T>) => Promise<T>) => {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const found = kept.get(key) ?? make();
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    for (const [oldest] of kept) if (kept.size > most) kept.delete(oldest);
    return found;
  };
};
