/** Nobody outside this file has it, so nobody else can make a published value. */
const key = Symbol("disclosure control");

let factIn: (published: Published<unknown>) => string | null;
let openedOf: <T>(published: Published<T>) => T;
let isGenuine: (value: unknown) => value is Published<unknown>;

const deepFrozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFrozen(part);
  return Object.freeze(value);
};

/**
 * A value that disclosure control let out, with the fact that it is. It is no number: it cannot be added, formatted or
 * copied, and what has its form but was not made in this folder is none, whatever its type says.
 */
export class Published<out T> {
  readonly #value: T;
  readonly #fact: string | null;

  constructor(given: symbol, value: T, fact: string | null) {
    if (given !== key || new.target !== Published) throw new TypeError("Only disclosure control lets a value out");
    this.#value = deepFrozen(value);
    this.#fact = fact;
    Object.freeze(this);
  }

  /** One part of a record or a list, which is a fact beside the others. */
  part<K extends keyof T & (string | number)>(name: K): Published<T[K]> {
    return new Published(key, this.#value[name], this.#fact === null ? null : `${this.#fact}#${name}`);
  }

  toJSON(): { readonly f: string | null; readonly v: T } {
    return { f: this.#fact, v: this.#value };
  }

  static {
    factIn = (published) => published.#fact;
    openedOf = (published) => published.#value;
    isGenuine = (value): value is Published<unknown> => typeof value === "object" && value !== null && #value in value;
  }
}
Object.freeze(Published.prototype);

/** What a report holds in the place of a number: the number, or nothing at all. Every suppression looks the same. */
export type Cell<T> = { readonly state: "shown"; readonly value: Published<T> } | { readonly state: "suppressed" };

/** What such a cell holds where it is shown. */
export type Shown<C> = C extends { readonly state: "shown"; readonly value: Published<infer T> } ? T : never;

/** The cell of everything that may not be shown. */
export const suppressed: Cell<never> = { state: "suppressed" };

/** Whether disclosure control made it. */
export const isPublished = (value: unknown): value is Published<unknown> => isGenuine(value);

const genuine = <P extends Published<unknown>>(published: P): P => {
  if (!isGenuine(published)) throw new TypeError("A value that disclosure control did not let out");
  return published;
};

/** The value that was let out, to compare and to draw. Throws for what disclosure control did not make. */
export const reveal = <T>(published: Published<T>): T => openedOf(genuine(published));

/** The fact that a value is: of the ledger, or the place where it stands in its model. Throws where it is none. */
export const factOf = (published: Published<unknown>): string => {
  const fact = factIn(genuine(published));
  if (fact === null) throw new TypeError("A value that no release has frozen names no fact");
  return fact;
};

/** Lets a value out. Only rules of this folder call it (an architecture test holds them to that). */
export const letOut = <T>(value: T): Published<T> => new Published(key, value, null);

/** A cell that shows the value. Only rules of this folder call it. */
export const shown = <T>(value: T): Cell<T> => ({ state: "shown", value: letOut(value) });

/** The value of a cell, or null where it is suppressed. */
export const valueIn = <T>(cell: Cell<T>): T | null => (cell.state === "shown" ? reveal(cell.value) : null);

/** What a cell shows, or null where it is suppressed. */
export const publishedIn = <T>(cell: Cell<T>): Published<T> | null =>
  cell.state === "shown" ? genuine(cell.value) : null;

/** The same value where there is one, else null. */
export const present = <T>(published: Published<T>): Published<NonNullable<T>> | null =>
  reveal(published) === null ? null : (published as Published<NonNullable<T>>);

/** The same value, as the fact of that name. */
export const asFact = <T>(published: Published<T>, fact: string): Published<T> =>
  new Published(key, reveal(published), fact);

/** The same cell, where it shows anything as the fact of that name. */
export const cellAsFact = <T>(cell: Cell<T>, fact: string): Cell<T> =>
  cell.state === "shown" ? { state: "shown", value: asFact(cell.value, fact) } : cell;

const childOf = (place: string, name: string): string => (place === "" ? name : `${place}/${name}`);

/** A model as a release holds it: every value with its fact, the place where it stands unless the ledger has a name for it. */
export const frozenModel = (model: unknown, place = ""): unknown => {
  if (isGenuine(model)) return { f: factIn(model) ?? place, v: openedOf(model) };
  if (typeof model !== "object" || model === null) return model;
  if (Array.isArray(model)) return model.map((each, at) => frozenModel(each, childOf(place, `${at}`)));
  return Object.fromEntries(
    Object.entries(model).map(([name, each]) => [name, frozenModel(each, childOf(place, name))]),
  );
};

/** Places of the numbers in a model that nobody let out. */
export const bareNumbers = (model: unknown, place = ""): readonly string[] => {
  if (typeof model === "number") return [place];
  if (typeof model !== "object" || model === null || isGenuine(model)) return [];
  return Object.entries(model).flatMap(([name, each]) => bareNumbers(each, childOf(place, name)));
};

const isFrozenValue = (value: unknown): value is { readonly f: string; readonly v: unknown } =>
  typeof value === "object" && value !== null && "f" in value && "v" in value && Object.keys(value).length === 2;

/** A model as a release froze it: all that is in it was let out when it was written. */
export const fromRelease = <T>(frozen: string): T =>
  JSON.parse(frozen, (_, value: unknown) => (isFrozenValue(value) ? new Published(key, value.v, value.f) : value)) as T;
