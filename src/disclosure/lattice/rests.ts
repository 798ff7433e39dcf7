import type { Atom } from "./atoms.ts";
import type { Scale } from "./bounds.ts";

/** Those who answered a part of a scale of scales without all of it. */
interface Rest {
  readonly rest: string;
  readonly part: string;
  readonly whole: string;
}

/**
 * The rests of what is shown. Means of all parts and of the scale that they make up give the sum of those who did not
 * answer all parts, so that these are respondents behind a mean of their own; without one of the parts nothing does.
 */
const restsOf = (scales: readonly Scale[]): readonly Rest[] => {
  const shown = new Set(scales.map(({ scale }) => scale));
  return scales.flatMap(({ scale: whole, of = [] }) =>
    of.length > 0 && of.every((part) => shown.has(part))
      ? of.map((part) => ({ rest: JSON.stringify([part, "without", whole]), part, whole }))
      : [],
  );
};

/** The scales that the respondents behind all shown means are counted on: those that are shown, and their rests. */
export const countedScales = (scales: readonly Scale[]): readonly string[] => [
  ...scales.map(({ scale }) => scale),
  ...restsOf(scales).map(({ rest }) => rest),
];

/** Teams with the sizes of their rests beside those of the scales. */
export const withRests = <T extends Pick<Atom, "n" | "versions">>(
  atoms: readonly T[],
  scales: readonly Scale[],
): readonly T[] => {
  const rests = restsOf(scales);
  if (rests.length === 0) return atoms;
  return atoms.map((atom) => {
    const sizes = rests.flatMap(({ rest, part, whole }) => {
      const size = (atom.n[part] ?? 0) - (atom.n[whole] ?? 0);
      return size > 0 ? [[rest, size] as const] : [];
    });
    const answered = rests.flatMap(({ rest, part }) => {
      const own = atom.versions?.[part];
      return own ? [[rest, own] as const] : [];
    });
    return {
      ...atom,
      n: { ...atom.n, ...Object.fromEntries(sizes) },
      ...(atom.versions ? { versions: { ...atom.versions, ...Object.fromEntries(answered) } } : {}),
    };
  });
};
