import { expect, it } from "vitest";
import type { Language } from "../../../src/errors.ts";
import { states } from "./fixture.ts";
import { content, render, textOf } from "./rendered.ts";

/** Words that mislead or are not what a Danish or English reader would write. */
const old: Readonly<Record<Language, readonly RegExp[]>> = {
  da: [
    /rykket mod/,
    /\bmøder\b/,
    /spredning/i,
    /\d–\d/,
    /Kun du/,
    /med sikkerhed/,
    /udfald/,
    /omvendt er dit eget svar/i,
    /visionslederskab/,
    /hvad bekræfter dem/,
  ],
  en: [/moved towards/, /\bmeet\b/, /\bspread\b/i, /\d–\d/, /Only you/],
};

it.each(["da", "en"] as const)("has none of the old words in any state (%s)", async (language) => {
  for (const [name, model] of Object.entries(states)) {
    const words = textOf((await render(model, language)).replace(/<svg.*?<\/svg>/gs, ""));
    for (const word of old[language]) expect(words, name).not.toMatch(word);
  }
});

it("tells the reader of a file not to pass it on", async () => {
  expect(textOf(await render(states["shown"]!))).toContain("Fortrolig. Giv den ikke videre.");
  expect(textOf(await render(states["shown"]!, "en"))).toContain("Confidential. Do not pass it on.");
});

it("has no style attribute in any state", async () => {
  for (const [name, model] of Object.entries(states)) {
    const page = await render(model);
    expect(content(page), name).not.toMatch(/\sstyle=/);
    expect(page).toMatch(/\.sheet\{--print-zoom:0\.\d+;--print-lines:\d+;/);
  }
});
