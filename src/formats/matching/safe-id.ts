import { tidyText } from "../../study/fold.ts";

const longest = 40;

/** An id of a study file from any text: Danish letters spelt out, accents dropped, everything else a hyphen; one that is taken gets a number. */
export const safeId = (text: string, taken: Set<string>): string => {
  const spelt = tidyText(text)
    .replace(/æ/g, "ae")
    .replace(/Æ/g, "Ae")
    .replace(/ø/g, "oe")
    .replace(/Ø/g, "Oe")
    .replace(/å/g, "aa")
    .replace(/Å/g, "Aa")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_.-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const short = spelt.length > longest ? spelt.slice(0, longest).replace(/-[^-]*$/, "") : spelt;
  const base = short === "" ? "x" : short;
  for (let k = 1; ; k += 1) {
    const id = k === 1 ? base : `${base}-${k}`;
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
};
