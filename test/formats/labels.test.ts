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

const dontKnow = [
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
  "Det ved jeg ej",
  "Kan ikke svare på det",
  "Jeg kan ikke bedømme dette",
  "Eg veit ikkje",
  "Jeg kan ikke vurdere det",
  "Eg kan ikkje vurdere dette",
  "Jag vet ej",
  "Jag kan inte bedöma det",
  "Kan ej svara",
  "Das weiß ich nicht",
  "Das weiss ich es nicht",
  "Ich weiß es nicht",
  "Das kann ich nicht beurteilen",
  "Ich kann das nicht beurteilen",
  "Kann nicht beurteilen",
  "I cannot judge this",
  "Can not assess that",
  "Unable to rate",
];
const preferNotToSay = [
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
  "Jeg foretrækker ikke at svare på spørgsmålet",
  "Jeg foretrækker at undlade at svare",
  "Foretrækker at ikke oplyse det",
  "Jeg vil helst ikke svare på dette",
  "Eg ønskjer ikkje å seie det",
  "Vil ikkje oppgje",
  "Jeg vil helst ikke svare på dette",
  "Foretrekker å ikke svare",
  "Jeg foretrekker ikke å oppgi",
  "Jag vill helst inte säga det",
  "Jag önskar inte att svara",
  "Önskar inte uppge detta",
  "Jag föredrar att inte svara",
  "Keine Angaben",
  "Ich möchte das lieber nicht sagen",
  "Will nicht antworten",
  "Ich möchte dazu keine Angaben machen",
  "Rather not to share this",
  "I would prefer not to specify",
  "I don't want to disclose this",
  "I decline to state",
  "Refuse to answer",
];
const notApplicable = [
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
  "Ikkje aktuelt for meg",
  "Ikke relevant for min leder",
  "Nicht relevant",
  "Not applicable for us",
];

describe("missing by label", () => {
  const kinds = [
    ["dont-know", dontKnow],
    ["prefer-not-to-say", preferNotToSay],
    ["not-applicable", notApplicable],
    [
      "blank",
      ["Ubesvaret", "Seen but unanswered question", "Ikke besvart", "No answer", "Not answered", "Keine Antwort"],
    ],
    ["not-asked", ["Ikke spurgt", "Ikke stillet", "Ikkje spurt", "Not asked"]],
  ] as const;
  const labels = kinds.flatMap(([kind, phrases]) => phrases.map((label) => [label, kind] as const));
  it.each(labels)("reads %j as %s", (label, kind) => {
    expect(missingByLabel(label)).toBe(kind);
  });
  it.each(labels)("leaves %j an answer where more is said before or after it", (label) => {
    expect([missingByLabel(`Leder ${label}`), missingByLabel(`${label} leder`)]).toEqual([null, null]);
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
