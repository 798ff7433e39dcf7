import type { Analysis } from "../../../src/estimation/analysis.ts";

/** The words of some markup. */
export const words = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/ +/g, " ")
    .trim();

/** The cells of every row of the tables in some markup. */
export const rowsOf = (part: string): readonly (readonly string[])[] =>
  [...part.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => words(cell!)),
  );

/** A section of a page by its id; empty where the page has none. */
export const sectionOf = (page: string, id: string): string =>
  page.match(new RegExp(`<section id="${id}".*?</section>`, "s"))?.[0] ?? "";

/** The analysis when an arm has two measured leaders at one wave. */
export const smallAt = (analysis: Analysis, arm: string, wave: string): Analysis => ({
  ...analysis,
  flow: {
    arms: analysis.flow.arms.map((each) =>
      each.arm === arm
        ? {
            ...each,
            waves: each.waves.map((own) => (own.wave === wave ? { ...own, measured: 2, underThreshold: 0 } : own)),
          }
        : each,
    ),
  },
});
