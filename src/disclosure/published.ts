declare const published: unique symbol;

/** A value that disclosure control let out. It reads as a plain `T`; nothing outside this folder can make one. */
export type Published<T> = T & { readonly [published]: true };

/** What a report holds in the place of a number: the number, or nothing at all. Every suppression looks the same. */
export type Cell<T> = { readonly state: "shown"; readonly value: Published<T> } | { readonly state: "suppressed" };

/** The cell of everything that may not be shown. */
export const suppressed: Cell<never> = { state: "suppressed" };

/** Lets a value out. Only rules of this folder call it (an architecture test holds them to that). */
export const letOut = <T>(value: T): Published<T> => value as Published<T>;

/** The cells that disclosure control has made in this process: what a cast cannot fake. */
const made = new WeakSet<object>();

const isShown = (value: object): boolean => (value as { readonly state?: unknown }).state === "shown";

/** A cell that shows the value. Only rules of this folder call it. */
export const shown = <T>(value: T): Cell<T> => {
  const cell: Cell<T> = { state: "shown", value: letOut(value) };
  made.add(cell);
  return cell;
};

/** The value of a cell, or null where it is suppressed. */
export const valueIn = <T>(cell: Cell<T>): Published<T> | null => (cell.state === "shown" ? cell.value : null);

/** A model as a release froze it: all that is in it was let out when it was written. */
export const fromRelease = <T>(frozen: string): T =>
  JSON.parse(frozen, (_, value: unknown) => {
    if (typeof value === "object" && value !== null && isShown(value)) made.add(value);
    return value;
  }) as T;

/** Throws where a model that is about to be rendered holds a shown cell that disclosure control did not make. */
export const requirePublished = (model: unknown): void => {
  if (typeof model !== "object" || model === null) return;
  if (isShown(model) && !made.has(model)) throw new Error("A shown cell that disclosure control did not let out");
  for (const part of Object.values(model)) requirePublished(part);
};
