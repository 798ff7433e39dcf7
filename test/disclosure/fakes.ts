import { Published, reveal } from "../../src/disclosure/published.ts";

/** Values that have the form of a published one, or its type by a cast, and were not made by disclosure control. */
export const fakesOf = (genuine: unknown): Readonly<Record<string, unknown>> => {
  const published = genuine as Published<unknown>;
  const raw = reveal(published);
  const part = () => published;
  return {
    "a raw value": raw,
    "an object literal": { f: "fact", v: raw, value: raw, part, toJSON: () => raw },
    "the prototype alone": Object.create(Published.prototype),
    "the prototype with the value": Object.assign(Object.create(Published.prototype), { value: raw }),
    "a copy of its properties": { ...published },
    "a structured clone": structuredClone(published),
    "its JSON, read again": JSON.parse(JSON.stringify(published)),
    "a proxy of it": new Proxy(published, {}),
    "a proxy that hands on to it": new Proxy(published, {
      get: (target, name) => {
        const own: unknown = Reflect.get(target, name);
        return typeof own === "function" ? own.bind(target) : own;
      },
    }),
    "its prototype set on a record": Object.setPrototypeOf({ value: raw }, Published.prototype),
  };
};
