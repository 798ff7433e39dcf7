import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { missingByLabel } from "../../src/formats/labels.ts";
import { foldText, tidyText } from "../../src/study/fold.ts";

describe("a folded text", () => {
  it.each([
    ["Ved\u00a0ikke", "ved ikke"],
    ["  Ved \r\n ikke\t", "ved ikke"],
    ["\ufeffVed\u2009ikke\u200b", "ved ikke"],
    ["Ved ik\u00adke", "ved ikke"],
    ["Bo\u0308rn", "börn"],
    ["A\u030arhus", "århus"],
    ["Don’t know", "don't know"],
    ["Don´t know", "don't know"],
    ["“Enig”", '"enig"'],
    ["2018–2020", "2018-2020"],
    ["ØNSKER IKKE", "ønsker ikke"],
  ])("makes %j the same as %j", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it("stays as it is when folded again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  it("keeps its letters' case where it is only tidied", () => {
    expect(tidyText(" Helt\n\u00a0Enig ")).toBe("Helt Enig");
  });
});

describe("missing by label", () => {
  it.each([
    "Ved ikke",
    "ved ikke ",
    "VED IKKE",
    "Ved\u00a0ikke",
    "Ved ej",
    "Det ved jeg ikke",
    "Jeg ved det ikke",
    "Ved ikke.",
    "(Ved ikke)",
    "6. Ved ikke",
    "(6) Ved ikke",
    "Ved ikke/ønsker ikke at svare",
    "Ved ikke / ikke relevant",
    "Ved ikke eller ønsker ikke at svare",
    "Kan ikke vurdere",
    "Vet ikke",
    "Veit ikkje",
    "Vet ej",
    "Vet inte",
    "Weiß nicht",
    "weiss nicht",
    "Weiß nicht / keine Angabe",
    "Kann ich nicht beurteilen",
    "Don't know",
    "Don’t know",
    "Dont know",
    "I don't know",
    "Do not know",
    "Don't know / Not sure",
    "Don't know/prefer not to say",
    "Can't say",
  ])("reads %j as don't know", (label) => {
    expect(missingByLabel(label)).toBe("dont-know");
  });

  it.each([
    "Ønsker ikke at oplyse",
    "Ønsker ikke at svare",
    "Jeg ønsker ikke at besvare spørgsmålet",
    "Vil ikke svare",
    "Vil helst ikke sige",
    "Ønsker ikke å oppgi",
    "Vill inte svara",
    "Vill ej uppge",
    "Keine Angabe",
    "k.A.",
    "Möchte ich nicht beantworten",
    "Prefer not to say",
    "I prefer not to answer",
    "I'd rather not say",
    "Do not wish to answer",
    "Prefer not to say / don't know",
    "Refused",
  ])("reads %j as prefer not to say", (label) => {
    expect(missingByLabel(label)).toBe("prefer-not-to-say");
  });

  it.each([
    "Ikke relevant",
    "Ikke relevant for mig",
    "Ikke relevant (har ingen leder)",
    "Ikke relevant/ vet ikke",
    "Ikke aktuelt",
    "Ej aktuellt",
    "Inte relevant",
    "Nicht anwendbar",
    "Not applicable",
    "Not relevant to me",
    "N/A",
    "n.a.",
  ])("reads %j as not applicable", (label) => {
    expect(missingByLabel(label)).toBe("not-applicable");
  });

  it("knows what was left blank and what was not asked", () => {
    expect(["Ubesvaret", "Seen but unanswered question", "Ikke besvart"].map(missingByLabel)).toEqual(
      Array(3).fill("blank"),
    );
    expect(["Ikke spurgt", "Not asked"].map(missingByLabel)).toEqual(Array(2).fill("not-asked"));
  });

  it.each([
    "",
    "Hverken enig eller uenig",
    "Hverken/eller",
    "Neutral",
    "Neutral (ved ikke)",
    "Ved et enkelt tilfælde",
    "Aldrig",
    "Helt uenig",
    "Ikke enig",
    "Slet ikke",
    "Slet ikke relevant",
    "Ikke særlig relevant",
    "Not sure",
    "Unsure",
    "Usikker",
    "Trifft nicht zu",
    "Trifft überhaupt nicht zu",
    "Does not apply",
    "Did not apply to me at all",
    "Ved ikke, hvad min leder vil",
    "Min leder siger, at han ikke ved det",
    "Don't know my leader well",
    "Annet/vil ikke svare",
    "Enig/ved ikke",
    "Ved ikke/enig",
    "Nej",
    "Ja",
    "5",
    "Denmark (DK)",
    "Kan ikke lide det",
    "Ønsker ikke at deltage",
    "Vil ikke",
    `Ved ikke (${"x".repeat(300)})`,
  ])("leaves %j an answer", (label) => {
    expect(missingByLabel(label)).toBeNull();
  });
});
